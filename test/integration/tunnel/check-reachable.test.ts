import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { checkReachable } from '../../../src-main/tunnel/check-reachable.ts';
import { listen } from '../../support/callback-server.ts';

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
  [502, 'Bad Gateway', 'It answered with HTTP 502.'],
  [404, probe.answer, 'It answered with HTTP 404.'],
  [302, probe.answer, 'It answered with HTTP 302.'],
  [200, 'Welcome to the hotel', 'Something answered, but not this program.'],
])('is not satisfied by %i %s', async (status, body, problem) => {
  const origin = await answering((_request, response) =>
    response.writeHead(status, status === 302 ? { location: '/' } : {}).end(body),
  );
  expect(await checkReachable(origin, probe)).toEqual({ ok: false, problem });
});

it('says that nothing listens', async () => {
  const server = createServer();
  const origin = await listening(server);
  server.close();
  await once(server, 'close');
  expect(await checkReachable(origin, probe)).toEqual({
    ok: false,
    problem: 'Nothing listens there (ECONNREFUSED).',
  });
});

it('gives up on who takes the connection and says nothing, and on an answer that never ends', async () => {
  const silent = await listening(createServer((socket) => socket.on('error', () => {})));
  const endless = await answering((_request, response) => response.write('the'));
  for (const origin of [silent, endless]) {
    expect(await checkReachable(origin, probe, 200)).toEqual({
      ok: false,
      problem: 'No answer within 0.2 s.',
    });
  }
});

it('takes no endless answer in', async () => {
  const origin = await answering((_request, response) => response.end('x'.repeat(1_000_000)));
  expect(await checkReachable(origin, probe)).toMatchObject({ ok: false });
});
