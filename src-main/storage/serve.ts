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

/** What a worker does with its database. */
export interface Service {
  /** All requests that waited together; answers are sent as they come. */
  answer(requests: readonly Request[]): Iterable<Answer>;
  close(): void;
}

/** Runs what a request names. */
export function perform(operations: Operations, request: Request): unknown {
  const operation = operations[request.operation];
  if (operation === undefined) throw new Error(`There is no operation "${request.operation}".`);
  // The core's side of the protocol (worker-client.ts) typed the arguments by these very operations.
  return operation(...(request.args as never[]));
}

/** The life of a storage worker: opens its database, greets, answers what waits, and ends when it is told to close. */
export function serve(open: (dataDir: string) => Service): void {
  const port = parentPort;
  if (port === null) throw new Error('This file runs as a worker of the storage.');
  const greet = (greeting: Greeting) => port.postMessage(greeting);

  port.once('message', ({ dataDir }: OpenMessage) => {
    let service: Service;
    try {
      service = open(dataDir);
    } catch (error) {
      greet({ opened: false, failure: failureOf(error) });
      port.close();
      return;
    }
    port.on('message', (first: Request | typeof closeMessage) => {
      const waiting = [first];
      for (let more = receiveMessageOnPort(port); more !== undefined; more = receiveMessageOnPort(port)) {
        waiting.push(more.message);
      }
      for (const answer of service.answer(waiting.filter((message) => message !== closeMessage))) {
        port.postMessage(answer);
      }
      if (waiting.includes(closeMessage)) {
        service.close();
        port.close();
      }
    });
    greet({ opened: true });
  });
}
