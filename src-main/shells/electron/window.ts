import path from 'node:path';
import { BrowserWindow, nativeTheme } from 'electron';
import { pageOrigin } from './page-origin.ts';

/**
 * Opens the window and shows it with its first picture. Sandbox and context isolation are Electron's defaults, and
 * stay so.
 */
export function openWindow(): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 420,
    minHeight: 560,
    show: false,
    // The page's ground in either theme, so that nothing flashes while it loads.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#141413' : '#f6f6f4',
    autoHideMenuBar: true,
    webPreferences: { preload: path.join(import.meta.dirname, '../preload/preload.cjs') },
  });
  window.once('ready-to-show', () => window.show());
  return window;
}

/** Rejects where the page cannot be had; a window that is closed or reloaded meanwhile is no such case. */
export async function loadPage(window: BrowserWindow): Promise<void> {
  try {
    await window.loadURL(`${pageOrigin}/`);
  } catch (error) {
    const aborted = error instanceof Error && 'code' in error && error.code === 'ERR_ABORTED';
    if (!aborted) throw error;
  }
}

/** Brings the window to the front, also from the taskbar. */
export function focusWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.focus();
}
