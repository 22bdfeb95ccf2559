import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** One connection to a {@link RawServer}. */
export interface RawConnection {
  readonly socket: Socket;
  /** Waits for the next whole request: head, blank line, body by Content-Length. */
  readonly request: () => Promise<string>;
  /** Writes an HTTP/1.1 answer; the connection stays open. */
  readonly answer: (status: number, body: string, headers?: Readonly<Record<string, string>>) => void;
}

/** A TCP server on 127.0.0.1 that shows the bytes of each request and can misbehave as networks do. */
export interface RawServer {
  readonly origin: string;
  /** Every whole request, in the order of arrival. */
  readonly requests: readonly string[];
  /** How many connections were made. */
  readonly connections: number;
  close(): Promise<void>;
}

export async function rawServer(serve: (connection: RawConnection) => Promise<void>): Promise<RawServer> {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;

  const server = createServer((socket) => {
    connections++;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    void serve(connect(socket, requests)).catch(() => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A listening TCP server's address is an AddressInfo.
  const { port } = server.address() as AddressInfo;

  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    get connections() {
      return connections;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function connect(socket: Socket, requests: string[]): RawConnection {
  let received = '';
  let waiting: (() => void) | null = null;
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    received += chunk;
    waiting?.();
  });
  return {
    socket,
    async request() {
      for (;;) {
        const end = lengthOfRequest(received);
        if (end !== null) {
          const whole = received.slice(0, end);
          received = received.slice(end);
          requests.push(whole);
          return whole;
        }
        const { promise, resolve } = Promise.withResolvers<void>();
        waiting = resolve;
        await promise;
      }
    },
    answer(status, body, headers = {}) {
      const head = Object.entries({ 'content-length': String(Buffer.byteLength(body)), ...headers });
      const lines = head.map(([name, value]) => `${name}: ${value}\r\n`).join('');
      socket.write(`HTTP/1.1 ${status} Status\r\n${lines}\r\n${body}`);
    },
  };
}

function lengthOfRequest(received: string): number | null {
  const head = received.indexOf('\r\n\r\n');
  if (head === -1) return null;
  const length = Number(/^content-length: (\d+)$/im.exec(received.slice(0, head))?.[1] ?? 0);
  const end = head + 4 + length;
  return received.length < end ? null : end;
}
