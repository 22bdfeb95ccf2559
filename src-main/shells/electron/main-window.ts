import { app, type BrowserWindow } from 'electron';
import type { Client } from './client.ts';
import { keepOpen, openPageWindow, type PageParts } from './page-window.ts';
import { rememberPlace, rescuedPlace } from './remember-place.ts';
import type { Place } from './window-place.ts';

export interface MainWindow {
  /** Brings it to the front, also from the tray and the taskbar. */
  show(): void;
}

/** How it is shown once it has something to show. */
export type FirstShow = 'in-front' | 'behind' | 'not';

/** The window that a person works in. Closing it leaves the program in the tray, where the settings say so. */
export function openMainWindow(
  parts: PageParts & {
    readonly client: Client;
    readonly place: Place | null;
    readonly first: FirstShow;
  },
): MainWindow {
  const { client, clock, log } = parts;
  const window = openPageWindow(
    '',
    {
      width: 1280,
      height: 800,
      ...rescuedPlace(parts.place),
      minWidth: 420,
      minHeight: 560,
      autoHideMenuBar: true,
    },
    parts,
  );
  window.once('ready-to-show', () => {
    if (parts.first === 'in-front') window.show();
    if (parts.first === 'behind') window.showInactive();
  });
  rememberPlace(window, clock, (windowPlace) => {
    client
      .then(({ settings }) => settings.update({ windowPlace }))
      .catch((error: unknown) => log.warn('the window’s place was not kept', { error: String(error) }));
  });
  keepOpen(window, parts, () => {
    staysInTray(client).then(
      (stays) => (stays ? window.hide() : app.quit()),
      () => app.quit(),
    );
  });
  return { show: () => bringToFront(window) };
}

/** On a Mac a program stays when its window is closed. */
async function staysInTray(client: Client): Promise<boolean> {
  if (process.platform === 'darwin') return true;
  return (await (await client).settings.get()).values.closeToTray;
}

function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
