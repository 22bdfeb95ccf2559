import { type MessagePort, parentPort, receiveMessageOnPort } from 'node:worker_threads';
import { failureOf } from './failures.ts';
import {
  type Answer,
  closeMessage,
  type Greeting,
  type OpenMessage,
  type Operations,
  type Request,
} from './protocol.ts';
import type { Restored } from './storage.ts';

/** What a worker does with its database. All of it at once: an open worker has no event loop, nothing that is awaited ends. */
export interface Service {
  /** All requests that waited together. Answers that come together are sent together. */
  answer(requests: readonly Request[]): Iterable<readonly Answer[]>;
  close(): void;
  /** Set where a damaged database was set aside when this was opened. */
  readonly restored?: Restored | null;
}

/** Runs what a request names. */
export function perform(operations: Operations, request: Request): unknown {
  const operation = operations[request.operation];
  if (operation === undefined) throw new Error(`There is no operation "${request.operation}".`);
  // The core's side of the protocol (worker-client.ts) typed the arguments by these very operations.
  return operation(...(request.args as never[]));
}

/** The life of a storage worker: opens its database, greets, answers what waits, and ends when it is told to close. */
export function serve(open: (message: OpenMessage) => Service | Promise<Service>): void {
  const port = parentPort;
  if (port === null) throw new Error('This file runs as a worker of the storage.');
  // Nobody would be answered: the thread ends, and the core's side is told why.
  const fail = (error: unknown) =>
    setImmediate(() => {
      throw error;
    });
  port.once('messageerror', fail);
  port.once('message', (message: OpenMessage) => void live(open, port, message).catch(fail));
}

async function live(
  open: (message: OpenMessage) => Service | Promise<Service>,
  port: MessagePort,
  message: OpenMessage,
): Promise<void> {
  const greet = (greeting: Greeting) => port.postMessage(greeting);
  let service: Service;
  try {
    service = await open(message);
  } catch (error) {
    greet({ opened: false, failure: failureOf(error) });
    port.close();
    return;
  }
  greet({ opened: true, restored: service.restored ?? null });
  answerWith(service, port, message.bell);
}

/** Sleeps on the bell rather than in an event loop: a thread wakes from that in half the time. */
function answerWith(service: Service, port: MessagePort, bell: Int32Array): void {
  for (let isClosing = false, heard = 0; !isClosing; ) {
    Atomics.wait(bell, 0, heard);
    heard = Atomics.load(bell, 0);
    const waiting: Request[] = [];
    for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port)) {
      const message = next.message as readonly Request[] | typeof closeMessage; // By worker-client.ts.
      if (message === closeMessage) isClosing = true;
      else waiting.push(...message);
    }
    for (const answers of service.answer(waiting)) port.postMessage(answers);
  }
  service.close();
  port.close();
}
