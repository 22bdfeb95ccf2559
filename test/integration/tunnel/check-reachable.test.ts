import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { expect, it, onTestFinished } from 'vitest';
import { createConnector } from '../../../src-main/exotel/connector.ts';
import { checkReachable } from '../../../src-main/tunnel/check-reachable.ts';
import { listen } from '../../support/callback-server.ts';
import { startConnectProxy } from '../../support/connect-proxy.ts';
import { makeCertificates } from '../../support/fake-ngrok/certificates.ts';

const probe = { path: '/exotel/probe/x', answer: 'the nonce' };

async function listening(server: Server): Promise<string> {
  onTestFinished(() => void server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // Cast: a TCP server that listens has an AddressInfo.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const answering = (answer: RequestListener) => listening(createHttpServer(answer));

it('reaches the callback server', async () => {
  const server = await listen();
  expect(await checkReachable(server.origin, server.probe)).toEqual({ ok: true, tookMs: expect.any(Number) });
});

it('asks below the path of the public URL', async () => {
  const asked: string[] = [];
  const origin = await answering((request, response) => {
    asked.push(request.url ?? '');
    response.end(probe.answer);
  });
  expect(await checkReachable(`${origin}/a/prefix`, probe)).toMatchObject({ ok: true });
  expect(asked).toEqual(['/a/prefix/exotel/probe/x']);
});

it.each([
  [502, 'Bad Gateway', {}, 'wrong-answer', 'HTTP 502'],
  [404, probe.answer, {}, 'wrong-answer', 'HTTP 404'],
  [
    404,
    'Tunnel not found',
    { 'ngrok-error-code': 'ERR_NGROK_3200' },
    'wrong-answer',
    'HTTP 404, ERR_NGROK_3200',
  ],
  [404, 'no', { 'ngrok-error-code': 'something else' }, 'wrong-answer', 'HTTP 404'],
  [302, probe.answer, { location: '/' }, 'wrong-answer', 'HTTP 302'],
  [200, 'Welcome to the hotel', {}, 'somebody-else', ''],
])('is not satisfied by %i %s %j', async (status, body, headers, problem, detail) => {
  const origin = await answering((_request, response) => response.writeHead(status, headers).end(body));
  expect(await checkReachable(origin, probe)).toEqual({ ok: false, problem, detail });
});

it('says that nothing listens', async () => {
  const server = createServer();
  const origin = await listening(server);
  server.close();
  await once(server, 'close');
  expect(await checkReachable(origin, probe)).toEqual({
    ok: false,
    problem: 'nobody-listens',
    detail: 'ECONNREFUSED',
  });
});

it('gives up on who takes the connection and says nothing, and on an answer that never ends', async () => {
  const silent = await listening(createServer((socket) => socket.on('error', () => {})));
  const endless = await answering((_request, response) => response.write('the'));
  for (const origin of [silent, endless]) {
    expect(await checkReachable(origin, probe, { deadlineMs: 200 })).toEqual({
      ok: false,
      problem: 'no-answer',
      detail: '',
    });
  }
});

it('takes no endless answer in', async () => {
  const origin = await answering((_request, response) => response.end('x'.repeat(1_000_000)));
  expect(await checkReachable(origin, probe)).toMatchObject({ ok: false });
});

it('says that a name is not known, and that a certificate is not trusted', async () => {
  const unknown = await checkReachable('https://nobody.invalid', probe);
  expect(unknown).toMatchObject({ ok: false, problem: 'unknown-name' });
  const { cert, key } = makeCertificates();
  const server = createTlsServer({ cert, key });
  const origin = (await listening(server)).replace('http:', 'https:');
  expect(await checkReachable(origin, probe)).toMatchObject({ ok: false, problem: 'untrusted' });
});

it('ends at once where it is told to, however long it would have waited', async () => {
  const asked = Promise.withResolvers<void>();
  const origin = await answering(() => asked.resolve());
  const abort = new AbortController();
  const checking = checkReachable(origin, probe, { signal: abort.signal });
  await asked.promise;
  abort.abort();
  expect(await checking).toMatchObject({ ok: false });
});

it("goes out by an office's proxy", async () => {
  const proxy = await startConnectProxy();
  onTestFinished(() => proxy.close());
  const server = await listen();
  // A name that only the proxy leads anywhere: this computer itself is never asked for through one.
  const publicUrl = `http://dialer.example:${server.port}`;
  const connect = createConnector({ timeoutMs: 5000, proxyFor: () => Promise.resolve(proxy.url) });
  expect(await checkReachable(publicUrl, server.probe, { connect })).toMatchObject({ ok: true });
  expect(proxy.asked).toMatchObject([{ authority: `dialer.example:${server.port}` }]);
});
