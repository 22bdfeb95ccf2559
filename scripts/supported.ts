import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { root } from './lib/build.ts';
import { whyUnsupported } from './lib/electron-support.ts';

/** `npm run supported`: asks npm's registry whether our Electron is still mended. Exit code 1: it is not. */
const { devDependencies } = z
  .object({ devDependencies: z.object({ electron: z.string() }) })
  .parse(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')));
const { stdout } = await promisify(execFile)('npm', ['view', 'electron', 'version'], {
  // npm is a .cmd file on Windows, which only a shell starts.
  shell: process.platform === 'win32',
});
const why = whyUnsupported(devDependencies.electron, stdout.trim());
process.stdout.write(`${why ?? `Electron ${devDependencies.electron} is supported.`}\n`);
process.exitCode = why === null ? 0 : 1;
