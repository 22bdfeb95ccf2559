import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { os, type RouterClient } from '@orpc/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Log } from '../../../src-main/ports.ts';
import { type BrowserServer, startBrowserServer } from '../../../src-main/shells/browser/server.ts';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts';

const router = { echo: os.handler(({ input }) => input) };
const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };

let folder: string;
let clock: FakeClock;
let server: BrowserServer;
let port: string;
let token: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'flowdial-server-'));
  await mkdir(path.join(folder, 'renderer'));
  await writeFile(path.join(folder, 'renderer/index.html'), '<title>Flowdial</title>__FLOWDIAL_SHELL__');
  await writeFile(path.join(folder, 'secret.txt'), 'outside the page');
  clock = createFakeClock();
  server = await startBrowserServer({
    port: 0,
    rendererDir: path.join(folder, 'renderer'),
    router,
    clock,
    log: silent,
  });
  const url = new URL(server.url);
  port = url.port;
  token = url.hash.slice(1);
});

afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

interface Ask {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A request with any path and Host, which `fetch` would not send. */
async function ask({ method = 'GET', path = '/', headers = {}, body = '' }: Ask) {
  return new Promise<{ status: number; headers: IncomingHttpHeaders; body: string }>((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
      text(response).then(
        (said) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: said }),
        reject,
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const own = () => ({ Origin: server.origin });

function postToken(value: unknown, headers: Readonly<Record<string, string>> = own()) {
  return ask({ method: 'POST', path: '/session', headers, body: JSON.stringify({ token: value }) });
}

async function openSession(): Promise<string> {
  const { session } = JSON.parse((await postToken(token)).body) as { session: string };
  return session;
}

/** The status that a WebSocket's opening was answered with; 101: it is open. */
async function upgradeStatus(options: {
  readonly path?: string;
  readonly protocols?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}): Promise<number> {
  const socket = new WebSocket(
    `ws://127.0.0.1:${port}${options.path ?? '/rpc'}`,
    [...(options.protocols ?? [])],
    { headers: options.headers ?? own() },
  );
  return new Promise((resolve, reject) => {
    socket.on('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0));
    socket.on('error', reject);
  });
}

async function openSocket(): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`, ['flowdial', await openSession()], {
    headers: own(),
  });
  await once(socket, 'open');
  return socket;
}

function clientOf(socket: WebSocket): RouterClient<typeof router> {
  // The client wants the browser's WebSocket; that of `ws` has the same interface.
  return createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }));
}

describe('security 21: who may ask', () => {
  it.each(['127.0.0.1', 'localhost'])('serves the page to a browser that asks %s', async (name) => {
    const answer = await ask({ headers: { Host: `${name}:${port}` } });
    expect(answer.status).toBe(200);
    expect(answer.body).toBe('<title>Flowdial</title>browser');
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  });

  it.each(['evil.example', '127.0.0.1', '127.0.0.1:1', 'localhost.evil.example', '[::1]'])(
    'refuses the foreign Host %s everywhere (DNS rebinding)',
    async (host) => {
      const headers = { Host: host, Origin: `http://${host}` };
      expect((await ask({ headers })).status).toBe(403);
      expect((await postToken(token, headers)).status).toBe(403);
      expect(await upgradeStatus({ headers, protocols: ['flowdial', 'any'] })).toBe(403);
    },
  );

  it.each([undefined, 'null', 'https://evil.example', 'http://127.0.0.1:1'])(
    'refuses the Origin %s where something can be changed',
    async (origin) => {
      const headers: Record<string, string> = origin === undefined ? {} : { Origin: origin };
      const session = await openSession();
      expect((await postToken(token, headers)).status).toBe(403);
      expect(await upgradeStatus({ headers, protocols: ['flowdial', session] })).toBe(403);
    },
  );

  it('refuses the page of localhost at 127.0.0.1: they are two origins', async () => {
    const headers = { Origin: `http://localhost:${port}` };
    expect((await postToken(token, headers)).status).toBe(403);
  });

  it('security 23: does not listen on any other address of this computer', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((each) => each ?? [])
      .filter(({ address, scopeid }) => address !== '127.0.0.1' && !scopeid)
      .map(({ address }) => address);
    for (const address of ['127.0.0.2', ...others]) {
      const socket = connect(Number(port), address);
      await expect(once(socket, 'connect'), address).rejects.toThrow();
      socket.destroy();
    }
  });
});

describe('the token', () => {
  it('buys a session once', async () => {
    const first = await postToken(token);
    expect(first.status).toBe(200);
    expect(first.headers['cache-control']).toBe('no-store');
    expect(JSON.parse(first.body)).toEqual({ session: expect.stringMatching(/^[\w-]{43}$/) });
    const second = await postToken(token);
    expect(second.status).toBe(401);
    expect(second.body).not.toContain('session');
  });

  it('is good for 60 s and no longer', async () => {
    await clock.advance(60_000);
    expect((await postToken(token)).status).toBe(200);
    await server.close();
    server = await startBrowserServer({
      port: 0,
      rendererDir: folder,
      router,
      clock,
      log: silent,
    });
    const url = new URL(server.url);
    port = url.port;
    await clock.advance(60_001);
    expect((await postToken(url.hash.slice(1))).status).toBe(401);
  });

  it('a wrong one does not use it up', async () => {
    expect((await postToken(`${token}x`)).status).toBe(401);
    expect((await postToken('')).status).toBe(401);
    expect((await postToken(token)).status).toBe(200);
  });

  it.each(['', '{', '[]', '{"token":1}', '{"token":"a","more":1}'])('refuses the body %j', async (body) => {
    expect((await ask({ method: 'POST', path: '/session', headers: own(), body })).status).toBe(400);
  });

  it('refuses a body longer than any token, sent whole or in chunks', async () => {
    const body = JSON.stringify({ token: 'x'.repeat(2000) });
    expect((await ask({ method: 'POST', path: '/session', headers: own(), body })).status).toBe(413);
    const chunked = { ...own(), 'Transfer-Encoding': 'chunked' };
    expect((await ask({ method: 'POST', path: '/session', headers: chunked, body })).status).toBe(413);
    expect((await postToken(token)).status).toBe(200);
  });

  it('is never taken by another method', async () => {
    const answer = await ask({
      method: 'PUT',
      path: '/session',
      headers: own(),
      body: JSON.stringify({ token }),
    });
    expect(answer.status).toBe(405);
    expect(answer.headers['allow']).toBe('POST');
  });
});

describe('the page', () => {
  it.each(['/history', '/settings/account'])('%s is a place in the app', async (place) => {
    expect((await ask({ path: place })).body).toContain('<title>Flowdial</title>');
  });

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/..\\secret.txt',
    '//secret.txt',
    '/secret.txt',
    '/missing.js',
    'http://evil.example/secret.txt',
  ])('%s leads nowhere', async (place) => {
    const answer = await ask({ path: place });
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain('outside');
  });

  it('answers HEAD without the page, and no other method', async () => {
    expect(await ask({ method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
    expect((await ask({ method: 'POST', headers: own() })).status).toBe(405);
    expect((await ask({ method: 'DELETE', path: '/rpc', headers: own() })).status).toBe(405);
  });
});

describe('the socket', () => {
  it('carries the contract for every window of a session', async () => {
    const session = await openSession();
    for (const word of ['one', 'two']) {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`, ['flowdial', session], { headers: own() });
      const client = clientOf(socket);
      expect(await client.echo(word)).toBe(word);
      expect(socket.protocol).toBe('flowdial');
      socket.terminate();
    }
  });

  it('stays shut without the session', async () => {
    const session = await openSession();
    for (const protocols of [
      [],
      ['flowdial'],
      ['flowdial', token],
      [session],
      ['other', session],
      ['flowdial', session, 'x'],
    ]) {
      expect(await upgradeStatus({ protocols })).toBe(401);
    }
    expect(await upgradeStatus({ protocols: ['flowdial', session] })).toBe(101);
  });

  it('stays shut before the token was used', async () => {
    expect(await upgradeStatus({ protocols: ['flowdial', token] })).toBe(401);
  });

  it('is at /rpc only', async () => {
    const protocols = ['flowdial', await openSession()];
    expect(await upgradeStatus({ path: '/', protocols })).toBe(404);
    expect(await upgradeStatus({ path: '/rpc/../rpc2', protocols })).toBe(404);
    expect(await upgradeStatus({ path: '/rpc', protocols })).toBe(101);
  });

  it('drops a page that sends more than any page would', async () => {
    const socket = await openSocket();
    socket.on('error', () => {});
    socket.send('x'.repeat(300 * 1024));
    const [code] = await once(socket, 'close');
    expect(code).toBe(1009);
  });

  it('drops a page that answers no ping', async () => {
    const asleep = await openSocket();
    asleep.pong = () => {};
    const closed = once(asleep, 'close');
    const pinged = once(asleep, 'ping');
    await clock.advance(15_000);
    await pinged;
    await clock.advance(15_000);
    const [code] = await closed;
    expect(code).toBe(1006);
  });

  it('keeps a page that answers', async () => {
    const socket = await openSocket();
    const client = clientOf(socket);
    for (const word of ['one', 'two', 'three']) {
      const pinged = once(socket, 'ping');
      await clock.advance(15_000);
      await pinged;
      // The page's pong went before this, on the same socket.
      expect(await client.echo(word)).toBe(word);
    }
    socket.terminate();
  });

  it('survives a sender who leaves in the middle of the opening', async () => {
    const socket = connect(Number(port), '127.0.0.1');
    await once(socket, 'connect');
    socket.write(
      `GET /rpc HTTP/1.1\r\nHost: evil.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    );
    socket.resetAndDestroy();
    expect((await ask({})).status).toBe(200);
  });
});

it('a port that is taken is an error', async () => {
  const again = startBrowserServer({ port: Number(port), rendererDir: folder, router, clock, log: silent });
  await expect(again).rejects.toThrow(/cannot be served at port \d+ .*EADDRINUSE/);
});

it('closing ends every connection', async () => {
  const socket = await openSocket();
  const closed = once(socket, 'close');
  await server.close();
  await closed;
  await expect(ask({})).rejects.toThrow();
  server = await startBrowserServer({ port: 0, rendererDir: folder, router, clock, log: silent });
});
