import fc from 'fast-check';
import { expect, it } from 'vitest';
import { callPath, listen } from '../../support/callback-server.ts';
import { multipart, multipartType, rawRequest, sendRaw } from '../../support/raw-http.ts';

const genuine = [
  {
    type: multipartType,
    body: multipart([
      ['CallSid', 'c5'],
      ['Status', 'busy'],
      ['Legs[0][Status]', 'busy'],
    ]),
  },
  { type: 'application/x-www-form-urlencoded', body: 'CallSid=c5&Status=busy&Legs%5B0%5D=%00' },
  { type: 'application/json', body: '{"CallSid":"c5","Status":"busy","Legs":[{"Status":null}]}' },
];

/** A piece of the body cut out and other bytes put in its place. */
const mutation = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.nat({ max: 20 }),
  put: fc.oneof(
    fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
    fc.constantFrom(
      '\r\n',
      '--',
      '\r\n\r\n',
      ': ',
      ';',
      '"',
      '%',
      '=&',
      '{',
      '\0',
      'filename="x"',
      'charset=x',
    ),
  ),
});

it('survives mutated bodies: each is stored or refused, and nothing refused is delivered', async () => {
  const server = await listen();
  const property = fc.asyncProperty(
    fc.constantFrom(...genuine),
    fc.array(mutation, { minLength: 1, maxLength: 4 }),
    async ({ type, body }, mutations) => {
      const mutated = mutations.reduce((text, { at, cut, put }) => {
        const from = Math.floor(at * text.length);
        return text.slice(0, from) + put + text.slice(from + cut);
      }, body);
      const before = server.delivered.length;
      const answer = await sendRaw(
        server.port,
        Buffer.from(
          rawRequest(
            'POST',
            callPath,
            { 'Content-Type': type, 'Content-Length': `${mutated.length}` },
            mutated,
          ),
          'latin1',
        ),
      );
      expect([200, 400, 413]).toContain(answer.status);
      expect(server.delivered.length - before).toBe(answer.status === 200 ? 1 : 0);
      for (const { raw } of server.delivered.slice(before)) expect(typeof JSON.parse(raw)).toBe('object');
    },
  );
  await fc.assert(property, { numRuns: 400 });
});
