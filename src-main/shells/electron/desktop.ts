import { globalShortcut } from 'electron';
import type { Clock, Desktop, Helpers, Log, Windows } from '../../ports.ts';
import { createSelectionReader, type HelperSelectionReader } from '../../selection/read-selection.ts';
import { readClipboard, readPrimary } from './clipboard.ts';
import { createHotkeys } from './hotkeys.ts';
import { createLinkOwner } from './link-owner.ts';
import { createLoginItem } from './login-item.ts';
import { createNotifier } from './notifier.ts';
import { presence } from './presence.ts';
import { createTray } from './tray.ts';

/** All that Electron gives of the desktop. */
export function createDesktop(parts: {
  readonly windows: Windows;
  readonly helpers: Helpers;
  readonly clock: Clock;
  readonly log: Log;
}): Desktop & { readonly selection: HelperSelectionReader } {
  const { windows, log } = parts;
  return {
    selection: createSelectionReader({ ...parts, primary: readPrimary }),
    hotkeys: createHotkeys(globalShortcut),
    notifier: createNotifier(log),
    windows,
    tray: createTray(() => windows.showMain()),
    linkOwner: createLinkOwner(log),
    loginItem: createLoginItem(),
    readClipboard,
    presence,
  };
}
