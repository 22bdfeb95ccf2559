import type { BrowserWindow } from 'electron';
import type { Client } from './client.ts';
import { keepOpen, openPageWindow, type PageParts } from './page-window.ts';
import { rememberPlace, rescuedPlace } from './remember-place.ts';
import type { Place } from './window-place.ts';

export interface StripWindow {
  show(shown: boolean): void;
}

/** The call strip's window, made when it is first wanted. It never takes the keyboard by itself. */
export function createStripWindow(
  parts: PageParts & { readonly client: Client; readonly place: Place | null },
): StripWindow {
  const { client, clock, log } = parts;
  let window: BrowserWindow | null = null;

  function open(): BrowserWindow {
    const strip = openPageWindow(
      '#/strip',
      {
        width: 360,
        height: 96,
        ...rescuedPlace(parts.place),
        minWidth: 260,
        minHeight: 64,
        title: 'Flowdial: calls',
        frame: false,
        minimizable: false,
        maximizable: false,
        fullscreenable: false,
        alwaysOnTop: true,
        skipTaskbar: true,
      },
      parts,
    );
    strip.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true, skipTransformProcessType: true });
    rememberPlace(strip, clock, (stripPlace) => change({ stripPlace }));
    // Who closes it does not want it.
    keepOpen(strip, parts, () => change({ callStrip: false }));
    return strip;
  }

  function change(settings: { stripPlace: Place } | { callStrip: false }): void {
    client
      .then((core) => core.settings.update(settings))
      .catch((error: unknown) => log.warn('the call strip’s setting was not kept', { error: String(error) }));
  }

  return {
    // Asked each second while somebody talks.
    show(shown) {
      if (window === null && !shown) return;
      window ??= open();
      if (window.isVisible() === shown) return;
      if (shown) window.showInactive();
      else window.hide();
    },
  };
}
