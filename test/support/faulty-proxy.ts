import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What the wire does to a connection; `near` is our program's end, `far` Exotel's. */
export type Fault =
  | 'none'
  /** Accepts, forwards nothing, says nothing. */
  | 'swallow'
  /** The whole request goes through; the answer never does. */
  | 'keep-answer'
  /** The whole request goes through; reset when the answer begins. */
  | 'reset-before-answer'
  /** Reset in the middle of the answer's body. */
  | 'reset-in-answer'
  /** Closed in the middle of the answer's body, as a crashed proxy does. */
  | 'cut-answer'
  /** The answer goes through a byte at a time. */
  | 'trickle'
  /** Reset once the whole answer went through. */
  | 'reset-after-answer';

/** A TCP proxy whose wire fails as it is told. */
export interface FaultyProxy {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** For connections from now on. */
  fail(fault: Fault): void;
  /** Closes the port: connections are refused from now on. */
  refuse(): Promise<void>;
  close(): Promise<void>;
}

export async function startFaultyProxy(target: string): Promise<FaultyProxy> {
  const { port, hostname } = new URL(target);
  const sockets = new Set<Socket>();
  let current: Fault = 'none';

  function hold(socket: Socket): Socket {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    return socket.on('error', () => undefined);
  }

  const server = createServer((near) => {
    hold(near);
    const fault = current;
    if (fault === 'swallow') return near.resume();
    const far = hold(connect(Number(port), hostname));
    near.pipe(far);
    near.once('close', () => far.destroy());
    far.once('close', () => near.end());
    far.on('data', (answer: Buffer) => hand(answer, near, fault));
  });
  async function closePort(): Promise<void> {
    for (const socket of sockets) socket.destroy();
    if (!server.listening) return;
    server.close();
    await once(server, 'close');
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: own } = server.address() as AddressInfo; // A TCP server that listens has this kind of address.

  return {
    origin: `http://127.0.0.1:${own}`,
    fail(fault) {
      current = fault;
    },
    refuse: closePort,
    close: closePort,
  };
}

/** Hands Exotel's answer on. The fake one writes its small answers in one piece. */
function hand(answer: Buffer, near: Socket, fault: Fault): void {
  const half = answer.subarray(0, answer.length - 40);
  switch (fault) {
    case 'keep-answer':
      return;
    case 'reset-before-answer':
      near.resetAndDestroy();
      return;
    case 'reset-in-answer':
      near.write(half, () => near.resetAndDestroy());
      return;
    case 'cut-answer':
      near.end(half);
      return;
    case 'trickle':
      void trickle(answer, near);
      return;
    case 'reset-after-answer':
      near.write(answer, () => near.resetAndDestroy());
      return;
    default:
      near.write(answer);
  }
}

async function trickle(answer: Buffer, near: Socket): Promise<void> {
  near.setNoDelay(true);
  for (const byte of answer) {
    if (near.destroyed) return;
    await new Promise((written) => near.write(Buffer.of(byte), written));
  }
}
