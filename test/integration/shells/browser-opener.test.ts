import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBrowserOpener } from '../../../src-main/shells/browser/browser-opener.ts';

const opener = createBrowserOpener('linux');

// The real command of this system is replaced by a script on PATH, which only POSIX runs so.
describe.skipIf(process.platform === 'win32')('opening an address', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'flowdial-opener-'));
    vi.stubEnv('PATH', `${folder}:${process.env['PATH']}`);
    vi.stubEnv('FLOWDIAL_API_TOKEN', 'secret');
  });

  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });

  async function install(script: string): Promise<void> {
    await writeFile(path.join(folder, 'xdg-open'), `#!/bin/sh\n${script}\n`);
    await chmod(path.join(folder, 'xdg-open'), 0o755);
  }

  it('hands it over whole, without our secrets', async () => {
    await install(`printf '%s\\n' "$@" > ${folder}/got; env > ${folder}/env`);
    await opener.openUrl('https://s3.example/a.mp3?x=1&y=$(id)');
    expect(await readFile(path.join(folder, 'got'), 'utf8')).toBe('https://s3.example/a.mp3?x=1&y=$(id)\n');
    const env = await readFile(path.join(folder, 'env'), 'utf8');
    expect(env).toContain('PATH=');
    expect(env).not.toContain('FLOWDIAL_');
  });

  it('rejects where the command could not', async () => {
    await install('exit 3');
    await expect(opener.openUrl('https://exotel.com/')).rejects.toThrow('xdg-open ended with 3.');
  });

  it('rejects where there is no such command', async () => {
    vi.stubEnv('PATH', folder);
    await expect(opener.openUrl('https://exotel.com/')).rejects.toThrow(/xdg-open could not be started/);
  });
});

it.each(['file:///etc/passwd', 'javascript:alert(1)', 'smb://host/share', '--help', ''])(
  'never opens %j',
  async (address) => {
    await expect(opener.openUrl(address)).rejects.toThrow();
  },
);
