import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { RouterClient } from '@orpc/server';
import { WebSocket } from 'ws';
import type { Router } from '../../src-main/router/router.ts';
import type { FromPage, ToPage } from './electron-stand-in/bridge-messages.ts';

/** What a page of the Electron shell can ask, without a page: for what no screen shows. */
export interface PageClient {
  readonly client: RouterClient<Router>;
  readonly close: () => void;
}

/** Asks for a port at this page's address (electron-program.ts), as our page does, and speaks the contract over it. */
export async function openPageClient(address: string): Promise<PageClient> {
  const socket = new WebSocket(address.replace('http', 'ws'), { origin: address });
  const tell = (message: FromPage) => socket.send(JSON.stringify(message));
  const { port1, port2 } = new MessageChannel();
  const connected = new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('close', () => {
      port2.close();
      reject(new Error('The program closed the bridge.'));
    });
    socket.on('message', (data: Buffer) => {
      // Written by our own half in the program.
      const message = JSON.parse(data.toString()) as ToPage;
      if (message.type === 'port') port2.postMessage(message.text);
      if (message.type !== 'ipc') return;
      const [port = 0] = message.ports;
      port2.addEventListener('message', ({ data: text }) => tell({ type: 'port', port, text: String(text) }));
      port2.start();
      resolve();
    });
    socket.once('open', () => {
      tell({ type: 'hello', isMainFrame: true });
      tell({ type: 'ipc', channel: 'flowdial-ready' });
    });
  });
  await connected;
  port1.start();
  return {
    client: createORPCClient(new RPCLink({ port: port1 })),
    close() {
      port1.close();
      socket.terminate();
    },
  };
}

/** The first of these that fits; the stream is left then. */
export async function firstOf<T, U extends T>(
  stream: Promise<AsyncIterator<T> & AsyncIterable<T>>,
  fits: (value: T) => value is U,
): Promise<U>;
export async function firstOf<T>(
  stream: Promise<AsyncIterator<T> & AsyncIterable<T>>,
  fits: (value: T) => boolean,
): Promise<T>;
export async function firstOf<T>(
  stream: Promise<AsyncIterator<T> & AsyncIterable<T>>,
  fits: (value: T) => boolean,
): Promise<T> {
  for await (const value of await stream) if (fits(value)) return value;
  throw new Error('The stream ended before.');
}
