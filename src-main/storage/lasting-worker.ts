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
  /** Resolves when `current` answers; null: it does. */
  let opening: Promise<unknown> | null = null;
  let isClosed = false;

  function open(again: boolean): Promise<Restored | null> {
    const opened = current.open({ ...asked, again });
    opening = opened;
    opened.then(
      () => {
        if (opening === opened) opening = null;
      },
      () => undefined,
    );
    return opened;
  }

  /** Followed where it died, by whoever sees it first. One that answers is asked in the same turn. */
  function living(): WorkerClient<Asked> | Promise<WorkerClient<Asked>> {
    if (current.hasDied() && !isClosed) {
      current = startWorker<Asked>(file);
      void open(true);
    }
    const worker = current;
    return opening === null ? worker : opening.then(() => worker);
  }

  return {
    open: () => open(false),
    async ask(operation, ...args) {
      try {
        const worker = living();
        return await (worker instanceof Promise ? await worker : worker).ask(operation, ...args);
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
