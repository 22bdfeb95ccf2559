import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';

interface Callback {
  readonly contentType: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** A tiny server that takes StatusCallbacks, and hands them out in the order they came. */
export interface Receiver extends AsyncDisposable {
  readonly url: string;
  /** The fields of the next callback, and how they were written; the legs of one in JSON stay JSON. */
  next(): Promise<Callback>;
}

export async function startReceiver(): Promise<Receiver> {
  const received: Promise<Callback>[] = [];
  const server = createServer((request, response) => {
    received.push(read(request).finally(() => response.end()));
    server.emit('callback');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}/exotel/calls/some-id/some-token`,
    async next() {
      if (received.length === 0) await once(server, 'callback');
      const callback = received.shift();
      if (callback === undefined) throw new Error('Two wait for the same callback.');
      return callback;
    },
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function read(request: IncomingMessage): Promise<Callback> {
  const contentType = request.headers['content-type'] ?? '';
  const body = Buffer.concat(await request.toArray());
  if (contentType === 'application/json') {
    const { Legs, ...flat } = JSON.parse(body.toString('utf8'));
    return { contentType, fields: { ...flat, Legs: JSON.stringify(Legs) } };
  }
  const form = await new Response(body, { headers: { 'content-type': contentType } }).formData();
  const fields: Record<string, string> = {};
  for (const [name, value] of form) if (typeof value === 'string') fields[name] = value;
  return { contentType, fields };
}
