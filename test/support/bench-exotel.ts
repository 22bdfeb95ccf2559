import { Worker } from 'node:worker_threads';

/**
 * An Exotel on a thread of its own, so that its work does not hold up who is measured. It completes every call, and
 * gives as its Sid when the whole request was there, by `process.hrtime.bigint()`, which all threads share.
 */
export async function startBenchExotel(): Promise<{ readonly origin: string; close(): Promise<unknown> }> {
  const worker = new Worker(new URL('bench-exotel-worker.ts', import.meta.url));
  const origin = await new Promise<string>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  return { origin, close: () => worker.terminate() };
}
