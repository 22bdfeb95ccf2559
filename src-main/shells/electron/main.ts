import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { app, dialog } from 'electron';
import type { Core } from '../../core.ts';
import { openLog } from '../../log.ts';
import { type Provisioning, takeProvisioning } from '../../provisioning.ts';
import { LockedError } from '../../storage/lock.ts';
import { systemClock } from '../system-clock.ts';
import { appId } from './app-id.ts';
import { openCardWindow } from './card-window.ts';
import { clientOf } from './client.ts';
import { tellCrash, watchCrash } from './crash.ts';
import { createLinkInbox } from './link-inbox.ts';
import { lockDown } from './lockdown.ts';
import { type FirstShow, openMainWindow } from './main-window.ts';
import { setMenu } from './menu.ts';
import { registerPageScheme, servePage } from './page-protocol.ts';
import { readProgramArguments } from './program-arguments.ts';
import { guardQuitting } from './quitting.ts';
import { openSettingsFile } from './settings-file.ts';
import { startCore } from './start-core.ts';
import { createStripWindow } from './strip-window.ts';
import { rememberedPlaces } from './window-place.ts';
import { createWindows } from './windows.ts';

/** How long quitting waits for the core, ms: a program that hangs unseen would keep the next start from its data. */
const stopWithinMs = 10_000;

/** What the contract takes; no honest link is longer. */
const longestLink = 4096;

// The terminal that started us may be gone before us.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

const provisioning = takeProvisioning(process.env);
const asked = readProgramArguments(process.argv.slice(1));
/** macOS hands a link over before the program is ready, other systems as an argument. */
const links = createLinkInbox();
for (const link of asked.links) links.put(link);
app.on('open-url', (event, url) => {
  event.preventDefault();
  links.put(url);
});
app.enableSandbox();
registerPageScheme();
useDataFolder();
// On Wayland, global keys are the desktop portal's to give.
if (process.platform === 'linux') app.commandLine.appendSwitch('enable-features', 'GlobalShortcutsPortal');
if (process.platform === 'win32') app.setAppUserModelId(appId);
/** Nobody may be there to answer a question. */
let quitNow = () => app.quit();
process.on('SIGTERM', () => quitNow());
process.on('SIGINT', () => quitNow());
// Nothing here may be awaited at the top level: Electron is not ready before this module has been evaluated.
if (app.requestSingleInstanceLock()) {
  app
    .whenReady()
    .then(() => start(provisioning))
    .catch(giveUp);
} else {
  app.exit(0);
}

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
  const dataDir = app.getPath('userData');
  const log = openLog({ dataDir });
  watchCrash(log);
  for (const problem of provisioned.problems) {
    say(problem);
    log.warn(problem);
  }
  setMenu();
  lockDown();
  servePage();
  const settingsFile = openSettingsFile(dataDir);
  const places = rememberedPlaces(settingsFile.read());

  // The windows do not wait for the core: a page's first question does (connectPage).
  const { promise: core, resolve, reject } = Promise.withResolvers<Core>();
  const client = clientOf(core);
  const quitting = guardQuitting(client, log);
  quitNow = quitting.now;
  const clock = systemClock;
  const page = { core, client, clock, log, failed: giveUp, isQuitting: quitting.isQuitting };
  const atLogin = asked.background || wasOpenedAtLogin();
  const main = openMainWindow({
    ...page,
    place: places.main,
    first: firstShow(atLogin),
  });
  const windows = createWindows({
    main,
    card: openCardWindow(page),
    strip: createStripWindow({ ...page, place: places.strip }),
  });
  startCore({
    dataDir,
    provisioned,
    log,
    clock,
    settingsFile,
    windows,
    atLogin,
    leaving: quitting.agree,
  }).then(resolve, reject);
  core.catch(giveUp);

  links.openWith((link) => {
    client
      .then(({ desktop }) => desktop.openLink({ link: link.slice(0, longestLink) }))
      .catch((error: unknown) => log.warn('a link was not opened', { error: String(error) }));
  });
  app.on('second-instance', (_event, argv) => {
    const { links: brought } = readProgramArguments(argv);
    if (brought.length === 0) main.show();
    for (const link of brought) links.put(link);
  });
  app.on('activate', () => main.show());
  if (asked.crashedAt !== null) tellCrash(asked.crashedAt);

  // Windows are closed by now, so that no page asks a core that stops. Who is asked twice to quit still stops once.
  let stopped: Promise<void> | null = null;
  app.on('will-quit', (event) => {
    event.preventDefault();
    stopped ??= core.then((running) => running.stop());
    Promise.race([stopped, sleep(stopWithinMs)]).then(() => app.exit(0), giveUp);
  });
}

/** The card of a link that started the program has the keyboard. */
function firstShow(atLogin: boolean): FirstShow {
  if (!links.isEmpty()) return 'behind';
  return atLogin ? 'not' : 'in-front';
}

/** macOS says so itself; elsewhere the login item has an argument for it. */
function wasOpenedAtLogin(): boolean {
  return process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
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
