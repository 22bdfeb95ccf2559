import { parentPort, receiveMessageOnPort } from 'node:worker_threads';
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

/** What a worker does with its database. */
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
  const greet = (greeting: Greeting) => port.postMessage(greeting);

  // Nobody would be answered: the core's side would wait for ever, and hold back all that comes after.
  port.on('messageerror', (error) => {
    throw error;
  });

  const answerWith = (service: Service): void => {
    port.on('message', (first: readonly Request[] | typeof closeMessage) => {
      const waiting = [first];
      for (let more = receiveMessageOnPort(port); more !== undefined; more = receiveMessageOnPort(port)) {
        waiting.push(more.message);
      }
      for (const answers of service.answer(
        waiting.flatMap((message) => (message === closeMessage ? [] : message)),
      )) {
        port.postMessage(answers);
      }
      if (waiting.includes(closeMessage)) {
        service.close();
        port.close();
      }
    });
  };

  async function start(message: OpenMessage): Promise<void> {
    try {
      const service = await open(message);
      answerWith(service);
      greet({ opened: true, restored: service.restored ?? null });
    } catch (error) {
      greet({ opened: false, failure: failureOf(error) });
      parentPort?.close();
    }
  }
  port.once('message', (message: OpenMessage) => void start(message));
}
