import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import { userEnvironment } from '../../src-main/shells/browser/user-environment.ts';
import { root } from './build.ts';

/** How long fetching may take. ms. */
const fetchLimitMs = 60_000;

/** A fetch that failed is not tried again for this long: nobody should wait for it at every start. ms. */
const tryAgainAfterMs = 24 * 60 * 60 * 1000;

const electronDir = path.dirname(createRequire(import.meta.url).resolve('electron/package.json'));
const failureSchema = z.object({ at: z.number(), missing: z.string() });
const failedFetch = path.join(root, 'node_modules/.cache/flowdial/electron-not-fetched');

/** Electron, or one clause that says why it cannot be used. */
export type ElectronBinary = { readonly path: string } | { readonly missing: string };

/**
 * Finds Electron's binary, and fetches it (about 120 MB, once) where it is not there. Never loads the `electron` package:
 * that would try a download of its own and throw.
 */
export async function getElectron(): Promise<ElectronBinary> {
  const binary = binaryPath();
  if (existsSync(binary)) return { path: binary };
  const chosen = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (chosen) return { missing: `ELECTRON_OVERRIDE_DIST_PATH names ${chosen}, where it is not` };
  const last = lastFailure();
  if (last !== null) return { missing: `${last}; \`npx install-electron --no\` tries again before tomorrow` };
  process.stderr.write('Fetching Electron, once ...\n');
  const failure = await fetchElectron();
  if (failure === null && existsSync(binary)) {
    rmSync(failedFetch, { force: true });
    return { path: binary };
  }
  const missing = `its binary is missing and could not be fetched (${failure ?? 'nothing came'})`;
  rememberFailure(missing);
  return { missing };
}

/** Where Electron's own index.js looks. */
export function binaryPath(): string {
  const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH'] || path.join(electronDir, 'dist');
  if (process.platform === 'darwin') return path.join(dist, 'Electron.app/Contents/MacOS/Electron');
  return path.join(dist, process.platform === 'win32' ? 'electron.exe' : 'electron');
}

/** Runs Electron's own installer. Null: it ended well; else why not. */
function fetchElectron(): Promise<string | null> {
  return new Promise((resolve) => {
    const installer = path.join(electronDir, 'install.js');
    const options = { timeout: fetchLimitMs, env: userEnvironment(process.env) };
    execFile(process.execPath, [installer], options, (error, _, stderr) => {
      if (error === null) resolve(null);
      else if (error.killed) resolve(`not done within ${fetchLimitMs / 1000} s`);
      else resolve(/^(?:\w*Error): (.+)$/m.exec(stderr)?.[1] ?? 'its installer failed');
    });
  });
}

function rememberFailure(missing: string): void {
  try {
    mkdirSync(path.dirname(failedFetch), { recursive: true });
    writeFileSync(failedFetch, JSON.stringify({ at: Date.now(), missing }));
  } catch {
    // Somebody else's installation, which we cannot write to: the next start tries again.
  }
}

/** Null where there was none lately, or it cannot be read: then a try is worth its time. */
function lastFailure(): string | null {
  try {
    const { at, missing } = failureSchema.parse(JSON.parse(readFileSync(failedFetch, 'utf8')));
    return Date.now() - at < tryAgainAfterMs ? missing : null;
  } catch {
    return null;
  }
}
