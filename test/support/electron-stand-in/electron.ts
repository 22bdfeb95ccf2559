import type {
  Dialog,
  IpcMain,
  Menu as MenuClass,
  MessageBoxOptions,
  MessageBoxReturnValue,
  Session,
  Shell,
} from 'electron';
import { app } from './app.ts';
import {
  clipboard,
  globalShortcut,
  menus,
  nativeImage,
  nativeTheme,
  Notification,
  powerMonitor,
  screen,
  Tray,
} from './desk.ts';
import { createChannel } from './message-ports.ts';
import { protocol } from './protocol.ts';
import { onlyAfterReady } from './readiness.ts';
import { emitter, strict } from './strict.ts';
import { utilityProcess } from './utility-process.ts';
import { createWindow, windowStatics } from './window.ts';

/**
 * A stand-in for the `electron` module of the main process, for machines where Electron's binary cannot be had.
 * Strict: what is not listed here is missing or throws, and what Electron refuses before or after `ready` is refused.
 * Each member is checked against Electron's own types.
 */
export {
  app,
  clipboard,
  globalShortcut,
  nativeImage,
  nativeTheme,
  Notification,
  powerMonitor,
  protocol,
  screen,
  Tray,
  utilityProcess,
};

// Called with `new`, as Electron's classes are: a function that returns an object stands for its class.
export const BrowserWindow = strict(
  'BrowserWindow',
  Object.assign(function BrowserWindow(...[options]: Parameters<typeof createWindow>) {
    return createWindow(options);
  }, windowStatics),
);

export const MessageChannelMain = function MessageChannelMain() {
  return createChannel();
};

/** What the program did to the desktop, for tests to look at. */
export const deeds = {
  openedExternally: [] as string[],
  askedProxyFor: [] as string[],
  menu: null as MenuTemplate | null,
  /** Questions that stand on the screen. */
  asked: [] as { readonly options: MessageBoxOptions; readonly answer: (button: number) => void }[],
};

export const shell = strict('shell', {
  async openExternal(url: string) {
    deeds.openedExternally.push(url);
  },
} satisfies Pick<Shell, 'openExternal'>);

/** An error is shown where a test sees it, as Electron itself does on Linux before it is ready. */
export const dialog = strict('dialog', {
  showErrorBox: (title: string, content: string) => void process.stderr.write(`[${title}] ${content}\n`),
  showMessageBox: (options: MessageBoxOptions) =>
    new Promise<MessageBoxReturnValue>((resolve) => {
      const question = {
        options,
        answer(response: number) {
          deeds.asked.splice(deeds.asked.indexOf(question), 1);
          resolve({ response, checkboxChecked: false });
        },
      };
      deeds.asked.push(question);
    }),
} satisfies {
  [K in 'showErrorBox' | 'showMessageBox']: (
    ...args: K extends 'showMessageBox' ? [MessageBoxOptions] : Parameters<Dialog[K]>
  ) => ReturnType<Dialog[K]>;
});

type MenuTemplate = Parameters<(typeof MenuClass)['buildFromTemplate']>[0];

export const Menu = strict('Menu', {
  buildFromTemplate(template: MenuTemplate) {
    const menu = strict('menu', {});
    menus.set(menu, template);
    return menu;
  },
  setApplicationMenu: (menu: object | null) => void (deeds.menu = menu && (menus.get(menu) ?? null)),
} satisfies {
  [K in 'buildFromTemplate' | 'setApplicationMenu']: (...args: Parameters<(typeof MenuClass)[K]>) => unknown;
});

/** electron-store listens here for pages that want a store of their own; ours has no way to ask. */
export const ipcMain = strict(
  'ipcMain',
  emitter('ipcMain', ['electron-store-get-data']).outside satisfies {
    on: (...args: Parameters<IpcMain['on']>) => unknown;
  },
);

type SessionMembers =
  | 'resolveProxy'
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler';

export const permissions: {
  request: Parameters<Session['setPermissionRequestHandler']>[0];
  check: Parameters<Session['setPermissionCheckHandler']>[0];
  device: Parameters<Session['setDevicePermissionHandler']>[0];
} = { request: null, check: null, device: null };

/** What a test lets Chromium say of the way to every address. */
export const network = { proxies: 'DIRECT' };

const defaultSession = strict('session', {
  async resolveProxy(url: string) {
    deeds.askedProxyFor.push(url);
    return network.proxies;
  },
  setPermissionRequestHandler: (handler) => void (permissions.request = handler),
  setPermissionCheckHandler: (handler) => void (permissions.check = handler),
  setDevicePermissionHandler: (handler) => void (permissions.device = handler),
} satisfies Pick<Session, SessionMembers>);

export const session = strict('session', {
  get defaultSession() {
    onlyAfterReady('session');
    return defaultSession;
  },
});

// electron-store takes the module's default export.
export default strict('electron', { app, ipcMain, shell });
