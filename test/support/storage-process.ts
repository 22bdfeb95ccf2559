import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export interface StorageProcess {
  readonly child: ChildProcess;
  /** What it has said so far. */
  readonly lines: string[];
  /** Resolves when it has said so many lines. */
  said(count: number): Promise<void>;
  /** SIGKILL: no line of its code runs any more. Resolves when it is gone and all it said is in `lines`. */
  kill(): Promise<void>;
}

/** Starts storage-child.ts, which is gone at the latest when the test ends. */
export function startStorageProcess(
  task: 'place' | 'lock',
  dataDir: string,
  nodeArguments: readonly string[] = [],
): StorageProcess {
  const file = fileURLToPath(new URL('storage-child.ts', import.meta.url));
  const child = spawn(process.execPath, [...nodeArguments, file, task, dataDir], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  const lines: string[] = [];
  const reader = createInterface(child.stdout);
  reader.on('line', (line) => lines.push(line));

  async function kill(): Promise<void> {
    child.kill('SIGKILL');
    await closed;
  }
  onTestFinished(kill);
  return {
    child,
    lines,
    async said(count) {
      while (lines.length < count) {
        await Promise.race([
          once(reader, 'line'),
          closed.then(([code]) => Promise.reject(new Error(`It ended (${String(code)}) before it spoke.`))),
        ]);
      }
    },
    kill,
  };
}
