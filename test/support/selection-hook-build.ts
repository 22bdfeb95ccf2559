import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

/** Where the native part of selection-hook works on this computer, or why it cannot be had. */
export type NativeHook = { readonly at: string } | { readonly why: string };

/** The first line of each is a header of a package that apt knows: `.ci/run` installs them. */
const headers = [
  'libevdev-1.0/libevdev/libevdev.h',
  'X11/Xlib.h',
  'X11/extensions/record.h',
  'X11/extensions/Xfixes.h',
  'wayland-client.h',
];

/** Which of these programs are not on the PATH. */
export function missingPrograms(names: readonly string[]): string[] {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return names.filter((name) => !folders.some((folder) => existsSync(path.join(folder, name))));
}

/**
 * The selection-hook of node_modules where its binary loads here; else one that is built from its sources, once, beside
 * it (its binary for Linux needs glibc 2.38). Throws where everything for the build is there and it fails.
 */
export function nativeHook(): NativeHook {
  const source = path.resolve('node_modules/selection-hook');
  if (!existsSync(source))
    return {
      why: 'selection-hook is not installed (an npm before 11 leaves it out where it cannot build it)',
    };
  if (loads(source)) return { at: source };
  const built = path.resolve('node_modules/.cache/selection-hook-2.0.3');
  if (loads(built)) return { at: built };
  const missing = missingPrograms(['make', 'g++', 'python3']).concat(
    headers.filter((header) => !existsSync(path.join('/usr/include', header))),
  );
  if (missing.length > 0) return { why: `selection-hook cannot be built: missing ${missing.join(', ')}` };
  build(source, built);
  if (!loads(built)) throw new Error('The selection-hook that was built here does not load.');
  return { at: built };
}

/** In a copy, for node_modules may be shared; moved into place whole, for tests run beside each other. */
function build(source: string, built: string): void {
  const copy = `${built}.${process.pid}`;
  mkdirSync(path.dirname(copy), { recursive: true });
  cpSync(source, copy, { recursive: true });
  const gyp = path.resolve('node_modules/node-gyp/bin/node-gyp.js');
  const { status, stderr } = spawnSync(process.execPath, [gyp, 'rebuild', `--nodedir=${nodeDir()}`], {
    cwd: copy,
    encoding: 'utf8',
    // Else npm's own settings for another Node would reach node-gyp.
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
  });
  if (status !== 0) throw new Error(`selection-hook was not built: ${stderr}`);
  rmSync(built, { recursive: true, force: true });
  try {
    renameSync(copy, built);
  } catch (error) {
    rmSync(copy, { recursive: true, force: true });
    if (!existsSync(built)) throw error;
  }
}

/** Where Node's headers are: beside the Node that npm brought. */
function nodeDir(): string {
  const bundled = path.resolve(`node_modules/node/node_modules/node-${process.platform}-${process.arch}`);
  return existsSync(path.join(bundled, 'include/node/node_api.h')) ? bundled : '/usr';
}

/** In a process of its own: a native module that is loaded once stays. */
function loads(packageDir: string): boolean {
  if (!existsSync(packageDir)) return false;
  const code = `require('node-gyp-build')(${JSON.stringify(packageDir)})`;
  return spawnSync(process.execPath, ['-e', code], { stdio: 'ignore' }).status === 0;
}
