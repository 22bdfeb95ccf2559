import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureBuilt } from '../../scripts/lib/build.ts';
import type { OpenBench } from '../support/bench.ts';

/** From starting the process to its ready line, on a data folder that is not there yet. */
const openStartUp: OpenBench = async () => {
  if (!(await ensureBuilt())) throw new Error('The build failed: there is nothing to start.');
  const folder = await mkdtemp(path.join(tmpdir(), 'flowdial-bench-'));
  let starts = 0;
  return {
    name: 'start-up',
    runsPerRound: 3,
    baseline: {
      label: 'node -e 0',
      async run() {
        const startedAt = performance.now();
        await once(spawn(process.execPath, ['-e', '0']), 'exit');
        return performance.now() - startedAt;
      },
    },
    subject: {
      label: 'browser shell, ready',
      async run() {
        const startedAt = performance.now();
        const program = spawn(
          process.execPath,
          ['dist/main/browser.js', '--no-open', '--data-dir', path.join(folder, String(starts++))],
          { stdio: ['ignore', 'pipe', 'inherit'] },
        );
        await once(program.stdout, 'data');
        const took = performance.now() - startedAt;
        program.kill('SIGTERM');
        await once(program, 'exit');
        return took;
      },
    },
    close: () => rm(folder, { recursive: true }),
  };
};

export default openStartUp;
