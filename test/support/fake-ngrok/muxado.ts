import { Duplex } from 'node:stream';

/**
 * The server's side of muxado, the protocol that carries many streams over ngrok's one connection. A frame is 3 bytes
 * of length, a byte of type and flags, 4 bytes of stream id, and the body (toolchain.md B2).
 */

const type = { reset: 0, data: 1, windowIncrement: 2 } as const;
const flag = { fin: 1, syn: 2 } as const;
const headerBytes = 8;

export interface MuxadoSession {
  /** A new stream to the client. It begins to exist there with the first bytes written. */
  open(): Duplex;
}

/** Speaks muxado over `socket`; `accept` gets each stream that the client opens. */
export function muxado(socket: Duplex, accept: (stream: Duplex) => void): MuxadoSession {
  const streams = new Map<number, Duplex>();
  let lastOwnId = 0;
  let unread = Buffer.alloc(0);

  function send(frameType: number, flags: number, id: number, body: Buffer): void {
    const frame = Buffer.alloc(headerBytes + body.length);
    frame.writeUIntBE(body.length, 0, 3);
    frame.writeUInt8((frameType << 4) | flags, 3);
    frame.writeUInt32BE(id, 4);
    body.copy(frame, headerBytes);
    if (socket.writable) socket.write(frame);
  }

  function stream(id: number, openedHere: boolean): Duplex {
    let syn: number = openedHere ? flag.syn : 0;
    const duplex = new Duplex({
      read() {},
      // More than a stream's window of 256 KiB is never sent here, so the client's increments need no heed.
      write(chunk: Buffer, _encoding, done) {
        send(type.data, syn, id, chunk);
        syn = 0;
        done();
      },
      final(done) {
        send(type.data, flag.fin, id, Buffer.alloc(0));
        done();
      },
    });
    duplex.on('error', () => {});
    streams.set(id, duplex);
    return duplex;
  }

  function receive(frameType: number, flags: number, id: number, body: Buffer): void {
    const known = streams.get(id);
    if (frameType === type.reset) known?.destroy();
    if (frameType !== type.data) return;
    const to = known ?? stream(id, false);
    if (known === undefined) accept(to);
    if (body.length > 0) {
      to.push(body);
      const by = Buffer.alloc(4);
      by.writeUInt32BE(body.length);
      send(type.windowIncrement, 0, id, by);
    }
    if (flags & flag.fin) to.push(null);
  }

  socket.on('data', (chunk: Buffer) => {
    unread = Buffer.concat([unread, chunk]);
    while (unread.length >= headerBytes) {
      const end = headerBytes + unread.readUIntBE(0, 3);
      if (unread.length < end) return;
      const byte = unread.readUInt8(3);
      receive(byte >> 4, byte & 0xf, unread.readUInt32BE(4), unread.subarray(headerBytes, end));
      unread = unread.subarray(end);
    }
  });
  socket.on('close', () => {
    for (const each of streams.values()) each.destroy();
  });

  return {
    open() {
      lastOwnId += 2;
      return stream(lastOwnId, true);
    },
  };
}
