import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { addCounts, type Counts, countsLine, noCounts } from './lib/counts.ts';

/**
 * `npm test`: every check, each counted as one test, then every test. Goes on after a failure, so that one run tells
 * all; ends in one line `N passed, N failed, N skipped`, and in exit code 1 where anything failed.
 */
const checks = ['build', 'typecheck', 'lint', 'boundaries', 'cycles', 'format:check', 'unused'] as const;

const countsSchema = z.strictObject({ passed: z.int(), failed: z.int(), skipped: z.int() });

let total = noCounts;
for (const check of checks) total = addCounts(total, await runCheck(check));
total = addCounts(total, await runTests());
process.stdout.write(`\n${countsLine(total)}\n`);
process.exitCode = total.failed === 0 ? 0 : 1;

/** Runs one of package.json's scripts; what it says is shown only where it fails. */
async function runCheck(name: string): Promise<Counts> {
  const startedAt = performance.now();
  const { code, output } = await run('npm', ['run', '--silent', name], 'quiet');
  const took = `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
  if (code === 0) {
    process.stdout.write(`ok      ${name} (${took})\n`);
    return { ...noCounts, passed: 1 };
  }
  process.stdout.write(`FAILED  ${name} (${took}), \`npm run ${name}\`\n${output}\n`);
  return { ...noCounts, failed: 1 };
}

/** Runs vitest, whose reporter leaves its counts in a file. A run that crashed counts as failed, whatever it counted. */
async function runTests(): Promise<Counts> {
  const dir = mkdtempSync(path.join(tmpdir(), 'flowdial-counts-'));
  const file = path.join(dir, 'counts');
  const env = { FLOWDIAL_TEST_COUNTS: file, FLOWDIAL_BUILT: '1' };
  const { code } = await run('npm', ['run', '--silent', 'vitest'], 'shown', env);
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  rmSync(dir, { recursive: true });
  const counts = lines.map((line) => countsSchema.parse(JSON.parse(line))).reduce(addCounts, noCounts);
  const crashed = (code !== 0 && counts.failed === 0) || counts.passed === 0;
  if (crashed) process.stdout.write(`FAILED  vitest ended with ${code}, and no failed test says why\n`);
  return crashed ? addCounts(counts, { ...noCounts, failed: 1 }) : counts;
}

function run(
  command: string,
  args: readonly string[],
  mode: 'quiet' | 'shown',
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', mode === 'shown' ? 'inherit' : 'pipe', mode === 'shown' ? 'inherit' : 'pipe'],
      // npm is a .cmd file on Windows, which only a shell starts.
      shell: process.platform === 'win32',
    });
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}
