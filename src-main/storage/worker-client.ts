import { Worker } from 'node:worker_threads';
import {
  type Answer,
  closeMessage,
  type Greeting,
  type OpenMessage,
  type Operations,
  type Request,
} from './protocol.ts';
import { type Restored, StorageError } from './storage.ts';

/** The core's end of a storage worker. */
export interface WorkerClient<Asked extends Operations> {
  /**
   * Comes first. Resolves with what had to be repaired. Rejects with a StorageError where the database cannot be used.
   */
  open(message: Omit<OpenMessage, 'bell'>): Promise<Restored | null>;
  /** Rejects with a StorageError, `stopped` where the worker dies before it answers. */
  ask<Name extends keyof Asked & string>(
    operation: Name,
    ...args: Parameters<Asked[Name]>
  ): Promise<ReturnType<Asked[Name]>>;
  /** Whether it takes no request any more, though nobody closed it. */
  hasDied(): boolean;
  /** Refuses new requests, finishes those under way, and resolves when the worker has ended. */
  close(): Promise<void>;
}

/** Starts a worker: a file that calls `serve`. Its code loads while others open. */
export function startWorker<Asked extends Operations>(file: URL): WorkerClient<Asked> {
  const worker = new Worker(file);
  const bell = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const greeted = Promise.withResolvers<Restored | null>();
  const asked = new Map<number, PromiseWithResolvers<unknown>>();
  const ended = Promise.withResolvers<void>();
  let isOpen = false;
  let lastId = 0;
  /** Requests that the worker has and did not answer yet. */
  let sent = 0;
  /** Asked while the worker is at work, in order: they go together when it is done. */
  let held: Request[] = [];
  /** Why no request can be taken any more. */
  let refusal: StorageError | null = null;

  // Whoever opens is told by `open`; nobody waits for a worker that dies before.
  greeted.promise.catch(() => undefined);

  function fail(error: StorageError): void {
    refusal ??= error;
    greeted.reject(error);
    for (const request of asked.values()) request.reject(error);
    asked.clear();
    held = [];
  }

  function settle(answer: Answer): void {
    const request = asked.get(answer.id);
    asked.delete(answer.id);
    if ('value' in answer) request?.resolve(answer.value);
    else request?.reject(new StorageError(answer.failure.code, answer.failure.message));
  }

  /**
   * An idle worker gets a request at once. What is asked while it works is one message, and for the writer one commit:
   * it could not begin with it sooner, and alone each would wake it.
   */
  function send(request: Request): void {
    held.push(request);
    if (sent === 0) sendHeld();
  }

  function sendHeld(): void {
    const message = held;
    held = [];
    if (message.length === 0) return;
    post(message);
    sent += message.length;
  }

  function post(message: readonly Request[] | typeof closeMessage): void {
    worker.postMessage(message);
    Atomics.add(bell, 0, 1);
    Atomics.notify(bell, 0);
  }

  worker.on('message', (message: Greeting | readonly Answer[]) => {
    if (!('opened' in message)) {
      for (const answer of message) settle(answer);
      sent -= message.length;
      if (sent === 0) sendHeld();
      return;
    }
    isOpen = message.opened;
    if (message.opened) greeted.resolve(message.restored);
    else fail(new StorageError(message.failure.code, message.failure.message));
  });
  worker.on('messageerror', (error) => fail(died(error.message)));
  worker.on('error', (error) => fail(died(error instanceof Error ? error.message : String(error))));
  worker.on('exit', (code) => {
    fail(died(`exit code ${code}`));
    ended.resolve();
  });

  return {
    open(message) {
      worker.postMessage({ ...message, bell });
      return greeted.promise;
    },
    ask(operation, ...args) {
      if (refusal !== null) return Promise.reject(refusal);
      const id = ++lastId;
      const answer = Promise.withResolvers<unknown>();
      asked.set(id, answer);
      send({ id, operation, args });
      // The worker runs the operation of this name: the answer is its result.
      return answer.promise as Promise<ReturnType<Asked[typeof operation]>>;
    },
    hasDied: () => refusal !== null && refusal.code !== 'closed',
    async close() {
      refusal ??= new StorageError('closed', 'The storage is closed.');
      sendHeld();
      if (isOpen) post(closeMessage);
      else await worker.terminate();
      await ended.promise;
    },
  };
}

function died(how: string): StorageError {
  return new StorageError('stopped', `The storage stopped unexpectedly. (${how})`);
}
