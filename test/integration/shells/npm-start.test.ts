import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';

let folder: string;
const started = new Set<ChildProcess>();

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'flowdial-npm-'));
});

afterEach(async () => {
  for (const child of started) {
    // npm leads a group of its own here, so that nothing it started is left behind by a failed test.
    if (child.pid !== undefined) endGroup(child.pid);
  }
  started.clear();
  await rm(folder, { recursive: true });
});

function endGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // All of it has ended.
  }
}

/** `npm start`, in an environment without display; it builds first where the build is not up to date. */
async function npmStart(args: readonly string[]) {
  const child = spawn('npm', ['start', '--silent', '--', '--no-open', '--data-dir', folder, ...args], {
    env: { PATH: process.env['PATH'], HOME: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  started.add(child);
  const stderr = text(child.stderr);
  const lines: string[] = [];
  const output = createInterface(child.stdout).on('line', (line) => lines.push(line));
  const exited = once(child, 'exit');
  const early = exited.then(async () => Promise.reject(new Error(`It ended early: ${await stderr}`)));
  await Promise.race([once(output, 'line'), early]);
  early.catch(() => {});
  return { child, lines, stderr, exited, outputClosed: once(output, 'close') };
}

// Windows has no such signals and groups.
const posix = process.platform !== 'win32';

it.runIf(posix).each(['SIGTERM', 'SIGKILL'] as const)(
  '`npm start -- --browser` prints one JSON line, and ends when npm is ended by %s',
  async (signal) => {
    const { child, lines, stderr, exited, outputClosed } = await npmStart(['--browser']);
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ event: 'ready', shell: 'browser', dataDir: folder });
    child.kill(signal);
    await exited;
    // Every process that npm started has let go of the pipe.
    await outputClosed;
    expect(lines).toHaveLength(1);
    expect(await stderr).not.toContain('Electron');
  },
  60_000,
);

it.runIf(process.platform === 'linux')(
  '`npm start` where there is no display says so in one sentence and starts the browser shell',
  async () => {
    const { child, lines, stderr, exited } = await npmStart([]);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ event: 'ready', shell: 'browser' });
    child.kill('SIGTERM');
    await exited;
    const said = (await stderr).split('\n').filter((line) => line !== '' && !line.startsWith('npm '));
    expect(said).toEqual([
      'Flowdial opens in your browser, because Electron cannot be used: there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set).',
    ]);
  },
  60_000,
);
