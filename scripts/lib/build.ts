import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { userEnvironment } from '../../src-main/shells/browser/user-environment.ts';

export const root = path.join(import.meta.dirname, '../..');

/** The file by which each target of the build is started. */
const outputs = ['renderer/index.html', 'main/electron.js', 'main/browser.js', 'preload/preload.cjs'];

/** What a build is made from: a folder's own time tells of files that were removed from it. */
const sources = [
  'src-main',
  'src-renderer',
  'src-shared',
  'vite.config.ts',
  'package.json',
  'package-lock.json',
];

/**
 * Builds dist/ unless it is newer than every source. Nothing of it goes to stdout; what went wrong goes to stderr.
 * False where the build failed.
 */
export async function ensureBuilt(): Promise<boolean> {
  if (isBuilt()) return true;
  const vite = path.join(root, 'node_modules/vite/bin/vite.js');
  // In a process of its own: the program should not carry the bundler's memory for the rest of the day.
  const build = spawn(process.execPath, [vite, 'build', '--logLevel', 'error'], {
    cwd: root,
    env: userEnvironment(process.env),
    stdio: ['ignore', 2, 2],
  });
  const [code] = await once(build, 'exit');
  return code === 0;
}

function isBuilt(): boolean {
  const built = outputs.map((file) => modifiedAt(path.join(root, 'dist', file)));
  return Math.min(...built) > newest(sources.map((source) => path.join(root, source)));
}

/** The latest change of these files, and of all in these folders. ms since 1970. */
function newest(paths: readonly string[]): number {
  return Math.max(
    ...paths.flatMap((each) => {
      const inside = statSync(each).isDirectory()
        ? readdirSync(each, { recursive: true, encoding: 'utf8' })
        : [];
      return [modifiedAt(each), ...inside.map((file) => modifiedAt(path.join(each, file)))];
    }),
  );
}

/** ms since 1970; 0 where it is not there. */
function modifiedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
