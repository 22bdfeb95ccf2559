import { parentPort, Worker, workerData } from 'node:worker_threads';
import { type Failure, failureOf } from './failures.ts';
import { type LongJob, StorageError } from './storage.ts';

/** What the worker of a long job says. */
type Word<Result> =
  | { readonly done: number; readonly total: number }
  | { readonly result: Result }
  | { readonly failure: Failure };

/**
 * Runs a job that reads the whole database in a worker of its own, so that no write and no read waits for it.
 *
 * @param file calls `doLongJob`
 * @param asked structured-cloneable
 * @throws StorageError where it failed; `closed` where the signal ended it, which leaves its files half written
 */
export function runLongJob<Asked, Result>(file: URL, asked: Asked, job: LongJob): Promise<Result> {
  const outcome = Promise.withResolvers<Result>();
  const worker = new Worker(file, { workerData: asked });
  const end = () => void worker.terminate();
  worker.on('message', (word: Word<Result>) => {
    if ('result' in word) outcome.resolve(word.result);
    else if ('failure' in word) outcome.reject(new StorageError(word.failure.code, word.failure.message));
    else job.progress(word.done, word.total);
  });
  worker.on('error', (error) => outcome.reject(new StorageError('stopped', String(error))));
  if (job.signal?.aborted === true) end();
  else job.signal?.addEventListener('abort', end, { once: true });
  // Told when it has ended: until then it may still hold its files.
  outcome.promise.catch(() => undefined);
  return new Promise((resolve) => {
    worker.on('exit', () => {
      job.signal?.removeEventListener('abort', end);
      outcome.reject(new StorageError('closed', 'It was ended before it was done.'));
      resolve(outcome.promise);
    });
  });
}

/** How often a job says how far it is, ms. */
const progressMs = 100;

/** The worker's end: does the job that `runLongJob` asked for. */
export async function doLongJob<Asked, Result>(
  work: (asked: Asked, progress: LongJob['progress']) => Result | Promise<Result>,
): Promise<void> {
  const say = (word: Word<Result>) => parentPort?.postMessage(word);
  let saidAt = 0;
  try {
    // Typed by the other end, which names this file together with what it asks.
    const result = await work(workerData as Asked, (done, total) => {
      if (performance.now() - saidAt < progressMs) return;
      saidAt = performance.now();
      say({ done, total });
    });
    say({ result });
  } catch (error) {
    say({ failure: failureOf(error) });
  }
}
