import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  watch,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { App, LoginItemSettingsOptions, RelaunchOptions, Settings } from 'electron';
import { isReady, onlyBeforeReady, whenReady } from './readiness.ts';
import { emitter, preventable, strict } from './strict.ts';
import { windows } from './window.ts';

const { outside, emit } = emitter('app', [
  'web-contents-created',
  'window-all-closed',
  'before-quit',
  'will-quit',
  'second-instance',
  'activate',
  'open-url',
  'browser-window-focus',
]);

/** What the system keeps of the program. */
export const system = { openedWith: new Set<string>(), startsAtLogin: false };

let sandboxed = false;
let quitting = false;
let userData = '';

export const isSandboxed = () => sandboxed;

type Members =
  | 'commandLine'
  | 'enableSandbox'
  | 'exit'
  | 'getAppPath'
  | 'getLoginItemSettings'
  | 'getPath'
  | 'getVersion'
  | 'isDefaultProtocolClient'
  | 'isPackaged'
  | 'quit'
  | 'relaunch'
  | 'requestSingleInstanceLock'
  | 'setAsDefaultProtocolClient'
  | 'setAppUserModelId'
  | 'setLoginItemSettings'
  | 'setPath'
  | 'whenReady';

/** Electron's `app`. It is ready once the program's entry module has been evaluated (run.ts). */
export const app = strict('app', {
  ...outside,
  whenReady,
  enableSandbox() {
    onlyBeforeReady('app.enableSandbox');
    sandboxed = true;
  },
  // It runs what was built, not what was packaged.
  isPackaged: false,
  exit: (code = 0): void => process.exit(code),
  /** The next start is only told: a test starts it. */
  relaunch: ({ args = [] }: RelaunchOptions = {}) =>
    void process.stderr.write(`[relaunch] ${JSON.stringify(args)}\n`),
  commandLine: {
    appendSwitch: () => onlyBeforeReady('app.commandLine.appendSwitch'),
  } as Pick<App['commandLine'], 'appendSwitch'> as App['commandLine'],
  getLoginItemSettings: (_options?: LoginItemSettingsOptions) => ({
    openAtLogin: system.startsAtLogin,
    wasOpenedAtLogin: false,
    status: system.startsAtLogin ? ('enabled' as const) : ('not-registered' as const),
    executableWillLaunchAtLogin: system.startsAtLogin,
    launchItems: [],
  }),
  setLoginItemSettings: ({ openAtLogin = false }: Settings) => void (system.startsAtLogin = openAtLogin),
  setAppUserModelId: (_id: string) => {},
  getAppPath: () => path.resolve('.'),
  setAsDefaultProtocolClient: (scheme: string) => system.openedWith.add(scheme).has(scheme),
  isDefaultProtocolClient: (scheme: string) => system.openedWith.has(scheme),
  quit() {
    const { event, prevented } = preventable({});
    emit('before-quit', event);
    if (prevented()) return;
    quitting = true;
    // A window that stays open keeps the program.
    quitting = windows.inside().every((window) => window.close());
    if (quitting) shutDown();
  },
  getVersion: () => '0.0.0-stand-in',
  getPath(name: string) {
    if (name !== 'userData') throw new Error(`The electron stand-in has no path ${name}`);
    if (userData === '') throw new Error('A test must give its own folder: --data-dir');
    return userData;
  },
  setPath(name: string, value: string) {
    if (name !== 'userData') throw new Error(`The electron stand-in sets no path ${name}`);
    if (!path.isAbsolute(value)) throw new Error('Path must be absolute');
    if (!existsSync(value)) throw new Error('Failed to set path: no such directory');
    userData = value;
  },
  requestSingleInstanceLock() {
    const folder = path.join(app.getPath('userData'), 'single-instance');
    return takeLock(folder) || handOver(folder);
  },
} satisfies Pick<App, Members> & typeof outside);

function shutDown(): void {
  const { event, prevented } = preventable({});
  emit('will-quit', event);
  if (!prevented()) process.exit(0);
}

windows.watch({
  focused: () => emit('browser-window-focus'),
  created: (contents) => emit('web-contents-created', {}, contents),
  allClosed() {
    if (!quitting) emit('window-all-closed');
  },
});

/** The first instance owns the folder and hears of each file that a later one leaves there. */
function takeLock(folder: string): boolean {
  const owner = path.join(folder, 'owner');
  mkdirSync(folder, { recursive: true });
  try {
    writeFileSync(owner, String(process.pid), { flag: 'wx' });
  } catch {
    return false;
  }
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  watch(folder, () => {
    for (const name of existsSync(folder) ? readdirSync(folder).filter((one) => one.endsWith('.args')) : []) {
      const argv: unknown = JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
      rmSync(path.join(folder, name));
      emit('second-instance', {}, argv, process.cwd(), null);
    }
  }).unref();
  return true;
}

function handOver(folder: string): false {
  const unfinished = path.join(folder, `${process.pid}`);
  writeFileSync(unfinished, JSON.stringify(process.argv));
  // Renamed when whole, so that the first instance reads no half of it.
  renameSync(unfinished, `${unfinished}.args`);
  return false;
}

export const appInside = { isReady, emit, quit: () => app.quit() };
