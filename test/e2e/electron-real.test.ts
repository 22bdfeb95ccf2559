import { existsSync } from 'node:fs';
import path from 'node:path';
import { _electron } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { binaryPath } from '../../scripts/lib/electron-binary.ts';
import { temporaryFolder } from '../support/electron-program.ts';
import { call, historyOf, toDialScreen } from '../support/practice-call.ts';

/** Why the real Electron cannot be started here; null: it can. */
function whyNot(): string | null {
  if (!existsSync(binaryPath())) return "Electron's binary is not installed (npx install-electron --no)";
  if (process.platform !== 'linux') return null;
  if (!process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return 'there is no display for Electron';
  return process.getuid?.() === 0 ? "Chromium's sandbox, which is never turned off, refuses root" : null;
}

it('real Electron places a practice call, shows it Completed in the history, and ends with 0', async ({
  skip,
}) => {
  const reason = whyNot();
  // The release workflow must not pass because nothing ran.
  if (process.env['FLOWDIAL_TEST_REAL_ELECTRON'] === '1') expect(reason).toBeNull();
  if (reason !== null) skip(reason);
  const folder = temporaryFolder();
  onTestFinished(() => folder[Symbol.dispose]());
  const app = await _electron.launch({
    executablePath: binaryPath(),
    args: [path.resolve('.'), '--data-dir', folder.path],
  });
  const child = app.process();
  onTestFinished(() => void child.kill('SIGKILL'));

  const page = await app.firstWindow();
  expect(await page.evaluate(() => location.origin)).toBe('app://flowdial');
  expect(await page.evaluate(() => 'require' in window || 'process' in window)).toBe(false);
  await toDialScreen(page);
  await call(page, '9845012345');
  const rows = await historyOf(page, '98450 12345');
  await rows.filter({ hasText: 'Completed' }).waitFor();

  // A reload with streams open: the new load has a port of its own.
  await page.reload();
  await rows.filter({ hasText: 'Completed' }).waitFor();

  const ended = new Promise((resolve) => child.once('exit', resolve));
  await app.close();
  expect(await ended).toBe(0);
});
