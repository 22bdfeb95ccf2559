import type { OpenMessage, Operations } from './protocol.ts';
import { type Restored, StorageError } from './storage.ts';
import { startWorker, type WorkerClient } from './worker-client.ts';

/** A storage worker that is followed by a new one where it dies. */
export interface LastingWorker<Asked extends Operations> {
  open(): Promise<Restored | null>;
  ask: WorkerClient<Asked>['ask'];
  close(): Promise<void>;
}

/**
 * Keeps a worker running. One that dies fails what it was asked (`stopped`: nobody knows whether it had done it); the
 * next request starts its follower. So nothing is done twice by this, and a worker that dies at once cannot make the
 * program busy.
 *
 * @param repeats true where to ask twice does no harm (reads): such a request is asked of the follower, once
 */
export function keepWorker<Asked extends Operations>(
  file: URL,
  asked: Omit<OpenMessage, 'again' | 'bell'>,
  repeats: boolean,
): LastingWorker<Asked> {
  let current = startWorker<Asked>(file);
  /** Resolves when `current` answers. */
  let ready: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  /** Followed where it died, by whoever sees it first. */
  async function living(): Promise<WorkerClient<Asked>> {
    if (current.hasDied() && !isClosed) {
      current = startWorker<Asked>(file);
      ready = current.open({ ...asked, again: true });
    }
    const worker = current;
    await ready;
    return worker;
  }

  return {
    open() {
      const opening = current.open({ ...asked, again: false });
      ready = opening;
      return opening;
    },
    async ask(operation, ...args) {
      try {
        return await (await living()).ask(operation, ...args);
      } catch (error) {
        if (!repeats || !(error instanceof StorageError) || error.code !== 'stopped') throw error;
        return (await living()).ask(operation, ...args);
      }
    },
    async close() {
      isClosed = true;
      await current.close();
    },
  };
}
