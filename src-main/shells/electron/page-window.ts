import path from 'node:path';
import type { AnyRouter } from '@orpc/server';
import { BrowserWindow, type BrowserWindowConstructorOptions, nativeTheme } from 'electron';
import type { Clock, Log } from '../../ports.ts';
import { pageOrigin } from './page-origin.ts';
import { connectPage } from './page-port.ts';
import { watchRenderer } from './renderer-life.ts';

/** What every window is made with. */
export interface PageParts {
  readonly core: Promise<{ readonly router: AnyRouter }>;
  readonly clock: Clock;
  readonly log: Log;
  /** The page cannot be had: the program cannot go on. */
  readonly failed: (error: unknown) => void;
  /** The program ends: a window that is closed is not to be kept. */
  readonly isQuitting: () => boolean;
}

/**
 * Opens a hidden window on a place of our page (`''`, `#/card`) and connects it with the core. Sandbox and context
 * isolation are Electron's defaults, and stay so.
 */
export function openPageWindow(
  place: string,
  options: BrowserWindowConstructorOptions,
  parts: PageParts,
): BrowserWindow {
  const window = new BrowserWindow({
    ...options,
    show: false,
    // The page's ground in either theme, so that nothing flashes while it loads.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#141413' : '#f6f6f4',
    webPreferences: { preload: path.join(import.meta.dirname, '../preload/preload.cjs') },
  });
  connectPage(window.webContents, parts.core);
  watchRenderer(window, parts);
  loadPage(window, place).catch(parts.failed);
  return window;
}

/** Rejects where the page cannot be had; a window that is closed or reloaded meanwhile is no such case. */
async function loadPage(window: BrowserWindow, place: string): Promise<void> {
  try {
    await window.loadURL(`${pageOrigin}/${place}`);
  } catch (error) {
    const aborted = error instanceof Error && 'code' in error && error.code === 'ERR_ABORTED';
    if (!aborted) throw error;
  }
}

/**
 * A window that its own closing cross, Alt+F4 or a menu only hides, so that it is there at once the next time;
 * `closed` decides what else that means.
 */
export function keepOpen(window: BrowserWindow, { isQuitting }: PageParts, closed: () => void): void {
  window.on('close', (event) => {
    if (isQuitting()) return;
    event.preventDefault();
    closed();
  });
}
