import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createServer as createTlsServer } from 'node:tls';
import type { NgrokServer } from '../../../src-main/tunnel/ngrok-messages.ts';
import { makeCertificates } from './certificates.ts';
import { type MuxadoSession, muxado } from './muxado.ts';

/** What the fake does with the next client that comes. */
export type Behaviour =
  | 'accept'
  | 'refuse-token'
  /** The account may have no further session. */
  | 'session-in-use'
  /** The domain leads to another client. */
  | 'domain-in-use'
  /** The domain is another account's. */
  | 'refuse-domain'
  /** Says that the endpoint is online, and leads nobody to it. */
  | 'lead-nowhere'
  /** Takes the TCP connection and says nothing: a captive portal. */
  | 'silent'
  /** TLS stands, and the login is never answered. */
  | 'silent-login';

/** ngrok's service, as much as its SDK needs, on this computer: what is asked at `publicUrl` comes out at the client. */
export interface FakeNgrok {
  readonly server: NgrokServer;
  /** Of the client that is bound, or will be next. */
  readonly publicUrl: string;
  /** What each client that logged in said, in order. */
  readonly logins: readonly { readonly authtoken: string }[];
  /** The domain each client asked for, in order; empty: any. */
  readonly domains: readonly string[];
  behave(as: Behaviour): void;
  /** Cuts every client off and takes no more. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  /** From now on nothing passes between the world and the clients of this moment, and no connection breaks. */
  goSilent(): void;
  /** Visitors get ngrok's own error page, whatever its clients think: their endpoint is lost. */
  forget(): void;
  /** From now on there is another public URL: the one before is dead, as a random one is once its session ended. */
  move(): Promise<void>;
  /** How many clients are connected. */
  clients(): number;
  close(): Promise<void>;
}

const streamType = { auth: 0, bind: 1, proxy: 3, heartbeat: 0xffffffff } as const;

export async function startFakeNgrok(): Promise<FakeNgrok> {
  const { ca, cert, key } = makeCertificates();
  const logins: { authtoken: string }[] = [];
  const domains: string[] = [];
  const sockets = new Set<Socket>();
  const visitors = new Set<Socket>();
  let behaviour: Behaviour = 'accept';
  let bound: { readonly session: MuxadoSession; readonly id: string; silent: boolean } | null = null;

  const tls = createTlsServer({ cert, key }, (socket) => {
    socket.on('error', () => {});
    const session = muxado(socket, (stream) => void serve(stream).catch(() => stream.destroy()));
    socket.on('close', () => {
      if (bound?.session === session) bound = null;
    });

    async function serve(stream: Duplex): Promise<void> {
      const asked = (await readBytes(stream, 4)).readUInt32BE();
      if (asked === streamType.heartbeat) stream.pipe(stream);
      else if (asked === streamType.auth) await login(stream);
      else if (asked === streamType.bind) await bind(stream);
      else stream.end('{}');
    }

    async function login(stream: Duplex): Promise<void> {
      const { Extra } = await readJson(stream);
      const { AuthToken: authtoken } = Object(Extra);
      logins.push({ authtoken: String(authtoken) });
      if (behaviour === 'silent-login') return;
      stream.end(
        JSON.stringify({
          Version: '2',
          ClientId: 'fake-client',
          Error: loginRefusal(behaviour, String(authtoken)),
          Extra: {
            Version: 'fake',
            Region: 'in',
            Cookie: 'cookie',
            AccountName: 'Fake',
            SessionDuration: 0,
            PlanName: 'Free',
            Banner: '',
          },
        }),
      );
    }

    async function bind(stream: Duplex): Promise<void> {
      const { Id, Opts, Proto } = await readJson(stream);
      const { Domain: domain } = Object(Opts);
      domains.push(String(domain ?? ''));
      // Who comes back after a cut asks for the tunnel it had.
      const id = String(Id) || `tunnel-${domains.length}`;
      const refusal = bindRefusal(behaviour, String(domain ?? ''));
      if (refusal === '' && behaviour !== 'lead-nowhere') bound = { session, id, silent: false };
      stream.end(
        JSON.stringify({
          Id: id,
          URL: publicUrl,
          Proto,
          Opts,
          Error: refusal,
          Extra: { Token: '' },
        }),
      );
    }
  });

  const front = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    if (behaviour === 'silent') socket.resume();
    else tls.emit('connection', socket);
  });

  /** The world's side: each connection becomes a stream to the client. */
  const take = (visitor: Socket): void => {
    visitors.add(visitor);
    visitor.on('error', () => {});
    visitor.on('close', () => visitors.delete(visitor));
    if (bound === null) {
      visitor.end(endpointOffline);
      return;
    }
    if (bound.silent) return;
    const header = Buffer.from(
      JSON.stringify({
        Id: bound.id,
        ClientAddr: '203.0.113.7:40000',
        Proto: 'http',
        EdgeType: '3',
        PassthroughTLS: false,
      }),
    );
    const prefix = Buffer.alloc(12);
    prefix.writeUInt32BE(streamType.proxy);
    prefix.writeBigInt64LE(BigInt(header.length), 4);
    const stream = bound.session.open();
    stream.write(Buffer.concat([prefix, header]));
    visitor.pipe(stream).pipe(visitor);
  };

  let world = createServer(take);
  let publicUrl = `http://127.0.0.1:${await listen(world, 0)}`;
  const port = await listen(front, 0);

  async function goAway(): Promise<void> {
    const closed = once(front, 'close');
    front.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  }

  return {
    server: { address: `127.0.0.1:${port}`, caCert: ca },
    get publicUrl() {
      return publicUrl;
    },
    logins,
    domains,
    behave(as) {
      behaviour = as;
    },
    goAway,
    async comeBack() {
      await listen(front, port);
    },
    goSilent() {
      if (bound !== null) bound.silent = true;
    },
    forget() {
      bound = null;
    },
    async move() {
      world.close();
      for (const visitor of visitors) visitor.destroy();
      world = createServer(take);
      publicUrl = `http://127.0.0.1:${await listen(world, 0)}`;
    },
    clients: () => sockets.size,
    async close() {
      if (front.listening) await goAway();
      world.close();
      for (const visitor of visitors) visitor.destroy();
    },
  };
}

/** As ngrok's service answers where no client keeps the endpoint. */
const endpointOffline =
  'HTTP/1.1 404 Not Found\r\nngrok-error-code: ERR_NGROK_3200\r\ncontent-length: 0\r\nconnection: close\r\n\r\n';

function loginRefusal(behaviour: Behaviour, authtoken: string): string {
  switch (behaviour) {
    case 'refuse-token':
      return `The authtoken you specified is properly formed, but it is invalid.\r\nYour authtoken: ${authtoken}\r\n\r\nERR_NGROK_107\r\n`;
    case 'session-in-use':
      return `Your account is limited to 1 simultaneous ngrok agent session.\r\n\r\nERR_NGROK_108\r\n`;
    default:
      return '';
  }
}

function bindRefusal(behaviour: Behaviour, domain: string): string {
  switch (behaviour) {
    case 'domain-in-use':
      return `The endpoint '${domain}' is already online.\r\n\r\nERR_NGROK_334\r\n`;
    case 'refuse-domain':
      return `The domain '${domain}' is reserved for another account.\r\n\r\nERR_NGROK_320\r\n`;
    default:
      return '';
  }
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  // Cast: a TCP server that listens has an AddressInfo.
  return (server.address() as AddressInfo).port;
}

async function readBytes(stream: Duplex, count: number): Promise<Buffer> {
  for (;;) {
    const bytes: Buffer | null = stream.read(count);
    if (bytes !== null) return bytes;
    await once(stream, 'readable');
  }
}

/** The client ends no request; its JSON is whole when it can be parsed. */
async function readJson(stream: Duplex): Promise<Record<string, unknown>> {
  let text = '';
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    try {
      return Object(JSON.parse(text));
    } catch {
      // More is to come.
    }
  }
  throw new Error('The client hung up.');
}
