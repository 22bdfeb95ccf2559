import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** An office's proxy: opens tunnels, and lets a test refuse them. */
export interface ConnectProxy {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** What was asked for, in order: the authority of each CONNECT, and its Proxy-Authorization. */
  readonly asked: readonly { readonly authority: string; readonly authorization: string | undefined }[];
  /** Requests that were no CONNECT: there should be none. */
  readonly others: number;
  /** The program's ends of the tunnels that are open. */
  readonly tunnels: ReadonlySet<Socket>;
  /** From now on each CONNECT is left to `refuse`; null: tunnels are opened again. */
  refuse(how: ((socket: Socket) => void) | null): void;
  close(): Promise<void>;
}

/**
 * Every host name is 127.0.0.1 to it, so that a test's server can have a name that is not this computer's. A peer's reset
 * is handed on as a reset.
 */
export async function startConnectProxy(): Promise<ConnectProxy> {
  const asked: { authority: string; authorization: string | undefined }[] = [];
  const sockets = new Set<Socket>();
  const tunnels = new Set<Socket>();
  let refusal: ((socket: Socket) => void) | null = null;
  let others = 0;

  function hold(socket: Socket): void {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  }

  const server = createServer((_, response) => {
    others++;
    response.writeHead(501).end();
  });
  server.on('connection', hold);
  server.on('connect', (request, near: Socket, head: Buffer) => {
    near.on('error', () => undefined);
    asked.push({
      authority: request.url ?? '',
      authorization: request.headers['proxy-authorization'],
    });
    if (refusal !== null) return refusal(near);
    const port = Number(/:(\d+)$/.exec(request.url ?? '')?.[1]);
    const far = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    hold(far);
    far.once('connect', () => {
      tunnels.add(near);
      near.write('HTTP/1.1 200 Connection established\r\n\r\n');
      far.write(head);
      far.pipe(near).pipe(far);
    });
    far.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') near.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
      else near.resetAndDestroy();
    });
    near.once('close', () => {
      tunnels.delete(near);
      far.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // A TCP server that listens has this kind of address.

  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    tunnels,
    get others() {
      return others;
    },
    refuse(how) {
      refusal = how;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
