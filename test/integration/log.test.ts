import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openLog } from '../../src-main/log.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'flowdial-log-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const logFile = () => path.join(dir, 'logs', 'flowdial.log');

it('security 27: is one redacted JSON object on each line, readable by its owner only', () => {
  const log = openLog({ dataDir: dir });
  log.info('calls 98450 12345', { number: '+919845012345', percent: '100 %s %c' });
  log.warn('no data');
  log.error('failed', { error: new Error('why') });
  const lines = readFileSync(logFile(), 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    {
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      level: 'info',
      message: 'calls …345',
      data: { number: '…345', percent: '100 %s %c' },
    },
    { at: expect.any(String), level: 'warn', message: 'no data' },
    expect.objectContaining({
      level: 'error',
      data: { error: expect.objectContaining({ name: 'Error', message: 'why' }) },
    }),
  ]);
  expect(statSync(logFile()).mode & 0o777).toBe(0o600);
});

it('keeps about 1 MiB and one old file', () => {
  const log = openLog({ dataDir: dir });
  const words = 'word '.repeat(300);
  for (let i = 0; i < 2500; i++) log.info(words, { i });
  expect(readdirSync(path.join(dir, 'logs')).toSorted()).toEqual(['flowdial.log', 'flowdial.old.log']);
  for (const name of ['flowdial.log', 'flowdial.old.log']) {
    expect(statSync(path.join(dir, 'logs', name)).size).toBeLessThan(1.01 * 1024 * 1024);
  }
});

/** In a process of its own, whose stdout and stderr can be seen. */
function run(options: string) {
  const script = `
    const { openLog } = await import(${JSON.stringify(path.resolve('src-main/log.ts'))});
    openLog(${options}).info('told', { number: '+919845012345' });`;
  const child = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect(child.status).toBe(0);
  return child;
}

it('never writes to stdout, and to stderr only when asked', () => {
  const quiet = run(JSON.stringify({ dataDir: dir }));
  expect([quiet.stdout, quiet.stderr]).toEqual(['', '']);
  const told = run(JSON.stringify({ dataDir: dir, stderr: true }));
  expect(told.stdout).toBe('');
  expect(JSON.parse(told.stderr)).toMatchObject({ message: 'told', data: { number: '…345' } });
});

it('goes on where the disk refuses, and tells so on stderr', () => {
  mkdirSync(path.join(dir, 'blocked'));
  writeFileSync(path.join(dir, 'blocked', 'logs'), 'a file where the folder should be');
  const child = run(JSON.stringify({ dataDir: path.join(dir, 'blocked') }));
  expect([child.stdout, child.stderr]).toEqual(['', expect.stringContaining("Can't write to")]);
});
