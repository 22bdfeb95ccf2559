import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { doorPath } from '../../../src-main/callbacks/server.ts';
import { callId, listen, token } from '../../support/callback-server.ts';
import { createDoorOwner, doorSecrets, greeting, rep } from '../../support/door-owner.ts';
import { type RawAnswer, rawRequest, sendRaw } from '../../support/raw-http.ts';

const doors = ['connect', 'leg', 'passthru', 'greeting'] as const;
const genuine = `?${new URLSearchParams({ CallSid: 'c5', CustomField: `1.${callId}.${token} Priya` }).toString()}`;
const versioned = { 'Exotel-Version': '1.0' };
const noNumber = '{"fetch_after_attempt":false,"destination":{"numbers":[]}}';

async function openDoors() {
  const owner = createDoorOwner({ callId, token });
  return { owner, server: await listen({ owner }) };
}

function pathOf(door: (typeof doors)[number], query = genuine): string {
  return doorPath(door, doorSecrets) + query;
}

function header(answer: RawAnswer, name: string): string | undefined {
  return new RegExp(`^${name}: (.*?)\r?$`, 'im').exec(answer.headers)?.[1];
}

describe('Connect', () => {
  it('says whom to dial: JSON to who sends Exotel-Version, one number as text to who does not', async () => {
    const { server } = await openDoors();
    for (const version of [
      { 'Exotel-Version': '1.0' },
      { 'exotel-version': '1.1' },
      { 'Exotel-Version': '' },
    ]) {
      const answer = await sendRaw(server.port, rawRequest('GET', pathOf('connect'), version));
      expect(answer.status).toBe(200);
      expect(header(answer, 'content-type')).toBe('application/json');
      expect(JSON.parse(answer.body)).toMatchObject({ destination: { numbers: [rep] } });
    }
    const plain = await sendRaw(server.port, rawRequest('GET', pathOf('connect')));
    expect(header(plain, 'content-type')).toBe('text/plain');
    expect(plain).toMatchObject({ status: 200, body: '09876543210' });
  });

  it('says nobody to a call it does not know, in either form', async () => {
    const { server } = await openDoors();
    for (const query of ['', '?CallSid=c5', genuine.replace(token, token.replace('Q', 'R'))]) {
      const asked = (headers: Record<string, string>) =>
        sendRaw(server.port, rawRequest('GET', pathOf('connect', query), headers));
      expect(await asked(versioned)).toMatchObject({ status: 200, body: noNumber });
      expect(await asked({})).toMatchObject({ status: 200, body: '' });
    }
  });
});

describe('every door', () => {
  it.each(doors)('%s answers HEAD as GET, without a body and without effect', async (door) => {
    for (const headers of [{}, versioned]) {
      const { owner, server } = await openDoors();
      const head = await sendRaw(server.port, rawRequest('HEAD', pathOf(door), headers));
      expect(owner.taken).toHaveLength(0);
      const get = await sendRaw(server.port, rawRequest('GET', pathOf(door), headers));
      expect(owner.taken).toHaveLength(1);
      expect(head).toEqual({ ...get, body: '' });
      expect(Number(header(head, 'content-length'))).toBe(Buffer.byteLength(get.body));
    }
  });

  it.each(doors)('%s knows GET and HEAD only', async (door) => {
    const { owner, server } = await openDoors();
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
      const answer = await sendRaw(server.port, rawRequest(method, pathOf(door), {}, 'a=b'));
      expect(answer.status).toBe(405);
      expect(header(answer, 'allow')).toBe('GET, HEAD');
    }
    expect(owner.taken).toEqual([]);
  });

  it.each(doors)(
    '%s with a forged secret is the same plain 404 as any other path, by any method',
    async (door) => {
      const { owner, server } = await openDoors();
      const secret = doorSecrets[door];
      const others = doors.filter((other) => other !== door).map((other) => doorSecrets[other]);
      const forged = [
        ...others,
        secret.slice(0, -1) + (secret.endsWith('0') ? '1' : '0'),
        `1${secret.slice(1)}`.replace(/^1(1|0)/, '9$1'),
        secret.toUpperCase(),
        '0'.repeat(32),
        secret.slice(1),
        '',
      ];
      const stranger = await sendRaw(server.port, rawRequest('GET', '/anything'));
      expect(stranger).toMatchObject({ status: 404, body: 'Not Found\n' });
      for (const guess of forged) {
        for (const method of ['GET', 'POST']) {
          const answer = await sendRaw(
            server.port,
            rawRequest(method, `/exotel/${door}/${guess}${genuine}`, versioned),
          );
          expect(answer).toEqual(stranger);
        }
      }
      const head = await sendRaw(server.port, rawRequest('HEAD', `/exotel/${door}/${'0'.repeat(32)}`));
      expect(head).toEqual({ ...stranger, body: '' });
      expect(owner.taken).toEqual([]);
    },
  );

  it.each(doors)(
    '%s opens below any prefix, and to its new secret only once that was replaced',
    async (door) => {
      const secrets = { ...doorSecrets };
      const owner = createDoorOwner({ callId, token });
      const server = await listen({ owner: { ...owner, doorSecrets: () => secrets } });
      const status = async (path: string) => (await sendRaw(server.port, rawRequest('GET', path))).status;
      expect(await status(`/flowdial/of/priya${pathOf(door)}`)).toBe(200);
      secrets[door] = 'f'.repeat(32);
      expect(await status(pathOf(door))).toBe(404);
      expect(await status(doorPath(door, secrets))).toBe(200);
    },
  );

  it('is in the log without its secret and without the query', async () => {
    const { server } = await openDoors();
    for (const door of doors) {
      await sendRaw(server.port, rawRequest('GET', pathOf(door)));
      await sendRaw(server.port, rawRequest('GET', pathOf(door).replace(doorSecrets[door], 'f'.repeat(32))));
    }
    expect(server.lines.map(({ method, path, status }) => `${method} ${path} ${status}`)).toEqual(
      doors.flatMap((door) => [`GET /exotel/${door}/… 200`, `GET /exotel/${door}/… 404`]),
    );
    const told = JSON.stringify(server.lines);
    for (const secret of [...Object.values(doorSecrets), token, 'c5', 'Priya'])
      expect(told).not.toContain(secret);
  });
});

describe('Greeting', () => {
  it('is exactly text/plain, in UTF-8', async () => {
    const { server } = await openDoors();
    const answer = await sendRaw(server.port, rawRequest('GET', pathOf('greeting')));
    expect(header(answer, 'content-type')).toBe('text/plain');
    expect(answer.body).toBe(greeting);
    expect(header(answer, 'content-length')).toBe(String(Buffer.byteLength(greeting)));
  });
});

describe('Passthru', () => {
  it('tells the branch of its path, and knows no other word', async () => {
    const { owner, server } = await openDoors();
    const base = doorPath('passthru', doorSecrets);
    const status = async (path: string) =>
      (await sendRaw(server.port, rawRequest('GET', path + genuine))).status;
    for (const path of ['/talked', '/missed', '/nodial', '']) expect(await status(base + path)).toBe(200);
    for (const path of ['/plain', '/Talked', '/talked/', '/', '/x'])
      expect(await status(base + path)).toBe(404);
    expect(owner.taken.map(({ door }) => door)).toEqual(['talked', 'missed', 'nodial', 'plain']);
  });

  it.each(['leg', 'passthru'] as const)('and %s do not wait for what becomes of it', async (door) => {
    const stored = Promise.withResolvers<void>();
    const server = await listen({ owner: { onLeg: () => stored.promise, onPassthru: () => stored.promise } });
    expect(await sendRaw(server.port, rawRequest('GET', pathOf(door)))).toMatchObject({
      status: 200,
      body: '',
    });
    stored.reject(new Error('the disk is full'));
    await expect.poll(() => server.lines.at(-1)?.error).toBe('Error: the disk is full');
    expect(server.lines.map(({ status }) => status)).toEqual([200, 200]);
  });
});

describe('a fault of ours', () => {
  const fail = () => {
    throw new Error('a bug');
  };

  it.each([
    ['connect', versioned, noNumber],
    ['connect', {}, ''],
    ['greeting', {}, ''],
    ['leg', {}, ''],
    ['passthru', {}, ''],
  ] as const)('in %s (%j) is no error to the caller on the line', async (door, headers, body) => {
    const server = await listen({
      owner: { onConnect: fail, onGreeting: fail, onLeg: fail, onPassthru: fail },
    });
    const answer = await sendRaw(server.port, rawRequest('GET', pathOf(door), headers));
    expect(answer).toMatchObject({ status: 200, body });
    await expect.poll(() => server.lines.some(({ error }) => error === 'Error: a bug')).toBe(true);
  });
});

it('survives every query: always 200, and a number only where the token is right', async () => {
  const { server } = await openDoors();
  const mark = `1.${callId}.${token}`;
  // Of a query: what is sent may be no URL, but it must be one line of HTTP.
  const junk = fc.string({
    unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  });
  const piece = fc.oneof(
    junk,
    fc.string({ unit: 'binary' }).map(encodeURIComponent.bind(null)),
    fc.constantFrom(
      'CustomField=',
      'CustomField',
      '&',
      '=',
      '%',
      '%25',
      '%E0%A4',
      '+',
      ';',
      '?',
      '[0]',
      'Legs',
      '{"',
    ),
    fc.constantFrom(
      mark.slice(0, -1),
      mark.slice(0, 30),
      mark.replace('Q', 'R'),
      `2${mark.slice(1)}`,
      callId,
      token,
    ),
  );
  const property = fc.asyncProperty(
    fc.constantFrom(...doors),
    fc.array(piece, { maxLength: 30 }),
    fc.boolean(),
    async (door, pieces, withVersion) => {
      const query = pieces.join('').slice(0, 12_000);
      const answer = await sendRaw(
        server.port,
        Buffer.from(rawRequest('GET', pathOf(door, `?${query}`), withVersion ? versioned : {}), 'latin1'),
      );
      expect(answer.status).toBe(200);
      if (door === 'connect' && !decodedTwice(query).includes(mark)) {
        expect(answer.body).toBe(withVersion ? noNumber : '');
      }
    },
  );
  await fc.assert(property, { numRuns: 400 });
});

/** Pieces that happen to make the right mark are no forgery. */
function decodedTwice(query: string): string {
  return decodeURIComponent(
    query.replaceAll(/%(?![0-9a-f]{2})/gi, '%25').replaceAll(/%[89a-f][0-9a-f]/gi, ''),
  );
}
