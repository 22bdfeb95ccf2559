import { once } from 'node:events';
import { createSecureServer } from 'node:http2';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { createServer as createTlsServer, getCACertificates, setDefaultCACertificates } from 'node:tls';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { createTransport, type Exchange, type Transport } from '../../../src-main/exotel/transport.ts';
import { type ConnectProxy, startConnectProxy } from '../../support/connect-proxy.ts';
import { makeCertificates } from '../../support/fake-ngrok/certificates.ts';

/*
 * Every way in which a request was seen to fail (toolchain.md, B5), and what the far end really got of it, directly and
 * through an office's proxy. `maybeSent: false` is the licence to send again, so it may never be wrong.
 */

/** Short, so that what never answers ends soon. ms. */
const timeouts = { connect: 1_000, callAnswer: 400, readAnswer: 400, body: 400, whole: 1_500 };

const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const each of open.splice(0).toReversed()) await each.close();
});

/** The far end: each connection is handed to `serve`; what of it was ever read is counted. */
interface FarEnd {
  readonly port: number;
  /** How many requests began to arrive in the program that listens. */
  readonly seen: () => number;
}

async function farEnd(serve: (socket: Socket) => void, tls?: { cert: string; key: string }): Promise<FarEnd> {
  let seen = 0;
  const sockets = new Set<Socket>();
  const accept = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      if (chunk.includes('POST /')) seen++;
    });
    serve(socket);
  };
  const server: Server = tls === undefined ? createServer(accept) : createTlsServer(tls, accept);
  // Of the handshake's failure the client tells.
  server.on('tlsClientError', () => undefined);
  server.listen(0);
  await once(server, 'listening');
  open.push({
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  });
  return { port: portOf(server), seen: () => seen };
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port; // A TCP server that listens has this kind of address.
}

function transportTo(origin: string, proxy: ConnectProxy | null): Transport {
  const account = { origin, accountSid: 'acme1', apiKey: 'key', apiToken: 'token' };
  const transport = createTransport(account, {
    timeouts,
    proxyFor: () => Promise.resolve(proxy === null ? null : proxy.url),
  });
  open.push(transport);
  return transport;
}

/** A server's, whose authority is trusted until the test ends. */
function trustedCertificates(): { readonly cert: string; readonly key: string } {
  const { ca, cert, key } = makeCertificates();
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, ca]);
  onTestFinished(() => setDefaultCACertificates(before));
  return { cert, key };
}

async function proxyForTest(): Promise<ConnectProxy> {
  const proxy = await startConnectProxy();
  open.push(proxy);
  return proxy;
}

const post = (transport: Transport) => transport.preparePost('/v1/Accounts/acme1/Calls/connect', 'From=1')();

/** A port whose queue of connections is full and never emptied: the next one waits for its SYN's answer. */
async function fullBacklog(): Promise<number> {
  const worker = new Worker(
    `const { parentPort } = require('node:worker_threads');
     const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
       parentPort.postMessage(server.address().port);
       // Only this thread could accept.
       setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
     });`,
    { eval: true },
  );
  onTestFinished(async () => void (await worker.terminate()));
  const [port] = (await once(worker, 'message')) as [number]; // What the worker above posts.
  const sockets = Array.from({ length: 8 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
  onTestFinished(() => sockets.forEach((socket) => socket.destroy()));
  await Promise.any(sockets.map((socket) => once(socket, 'connect')));
  return port;
}

const half = 'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<TwilioResponse>';
const onRequest = (react: (socket: Socket) => void) => (socket: Socket) =>
  void socket.once('data', () => react(socket));

describe.each(['directly', 'through a proxy'] as const)('%s,', (way) => {
  const name = way === 'directly' ? '127.0.0.1' : 'exotel.test';

  const proxyOnTheWay = async () => (way === 'directly' ? null : proxyForTest());
  const transportFor = async (origin: string) => transportTo(origin, await proxyOnTheWay());

  async function send(scheme: 'http' | 'https', port: number, host = name): Promise<Exchange> {
    const proxy = await proxyOnTheWay();
    const exchange = await post(transportTo(`${scheme}://${host}:${port}`, proxy));
    expect(proxy?.others ?? 0).toBe(0);
    return exchange;
  }

  describe('a request is known not to be sent, and nothing of it arrives, where', () => {
    it('the port is closed', async () => {
      const server = createServer().listen(0);
      await once(server, 'listening');
      const port = portOf(server);
      server.close();
      await once(server, 'close');
      expect(await send('http', port)).toMatchObject({ kind: 'failed', maybeSent: false });
    });

    it('nobody accepts the connection', async () => {
      const port = await fullBacklog();
      const exchange = await send('http', port);
      expect(exchange).toMatchObject({ kind: 'failed', maybeSent: false, code: 'unreachable' });
    });

    it('the certificate is not trusted', async () => {
      const far = await farEnd(() => undefined, makeCertificates());
      const exchange = await send('https', far.port);
      expect(exchange).toMatchObject({
        kind: 'failed',
        maybeSent: false,
        message: expect.stringMatching(/CERT|LEAF/),
      });
      expect(far.seen()).toBe(0);
    });

    it('the certificate is for another name', async () => {
      const { cert, key } = trustedCertificates();
      const far = await farEnd(() => undefined, { cert, key });
      const exchange = await send('https', far.port, way === 'directly' ? '127.0.0.2' : name);
      expect(exchange).toMatchObject({
        kind: 'failed',
        maybeSent: false,
        message: 'ERR_TLS_CERT_ALTNAME_INVALID',
      });
      expect(far.seen()).toBe(0);
    });

    it.each<[string, (socket: Socket) => void]>([
      ['is silent', () => undefined],
      ['closes', onRequest((socket) => socket.end())],
      ['resets', onRequest((socket) => socket.resetAndDestroy())],
      ['answers in plain HTTP', onRequest((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))],
    ])('the peer %s while TLS is agreed on', async (_, serve) => {
      const far = await farEnd(serve);
      expect(await send('https', far.port)).toMatchObject({ kind: 'failed', maybeSent: false });
      expect(far.seen()).toBe(0);
    });

    it('the client was closed', async () => {
      const far = await farEnd(() => undefined);
      const transport = await transportFor(`http://${name}:${far.port}`);
      await transport.close();
      open.splice(open.indexOf(transport), 1);
      expect(await post(transport)).toMatchObject({ maybeSent: false, message: 'UND_ERR_DESTROYED' });
      expect(far.seen()).toBe(0);
    });

    it('undici itself refuses to write it', async () => {
      const far = await farEnd(() => undefined);
      const transport = await transportFor(`http://${name}:${far.port}`);
      expect(await transport.preparePost('/a path with blanks', '')()).toMatchObject({
        maybeSent: false,
        message: 'UND_ERR_INVALID_ARG',
      });
      expect(far.seen()).toBe(0);
    });
  });

  describe('a request is known to have perhaps arrived, and arrived at most once, where it was', () => {
    it.each<[string, (socket: Socket) => void]>([
      ['read, then the connection closed', onRequest((socket) => socket.end())],
      ['read, then the connection reset', onRequest((socket) => socket.resetAndDestroy())],
      ['read, and never answered', () => undefined],
      ['answered by half a body', onRequest((socket) => socket.write(half))],
      ['answered by half a body, then closed', onRequest((socket) => socket.end(half))],
      [
        'answered by half a body, then reset',
        onRequest((socket) => socket.write(half, () => socket.resetAndDestroy())),
      ],
      ['answered in no HTTP', onRequest((socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n'))],
      ['answered by 100 alone', onRequest((socket) => socket.write('HTTP/1.1 100 Continue\r\n\r\n'))],
      [
        'answered too slowly, a byte at a time',
        onRequest((socket) => {
          socket.write('HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n');
          const drip = setInterval(() => socket.write(' '), 100);
          socket.once('close', () => clearInterval(drip));
        }),
      ],
    ])('%s', async (_, serve) => {
      const far = await farEnd(serve);
      expect(await send('http', far.port)).toMatchObject({ kind: 'failed', maybeSent: true });
      expect(far.seen()).toBe(1);
    });

    it('taken by the far end’s kernel, whose program never read it', async () => {
      const server = createServer({ pauseOnConnect: true }, (socket) => {
        socket.on('error', () => undefined);
        setTimeout(() => socket.destroy(), 200);
      }).listen(0);
      await once(server, 'listening');
      open.push({ close: async () => void server.close() });
      expect(await send('http', portOf(server))).toMatchObject({ kind: 'failed', maybeSent: true });
    });
  });

  it.each<[string, (socket: Socket) => void]>([
    ['closes', (socket) => socket.end()],
    ['resets', (socket) => socket.resetAndDestroy()],
  ])('a peer that %s as soon as it accepts never saw a request that is called not sent', async (_, serve) => {
    const far = await farEnd(serve);
    for (let round = 0; round < 20; round++) {
      const before = far.seen();
      const exchange = await send('http', far.port);
      expect(exchange.kind).toBe('failed');
      if (exchange.kind === 'failed' && !exchange.maybeSent) expect(far.seen()).toBe(before);
    }
  });

  /** A transport, one of whose connections has carried a request and lies idle. */
  async function idling() {
    const peers = new Set<Socket>();
    const far = await farEnd((socket) => {
      peers.add(socket);
      socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'));
    });
    const proxy = await proxyOnTheWay();
    const transport = transportTo(`http://${name}:${far.port}`, proxy);
    expect(await post(transport)).toMatchObject({ kind: 'answered' });
    // undici has the connection back a turn after the answer's last byte.
    await turn();
    // Who is spoken to: what this end does, this computer's kernel knows before our program hears of it.
    return { far, transport, peers: proxy === null ? peers : proxy.tunnels };
  }

  it('a connection that was reset while idle: the request does not leave, and is known not to have', async () => {
    const { far, transport, peers } = await idling();
    for (const peer of peers) peer.resetAndDestroy();
    expect(await post(transport)).toMatchObject({ kind: 'failed', maybeSent: false, message: 'ECONNRESET' });
    expect(far.seen()).toBe(1);
  });

  it('a connection that was closed while idle: the request is sent once, on another', async () => {
    const { far, transport, peers } = await idling();
    for (const peer of peers) peer.destroy();
    expect(await post(transport)).toMatchObject({ kind: 'answered' });
    expect(far.seen()).toBe(2);
  });

  it('HTTP/2 is not spoken, where the host would', async () => {
    const { cert, key } = trustedCertificates();
    const versions: string[] = [];
    const server = createSecureServer({ cert, key, allowHTTP1: true }, (request, response) => {
      versions.push(request.httpVersion);
      response.end();
    }).listen(0);
    await once(server, 'listening');
    open.push({ close: async () => void server.close() });
    const host = way === 'directly' ? name : 'exotel.localhost';
    expect(await send('https', portOf(server), host)).toMatchObject({ kind: 'answered' });
    expect(versions).toEqual(['1.1']);
  });
});

it('a host without a name is not sent to', async () => {
  const exchange = await post(transportTo('http://exotel.invalid', null));
  expect(exchange).toMatchObject({ kind: 'failed', maybeSent: false, code: 'unreachable' });
});

describe('a proxy that opens no tunnel gets no request, and neither does the host:', () => {
  it.each<[string, string, string, (socket: Socket) => void]>([
    ['refuses', 'proxy-refused', 'HTTP 403', (socket) => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')],
    [
      'wants a password',
      'proxy-refused',
      'HTTP 407',
      (socket) =>
        socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n'),
    ],
    [
      'cannot reach the host',
      'proxy-refused',
      'HTTP 502',
      (socket) => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'),
    ],
    ['closes', 'unreachable', 'ECONNRESET', (socket) => socket.end()],
    ['resets', 'unreachable', 'ECONNRESET', (socket) => socket.resetAndDestroy()],
    [
      'speaks no HTTP',
      'unreachable',
      'HPE_INVALID_CONSTANT',
      (socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n'),
    ],
    ['is silent', 'unreachable', 'ABORT_ERR', () => undefined],
  ])('it %s', async (_, code, message, refuse) => {
    const far = await farEnd(() => undefined);
    const proxy = await proxyForTest();
    proxy.refuse(refuse);
    const exchange = await post(transportTo(`http://exotel.test:${far.port}`, proxy));
    expect(exchange).toEqual({ kind: 'failed', maybeSent: false, code, message });
    expect(far.seen()).toBe(0);
    expect(proxy.asked).toHaveLength(1);
  });

  it('it is not there', async () => {
    const proxy = await startConnectProxy();
    await proxy.close();
    const exchange = await post(transportTo('http://exotel.test', proxy));
    expect(exchange).toMatchObject({ kind: 'failed', maybeSent: false, message: 'ECONNREFUSED' });
  });

  it('the desktop cannot say which', async () => {
    const account = { origin: 'http://exotel.test', accountSid: 'acme1', apiKey: 'key', apiToken: 'token' };
    const transport = createTransport(account, {
      timeouts,
      proxyFor: () => Promise.reject(new Error('The PAC script failed')),
    });
    open.push(transport);
    expect(await post(transport)).toMatchObject({ kind: 'failed', maybeSent: false, code: 'unreachable' });
  });
});

describe('a tunnel', () => {
  it('carries request after request, and the proxy learns nothing but where it leads', async () => {
    const far = await farEnd((socket) => {
      socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'));
    });
    const proxy = await proxyForTest();
    const transport = transportTo(`http://exotel.test:${far.port}`, {
      ...proxy,
      url: proxy.url.replace('//', '//rep:p%40ss@'),
    });
    expect(await post(transport)).toMatchObject({ kind: 'answered', status: 200, body: 'ok' });
    // undici has the connection back a turn after the answer's last byte.
    await turn();
    expect(await post(transport)).toMatchObject({ kind: 'answered' });
    expect(far.seen()).toBe(2);
    expect(proxy.asked).toEqual([
      {
        authority: `exotel.test:${far.port}`,
        authorization: `Basic ${Buffer.from('rep:p@ss').toString('base64')}`,
      },
    ]);
  });

  it('holds TLS to the host itself', async () => {
    const { cert, key } = trustedCertificates();
    const far = await farEnd(
      (socket) => {
        socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'));
      },
      { cert, key },
    );
    const proxy = await proxyForTest();
    // Not "localhost", which never goes through a proxy, but a name that the certificate has too.
    const transport = transportTo(`https://exotel.localhost:${far.port}`, proxy);
    expect(await post(transport)).toMatchObject({ kind: 'answered', status: 200 });
    expect(proxy.asked).toHaveLength(1);
  });

  it.each(['127.0.0.1', 'localhost', '127.0.0.3'])(
    'is never asked for to reach this computer: %s',
    async (host) => {
      const far = await farEnd((socket) => {
        socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'));
      });
      const proxy = await proxyForTest();
      expect(await post(transportTo(`http://${host}:${far.port}`, proxy))).toMatchObject({
        kind: 'answered',
      });
      expect(proxy.asked).toEqual([]);
    },
  );
});
