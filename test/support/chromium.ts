import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflate } from '@sparticuz/chromium';

export type BrowserLaunch = { executablePath: string; args: string[]; env: Record<string, string> };

/**
 * Unpacks the headless Chromium of the npm package once, atomically (test files run side by side), and tells how to
 * launch it. CHROMIUM_PATH names another one. Its bundled libraries and fonts are used, so that no system package
 * is needed.
 */
export async function chromiumLaunch(): Promise<BrowserLaunch> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const own = process.env['CHROMIUM_PATH'];
  if (own) return { executablePath: own, args: ['--no-sandbox'], env };
  const dir = path.resolve('node_modules/.cache/chromium-153');
  if (!existsSync(dir)) await unpack(dir);
  return {
    executablePath: path.join(dir, 'chromium'),
    args: ['--no-sandbox'],
    env: {
      ...env,
      FONTCONFIG_PATH: path.join(dir, 'fonts'),
      LD_LIBRARY_PATH: path.join(dir, 'al2023/lib'),
    },
  };
}

async function unpack(dir: string): Promise<void> {
  const unfinished = `${dir}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  const packed = path.join(path.dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '../bin');
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = unfinished;
  try {
    for (const file of ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br']) {
      await inflate(path.join(packed, file));
    }
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
  writeFileSync(
    path.join(unfinished, 'fonts/fonts.conf'),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${dir}/fonts/fonts</dir><cachedir>${dir}/fonts-cache</cachedir></fontconfig>`,
  );
  try {
    renameSync(unfinished, dir);
  } catch (error) {
    rmSync(unfinished, { recursive: true });
    if (!existsSync(dir)) throw error;
  }
}
