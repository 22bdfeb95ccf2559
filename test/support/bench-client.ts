import { Worker } from 'node:worker_threads';
import type { ClientTask } from './bench-client-worker.ts';

/** A client on a thread of its own, so that its work does not hold up the server that is measured in ours. */
export interface BenchClient {
  /** Sends until the count is reached or `stop` is called; how long each request took, ms. */
  send(task: ClientTask): Promise<number[]>;
  stop(): void;
  close(): Promise<unknown>;
}

export function startBenchClient(): BenchClient {
  const worker = new Worker(new URL('bench-client-worker.ts', import.meta.url));
  return {
    send: (task) =>
      new Promise((resolve, reject) => {
        worker.once('error', reject);
        worker.once('message', (times: number[]) => {
          worker.off('error', reject);
          resolve(times);
        });
        worker.postMessage(task);
      }),
    stop: () => worker.postMessage('stop'),
    close: () => worker.terminate(),
  };
}
