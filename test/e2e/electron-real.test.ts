import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
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

/** The program in real Electron, on a data folder of its own; skipped where it cannot be had. */
async function launch(skip: (reason: string) => void): Promise<ElectronApplication & { folder: string }> {
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
  onTestFinished(() => void app.process().kill('SIGKILL'));
  return Object.assign(app, { folder: folder.path });
}

/** The window that shows this place of our page. */
async function pageOf(app: ElectronApplication, place: '#/card' | 'main'): Promise<Page> {
  const isIt = (page: Page) => page.url().includes('#/card') === (place === '#/card');
  for (;;) {
    const found = app.windows().find(isIt);
    if (found !== undefined) return found;
    await app.waitForEvent('window');
  }
}

/** What Electron says of the card's window. */
function cardState(app: ElectronApplication) {
  return app.evaluate(({ BrowserWindow, screen }) => {
    const card = BrowserWindow.getAllWindows().find(({ webContents }) =>
      webContents.getURL().includes('#/card'),
    );
    const { x = -1, y = -1, width = 0, height = 0 } = card?.getBounds() ?? {};
    const { workArea: area } = screen.getDisplayMatching({ x, y, width, height });
    return {
      visible: card?.isVisible() ?? false,
      onTop: card?.isAlwaysOnTop() ?? false,
      onScreen:
        x >= area.x && y >= area.y && x + width <= area.x + area.width && y + height <= area.y + area.height,
    };
  });
}

it('real Electron places a practice call, shows its end in the history, and ends with 0', async ({
  skip,
}) => {
  const app = await launch(skip);
  const child = app.process();
  const page = await pageOf(app, 'main');
  expect(await page.evaluate(() => location.origin)).toBe('app://flowdial');
  expect(await page.evaluate(() => 'require' in window || 'process' in window)).toBe(false);
  await toDialScreen(page);
  await call(page, '9845012345');
  const rows = await historyOf(page, '98450 12345');
  await rows.filter({ hasText: 'Automated' }).waitFor();

  // A reload with streams open: the new load has a port of its own.
  await page.reload();
  await rows.filter({ hasText: 'Automated' }).waitFor();

  const ended = new Promise((resolve) => child.once('exit', resolve));
  await app.close();
  expect(await ended).toBe(0);
});

it('real Electron shows a link of a second start on the card, above all and on the screen, and stays in the tray', async ({
  skip,
}) => {
  const app = await launch(skip);
  const page = await pageOf(app, 'main');
  await toDialScreen(page);
  await pageOf(app, '#/card');
  expect((await cardState(app)).visible).toBe(false);

  const second = spawn(
    binaryPath(),
    [path.resolve('.'), '--data-dir', app.folder, '--', 'tel:+91-98450-12345'],
    { stdio: 'ignore' },
  );
  await once(second, 'exit');
  await expect.poll(() => cardState(app)).toEqual({ visible: true, onTop: true, onScreen: true });

  const isMainVisible = () =>
    app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().some(
        (window) => window.isVisible() && !window.webContents.getURL().includes('#/card'),
      ),
    );
  await app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) {
      if (!window.webContents.getURL().includes('#/card')) window.close();
    }
  });
  await expect.poll(isMainVisible).toBe(false);
  await app.evaluate(({ app: program }) => program.emit('activate'));
  await expect.poll(isMainVisible).toBe(true);
});
