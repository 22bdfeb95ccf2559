import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';
import { call, historyOf, toDialScreen } from '../test/support/practice-call.ts';

/**
 * `npm run smoke -- PROGRAM`: starts a packaged program as a person does, and has it complete a practice call. By
 * Chromium's own debugging port: a release's fuses keep Playwright from launching it. Exit code 0: it works.
 */
const [program] = process.argv.slice(2);
if (program === undefined) {
  process.stderr.write('Which program? npm run smoke -- release/linux-unpacked/flowdial\n');
  process.exit(1);
}
const folder = mkdtempSync(path.join(tmpdir(), 'flowdial-smoke-'));
const child = spawn(programFile(program), ['--data-dir', folder, '--remote-debugging-port=0'], {
  stdio: ['ignore', 'ignore', 'pipe'],
});
// Also where it cannot be started at all.
const ended = once(child, 'exit').then(
  ([code, signal]) => `ended with ${code ?? signal} before it was asked to`,
  (error: unknown) => String(error),
);
try {
  const endedEarly = ended.then((how) => Promise.reject(new Error(how)));
  await Promise.race([useProgram(child), endedEarly]);
  process.stdout.write(`${program} placed a practice call and showed it completed.\n`);
} catch (error) {
  process.stderr.write(
    `${program} does not work: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 1;
} finally {
  child.kill();
  await ended;
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
}

async function useProgram(running: ChildProcess): Promise<void> {
  const browser = await chromium.connectOverCDP(await debuggingAddress(running));
  const [context] = browser.contexts();
  if (context === undefined) throw new Error('Chromium shows nothing of it.');
  // The port is open before the window is.
  const page = context.pages()[0] ?? (await context.waitForEvent('page'));
  await page.waitForURL('app://flowdial/**');
  await toDialScreen(page);
  await call(page, '9845012345');
  const rows = await historyOf(page, '98450 12345');
  await rows.filter({ hasText: 'Completed' }).waitFor();
}

/** On macOS a program is a folder. */
function programFile(named: string): string {
  if (!named.endsWith('.app')) return path.resolve(named);
  return path.resolve(named, 'Contents/MacOS', path.basename(named, '.app'));
}

/** Chromium says it on stderr. What else is said there is shown: it tells why a program does not work. */
function debuggingAddress(running: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    if (running.stderr === null) return;
    createInterface(running.stderr).on('line', (line) => {
      const address = /^DevTools listening on (ws:.+)$/.exec(line)?.[1];
      if (address === undefined) process.stderr.write(`${line}\n`);
      else resolve(address);
    });
  });
}
