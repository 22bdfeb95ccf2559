import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, vi } from 'vitest';
import type { Log } from '../../../src-main/ports.ts';
import { systemClock } from '../../../src-main/shells/system-clock.ts';
import type { Client } from '../../../src-main/shells/electron/client.ts';
import { hotkeysSuite } from '../../support/hotkeys-suite.ts';
import { notifierSuite } from '../../support/notifier-suite.ts';
import {
  clipboardSuite,
  linkOwnerSuite,
  loginItemSuite,
  presenceSuite,
} from '../../support/system-suites.ts';
import { traySuite } from '../../support/tray-suite.ts';
import { type WindowName, windowsSuite } from '../../support/windows-suite.ts';

const name = 'Electron';
const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };
const config = mkdtempSync(path.join(tmpdir(), 'flowdial-config-'));
vi.stubEnv('XDG_CONFIG_HOME', config);
afterAll(() => rmSync(config, { recursive: true }));

/** A desktop of its own: the stand-in anew, and the shell on it. */
async function standIn() {
  vi.resetModules();
  vi.doMock('electron', () => import('../../support/electron-stand-in/electron.ts'));
  const { becomeReady } = await import('../../support/electron-stand-in/readiness.ts');
  becomeReady();
  const { app, system } = await import('../../support/electron-stand-in/app.ts');
  const { desk, power } = await import('../../support/electron-stand-in/desk.ts');
  const { deeds } = await import('../../support/electron-stand-in/electron.ts');
  const { windows } = await import('../../support/electron-stand-in/window.ts');
  return { app, system, desk, power, deeds, windows };
}

hotkeysSuite(name, async () => {
  const { desk } = await standIn();
  const { globalShortcut } = await import('electron');
  const { createHotkeys } = await import('../../../src-main/shells/electron/hotkeys.ts');
  return {
    hotkeys: createHotkeys(globalShortcut),
    press: (accelerator) => desk.keys.get(accelerator)?.(),
    takeElsewhere: (accelerator) => void desk.takenKeys.add(accelerator),
  };
});

notifierSuite(
  name,
  async () => {
    const { desk } = await standIn();
    const { createNotifier } = await import('../../../src-main/shells/electron/notifier.ts');
    const visible = () => desk.notes.filter(({ shown }) => shown);
    return {
      notifier: createNotifier(silent),
      shown: () => visible().map(({ options: { title = '', body = '' } }) => ({ title, body })),
      click(title, action) {
        const note = visible().find(({ options }) => options.title === title);
        const labels = { 'call-again': 'Call again', 'add-note': 'Add note' };
        if (action === 'open') return note?.emit('click', {});
        const actionIndex = note?.options.actions?.findIndex(({ text }) => text === labels[action]) ?? -1;
        note?.emit('action', { actionIndex, selectionIndex: -1 });
      },
    };
  },
  { hasButtons: true },
);

traySuite(name, async () => {
  const { desk } = await standIn();
  const { createTray } = await import('../../../src-main/shells/electron/tray.ts');
  return {
    tray: createTray(() => {}),
    drawn: () =>
      desk.tray && {
        icon: desk.tray.icon,
        tooltip: desk.tray.tooltip,
        items: desk.tray.menu.map(({ type, label = '', checked = null, enabled = true }) =>
          type === 'separator' ? '---' : { label, checked, enabled },
        ),
      },
    choose(label) {
      const item = desk.tray?.menu.find((each) => each.label === label);
      if (item?.click !== undefined) Reflect.apply(item.click, null, []);
    },
  };
});

windowsSuite(name, async () => {
  const { app, windows } = await standIn();
  const { openMainWindow } = await import('../../../src-main/shells/electron/main-window.ts');
  const { openCardWindow } = await import('../../../src-main/shells/electron/card-window.ts');
  const { createStripWindow } = await import('../../../src-main/shells/electron/strip-window.ts');
  const { createWindows } = await import('../../../src-main/shells/electron/windows.ts');
  const world = { hasQuit: false };
  let quitting = false;
  app.on('before-quit', () => (quitting = true));
  app.on('will-quit', (event: { preventDefault(): void }) => {
    event.preventDefault();
    world.hasQuit = true;
  });
  const cards = Promise.resolve({
    next: () => Promise.resolve({ done: false, value: null }),
    return: () => Promise.resolve(),
  });
  // As much of the core as windows ask.
  const client = Promise.resolve({
    settings: {
      get: () => Promise.resolve({ values: { closeToTray: true } }),
      update: () => Promise.resolve(),
    },
    desktop: { card: () => cards },
  }) as unknown as Client;
  const parts = {
    core: new Promise<never>(() => {}),
    client,
    clock: systemClock,
    log: silent,
    failed: () => {},
    isQuitting: () => quitting,
  };
  const places: Readonly<Record<string, WindowName>> = { '': 'main', '#/card': 'card', '#/strip': 'strip' };
  const nameOf = (url: string) => places[url.replace('app://flowdial/', '')] ?? 'main';
  return {
    windows: createWindows({
      main: openMainWindow({ ...parts, place: null, first: 'not' }),
      card: openCardWindow(parts),
      strip: createStripWindow({ ...parts, place: null }),
    }),
    visible: () =>
      windows
        .inside()
        .map((window) => window.state())
        .filter(({ shown }) => shown)
        .map(({ url }) => nameOf(url)),
    focused: () => {
      const window = windows.focused();
      return window && nameOf(window.state().url);
    },
    close: (which) =>
      void windows
        .inside()
        .find((window) => nameOf(window.state().url) === which)
        ?.close(),
    leave: () => windows.leave(),
    get hasQuit() {
      return world.hasQuit;
    },
  };
});

linkOwnerSuite(name, async () => {
  const { system, deeds } = await standIn();
  const { BrowserWindow } = await import('electron');
  const { createLinkOwner } = await import('../../../src-main/shells/electron/link-owner.ts');
  const window = new BrowserWindow({ show: false });
  return {
    linkOwner: createLinkOwner(silent),
    // On the system's own page for it, from which the person comes back.
    give(scheme, to) {
      if (to === 'us') system.openedWith.add(scheme);
      else system.openedWith.delete(scheme);
      window.focus();
    },
    pagesOpened: () => deeds.openedExternally.length,
  };
});

loginItemSuite(name, async () => {
  await standIn();
  const { createLoginItem } = await import('../../../src-main/shells/electron/login-item.ts');
  const loginItem = createLoginItem();
  loginItem.set(false);
  return loginItem;
});

clipboardSuite(name, async () => {
  const { desk } = await standIn();
  const { readClipboard } = await import('../../../src-main/shells/electron/clipboard.ts');
  return { readClipboard, copy: (text) => void (desk.clipboard = text) };
});

presenceSuite(name, async () => {
  const { power } = await standIn();
  const { presence } = await import('../../../src-main/shells/electron/presence.ts');
  return { presence, lock: () => power.emit('lock-screen'), unlock: () => {} };
});
