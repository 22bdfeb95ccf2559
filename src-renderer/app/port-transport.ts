import { RPCLink } from '@orpc/client/message-port';
import type { Transport } from './transport.ts';

const answerWithinMs = 10_000;

/**
 * Electron: the preload hands over one MessagePort to the core when the page says that it is ready. Messages of
 * other windows and origins are not looked at.
 */
export async function openPort(): Promise<Transport> {
  const port = await askForPort();
  const link = new RPCLink({ port });
  // Electron adds this event to ports; a plain browser has none, and the heartbeat notices.
  const closed = new Promise<void>((resolve) => port.addEventListener('close', () => resolve()));
  port.start();
  return {
    link,
    closed,
    close: () => {
      port.close();
      // The event is fired at the other end only; ours must let its pending calls go as well.
      port.dispatchEvent(new Event('close'));
    },
  };
}

function askForPort(): Promise<MessagePort> {
  return new Promise((resolve, reject) => {
    const done = new AbortController();
    const timer = setTimeout(() => {
      done.abort();
      reject(new Error('The core did not answer.'));
    }, answerWithinMs);
    window.addEventListener(
      'message',
      (event) => {
        if (event.source !== window || event.origin !== location.origin) return;
        const port = event.ports[0];
        if (event.data !== 'flowdial-port' || port === undefined) return;
        clearTimeout(timer);
        done.abort();
        resolve(port);
      },
      { signal: done.signal },
    );
    window.postMessage('flowdial-ready', location.origin);
  });
}
