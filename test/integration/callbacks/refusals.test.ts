import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { startCallbackServer } from '../../../src-main/callbacks/start.ts';
import { callId, callPath, listen, token } from '../../support/callback-server.ts';
import { nobodyHome } from '../../support/door-owner.ts';
import {
  boundary,
  multipart,
  multipartType,
  openSocket,
  rawRequest,
  readAnswer,
  sendRaw,
} from '../../support/raw-http.ts';

const form = { 'Content-Type': multipartType };
const genuine = multipart([['Status', 'completed']]);
const otherCall = 'aaaaaaaa-3f4a-4c59-9a55-0d4f3c1f2a10';

describe('security 28: who does not know the URL', () => {
  const unknown = [
    ['an unknown call', 'POST', `/exotel/calls/${otherCall}/${token}`],
    ['a wrong token', 'POST', `/exotel/calls/${callId}/${token.replace('Q', 'R')}`],
    ['a token too short', 'POST', `/exotel/calls/${callId}/x`],
    ['no token', 'POST', `/exotel/calls/${callId}`],
    ['no UUID', 'POST', `/exotel/calls/1/${token}`],
    ['more path', 'POST', `${callPath}/x`],
    ['encoded path', 'POST', callPath.replace('calls', '%63alls')],
    ['the root', 'GET', '/'],
    ['any other path', 'DELETE', '/wp-login.php?x=<script>'],
  ] as const;

  it('gets the very same bytes for each: a plain 404', async () => {
    const server = await listen();
    const answers = await Promise.all(
      unknown.map(([, method, path]) => sendRaw(server.port, rawRequest(method, path, form, genuine))),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 404, body: 'Not Found\n' });
    expect(answers[0]?.headers).not.toMatch(/^(server|x-powered-by):/im);
    expect(server.delivered).toEqual([]);
  });

  it('learns nothing from another method either: the known and the unknown call answer alike', async () => {
    const server = await listen();
    for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
      const [known, stranger] = await Promise.all([
        sendRaw(server.port, rawRequest(method, callPath)),
        sendRaw(server.port, rawRequest(method, `/exotel/calls/${otherCall}/${token}`)),
      ]);
      expect(known.status).toBe(405);
      expect(known.headers).toMatch(/^allow: POST$/im);
      expect(stranger).toEqual(known);
    }
    expect((await sendRaw(server.port, rawRequest('HEAD', callPath))).status).toBe(405);
    expect(server.delivered).toEqual([]);
  });
});

const part = (name: string, value: string, more = '') =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
const end = `--${boundary}--\r\n`;
const json = { 'Content-Type': 'application/json' };
const urlencoded = { 'Content-Type': 'application/x-www-form-urlencoded' };
const many = Array.from({ length: 65 }, (_, at) => [`field${at}`, 'x'] as const);

const controls = ['a', 'b'].map((name) => [name, '\x01'.repeat(8000)] as const);

describe('a body that is not a whole StatusCallback changes nothing', () => {
  const refused: readonly (readonly [string, number, Readonly<Record<string, string>>, string])[] = [
    ['no content type', 415, {}, genuine],
    ['another content type', 415, { 'Content-Type': 'text/plain' }, 'Status=completed'],
    ['a multipart type without a boundary', 415, { 'Content-Type': 'multipart/form-data' }, genuine],
    ['an empty multipart body', 400, form, ''],
    ['an empty urlencoded body', 400, urlencoded, ''],
    ['an empty JSON body', 400, json, ''],
    ['no final boundary', 400, form, genuine.slice(0, -end.length)],
    ['a body cut in the middle of a value', 400, form, genuine.slice(0, -end.length - 5)],
    ['another boundary than it says', 400, form, genuine.replaceAll(boundary, 'other')],
    ['none of the fields of a StatusCallback', 400, form, part('Hello', 'world') + end],
    [
      'a part without a name',
      400,
      form,
      `--${boundary}\r\nContent-Disposition: form-data\r\n\r\nx\r\n${end}`,
    ],
    ['66 kB in one field', 413, form, part('Status', 'x'.repeat(66_000)) + end],
    ['9 kB in one field', 413, form, part('CallSid', 'x'.repeat(9000)) + end],
    ['a field name of 101 letters', 413, form, part('Status', 'busy') + part('x'.repeat(101), 'x') + end],
    ['65 parts', 413, form, part('Status', 'busy') + multipart(many.slice(1))],
    ['a file', 413, form, part('Status', 'busy') + part('file', 'x', '; filename="x.txt"') + end],
    ['65 urlencoded fields', 413, urlencoded, new URLSearchParams(many.map((pair) => [...pair])).toString()],
    ['9 kB in one urlencoded field', 413, urlencoded, `Status=${'x'.repeat(9000)}`],
    ['JSON that is cut', 400, json, '{"Status":"comp'],
    ['JSON that is no object', 400, json, '["Status"]'],
    ['JSON null', 400, json, 'null'],
    ['JSON nested without end', 400, json, `{"Status":${'['.repeat(30_000)}${']'.repeat(30_000)}}`],
    [
      'control characters that are over 64 KiB as JSON',
      413,
      form,
      multipart([['Status', 'busy'], ...controls]),
    ],
  ];

  it.each(refused)('%s: %i', async (_what, status, headers, body) => {
    const server = await listen();
    const request = rawRequest('POST', callPath, { ...headers, Connection: 'keep-alive' }, body);
    const answer = await sendRaw(server.port, request);
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatch(/^connection: close$/im);
    expect(server.delivered).toEqual([]);
    expect(server.lines.map((line) => line.status)).toEqual([status]);
  });

  it('1 MB in chunks: 413 long before its end', async () => {
    const server = await listen();
    const socket = await openSocket(server.port);
    socket.write(rawRequest('POST', callPath, { ...form, 'Transfer-Encoding': 'chunked' }));
    const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
    for (let at = 0; at < 64; at += 1) socket.write(chunk);
    expect((await readAnswer(socket)).status).toBe(413);
    expect(server.delivered).toEqual([]);
  });

  it('a length over the limit is refused from its headers: no body is asked for', async () => {
    const server = await listen();
    const announced = rawRequest('POST', callPath, {
      ...form,
      'Content-Length': '10000000',
      Expect: '100-continue',
    });
    expect((await sendRaw(server.port, announced)).status).toBe(413);
  });

  it('a sender who reads only once it has sent 8 MB still gets its 413', async () => {
    const server = await listen();
    const socket = await openSocket(server.port);
    const request = rawRequest('POST', callPath, form, part('Status', 'x'.repeat(8_000_000)) + end);
    await new Promise((sent) => socket.write(request, sent));
    expect((await readAnswer(socket)).status).toBe(413);
  });

  it.each([
    ['shorter', genuine.length - 4],
    ['longer', genuine.length + 100],
  ])('a length that is %s than the body: 400', async (_how, length) => {
    const server = await listen();
    const request = rawRequest('POST', callPath, { ...form, 'Content-Length': String(length) }, genuine);
    expect((await sendRaw(server.port, request, { end: true })).status).toBe(400);
    expect(server.delivered).toEqual([]);
  });

  it('a sender who hangs up in the middle: nothing is delivered, and the server goes on', async () => {
    const server = await listen();
    const socket = await openSocket(server.port);
    socket.write(rawRequest('POST', callPath, { ...form, 'Content-Length': '5000' }, genuine));
    socket.resetAndDestroy();
    await once(socket, 'close');
    expect((await sendRaw(server.port, rawRequest('POST', callPath, form, genuine))).status).toBe(200);
    expect(server.delivered).toHaveLength(1);
  });

  it('what is no HTTP at all: 400', async () => {
    const server = await listen();
    expect((await sendRaw(server.port, '\x16\x03\x01\x02\x00\x01\r\n\r\n')).status).toBe(400);
  });

  it('headers over 16 kB: 431', async () => {
    const server = await listen();
    const request = rawRequest('POST', callPath, { ...form, 'X-Long': 'x'.repeat(20_000) }, genuine);
    expect((await sendRaw(server.port, request)).status).toBe(431);
    expect(server.delivered).toEqual([]);
  });
});

describe('a sender who takes for ever', () => {
  const timeouts = { headersMs: 200, bodyMs: 200 };

  it('gets 408 where the headers do not end', async () => {
    const server = await listen({ timeouts });
    expect((await sendRaw(server.port, `POST ${callPath} HTTP/1.1\r\nHost: x\r\n`)).status).toBe(408);
  });

  it('gets 408 where the body does not end, though bytes keep coming', async () => {
    const server = await listen({ timeouts });
    const socket = await openSocket(server.port);
    socket.write(rawRequest('POST', callPath, { ...form, 'Content-Length': '5000' }));
    const drip = setInterval(() => socket.write('x'), 20);
    const answer = await readAnswer(socket);
    clearInterval(drip);
    expect(answer.status).toBe(408);
    expect(server.delivered).toEqual([]);
    expect(server.lines.map((line) => line.status)).toEqual([408]);
  });
});

describe('closing', () => {
  it('lets a callback that is being stored end with its 200', async () => {
    const stored = Promise.withResolvers<'stored'>();
    const server = await listen({ result: () => stored.promise });
    const answer = sendRaw(server.port, rawRequest('POST', callPath, form, genuine));
    await expect.poll(() => server.delivered.length).toBe(1);
    const closed = server.close();
    stored.resolve('stored');
    expect((await answer).status).toBe(200);
    await closed;
    await expect(openSocket(server.port)).rejects.toThrow('ECONNREFUSED');
  });

  it('is the only way to free the port: a second server there is an error', async () => {
    const server = await listen();
    const again = startCallbackServer({
      port: server.port,
      ...nobodyHome,
      onStatusCallback: async () => 'stored',
    });
    await expect(again).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
