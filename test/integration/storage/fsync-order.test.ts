import { execFile, execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { startFakeExotel } from '../../support/fake-exotel.ts';
import { temporaryDir } from '../../support/storage-samples.ts';

/** Why it cannot be seen here; null: it can. */
const noStrace: string | null = (() => {
  try {
    execFileSync('strace', ['-e', 'trace=none', 'true'], { stdio: 'pipe' });
    return null;
  } catch {
    return 'strace is absent, or may not trace';
  }
})();

/** What the test looks for in a trace, in order. A call that waited is counted where it came back. */
type Step = 'placing' | 'log written' | 'log on disk' | 'request';

function stepsOf(trace: string): Step[] {
  const waiting = new Map<string, string>();
  const steps: Step[] = [];
  for (const line of trace.split('\n')) {
    const [, thread = '', said = ''] = /^(\d+) +(.*)$/.exec(line) ?? [];
    if (said.endsWith('<unfinished ...>')) {
      // What leaves is counted where it begins, what is made durable where it ends.
      if (said.includes('POST /v1/')) steps.push('request');
      else waiting.set(thread, said);
      continue;
    }
    const begun = said.startsWith('<... ') ? (waiting.get(thread) ?? '') : said;
    waiting.delete(thread);
    if (begun.includes('"placing\\n"')) steps.push('placing');
    else if (/^pwrite64\(\d+<[^>]*flowdial\.db-wal>/.test(begun)) steps.push('log written');
    else if (/^f(data)?sync\(\d+<[^>]*flowdial\.db-wal>/.test(begun)) steps.push('log on disk');
    else if (/^(write|writev|sendto|sendmsg)\(/.test(begun) && begun.includes('POST /v1/'))
      steps.push('request');
  }
  return steps;
}

describe('a call', () => {
  it.skipIf(noStrace !== null)(
    `is made durable before the first byte of its request leaves${noStrace === null ? '' : ` (skipped: ${noStrace})`}`,
    async () => {
      const exotel = await startFakeExotel();
      const dir = await temporaryDir();
      const trace = path.join(dir, 'trace');
      const traced = 'trace=pwrite64,fdatasync,fsync,write,sendto,writev,sendmsg';
      const child = fileURLToPath(new URL('../../support/dial-once.ts', import.meta.url));
      const options = ['-f', '-y', '-s', '64', '-e', traced, '-o', trace];
      const program = [process.execPath, child, exotel.origin, path.join(dir, 'data')];
      await promisify(execFile)('strace', [...options, ...program]);
      await exotel.close();
      const steps = stepsOf(await readFile(trace, 'utf8'));
      expect(steps.filter((step) => step === 'request')).toHaveLength(1);
      const between = steps.slice(steps.indexOf('placing') + 1, steps.indexOf('request'));
      // Written for this call, then on the disk, and nothing more written that is not.
      expect(between[0]).toBe('log written');
      expect(between.at(-1)).toBe('log on disk');
    },
    60_000,
  );
});
