import { mkdirSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { app, BrowserWindow, dialog } from 'electron';
import { type Core, createCore } from '../../core.ts';
import { openVault } from '../../credentials/open-vault.ts';
import { profileId } from '../../credentials/profile-id.ts';
import { noDesktop } from '../../desktop/no-desktop.ts';
import { openLog } from '../../log.ts';
import { type Provisioning, takeProvisioning } from '../../provisioning.ts';
import { LockedError } from '../../storage/lock.ts';
import { trustSystemCertificates } from '../system-certificates.ts';
import { systemClock } from '../system-clock.ts';
import { watchWake } from '../watch-wake.ts';
import { createHelpers } from './helpers.ts';
import { lockDown } from './lockdown.ts';
import { setMenu } from './menu.ts';
import { opener } from './opener.ts';
import { connectPage } from './page-port.ts';
import { registerPageScheme, servePage } from './page-protocol.ts';
import { onResume } from './resume.ts';
import { sessionProxy } from './session-proxy.ts';
import { openSettingsFile } from './settings-file.ts';
import { startUpdates } from './updates.ts';
import { focusWindow, loadPage, openWindow } from './window.ts';

/** How long quitting waits for the core, ms: a program that hangs unseen would keep the next start from its data. */
const stopWithinMs = 10_000;

// The terminal that started us may be gone before us.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

const provisioning = takeProvisioning(process.env);
app.enableSandbox();
registerPageScheme();
useDataFolder();
process.on('SIGTERM', () => app.quit());
process.on('SIGINT', () => app.quit());
// Nothing here may be awaited at the top level: Electron is not ready before this module has been evaluated.
if (app.requestSingleInstanceLock()) void app.whenReady().then(() => start(provisioning));
else app.exit(0);

/** `--data-dir DIR`, else Electron's own folder for the user. Chromium's flags pass by. */
function useDataFolder(): void {
  const { values } = parseArgs({
    args: process.argv.slice(1),
    options: { 'data-dir': { type: 'string' } },
    strict: false,
  });
  const chosen = values['data-dir'];
  const folder = typeof chosen === 'string' ? path.resolve(chosen) : app.getPath('userData');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  app.setPath('userData', folder);
}

function start(provisioned: Provisioning): void {
  setMenu();
  lockDown();
  servePage();
  const core = startCore(provisioned);
  core.catch(giveUp);

  // The window does not wait for the core: its first question does (connectPage).
  const show = () => {
    const [open] = BrowserWindow.getAllWindows();
    if (open) return focusWindow(open);
    const window = openWindow();
    connectPage(window.webContents, core);
    loadPage(window).catch(giveUp);
  };
  show();
  app.on('second-instance', show);
  app.on('activate', show);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });

  // Windows are closed by now, so that no page asks a core that stops. Who is asked twice to quit still stops once.
  let stopped: Promise<void> | null = null;
  app.on('will-quit', (event) => {
    event.preventDefault();
    stopped ??= core.then((running) => running.stop());
    Promise.race([stopped, sleep(stopWithinMs)]).then(() => app.exit(0), giveUp);
  });
}

async function startCore(provisioned: Provisioning): Promise<Core> {
  const dataDir = app.getPath('userData');
  const log = openLog({ dataDir });
  trustSystemCertificates(log);
  for (const problem of provisioned.problems) {
    say(problem);
    log.warn(problem);
  }
  const core = await createCore(
    {
      shell: 'electron',
      clock: systemClock,
      vault: await openVault({ profile: profileId(dataDir) }),
      settingsFile: openSettingsFile(dataDir),
      opener,
      helpers: createHelpers(log),
      proxy: sessionProxy,
      wake: watchWake({ clock: systemClock, interfaces: networkInterfaces, onResume }),
      desktop: noDesktop,
      log,
    },
    { dataDir, version: app.getVersion(), platform: process.platform, provisioning: provisioned },
  );
  startUpdates({ router: core.router, clock: systemClock, log });
  return core;
}

/** Says in one sentence why the program cannot run, and ends it: 3 where another one holds the data folder. */
function giveUp(error: unknown): void {
  const sentence = error instanceof Error ? error.message : String(error);
  say(sentence);
  dialog.showErrorBox('Flowdial cannot start', sentence);
  app.exit(error instanceof LockedError ? 3 : 1);
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}
