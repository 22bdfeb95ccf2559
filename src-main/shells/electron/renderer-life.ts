import { type BrowserWindow, dialog } from 'electron';
import type { Clock, Log } from '../../ports.ts';
import { afterCrash, pageLimit } from './crash-limit.ts';

/**
 * A page that crashes is loaded again; calls are the core's and go on meanwhile. One that crashes again and again, or
 * hangs, is the person's to decide on.
 */
export function watchRenderer(window: BrowserWindow, { clock, log }: { clock: Clock; log: Log }): void {
  const contents = window.webContents;
  let triedAt: readonly number[] = [];
  let asking = false;

  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    log.error('a page crashed', { reason, exitCode });
    const { again, triedAt: tried } = afterCrash(triedAt, clock.monotonic(), pageLimit);
    triedAt = tried;
    if (again) contents.reload();
    else void ask('Flowdial’s window keeps crashing', () => contents.reload());
  });

  window.on('unresponsive', () => {
    log.warn('a page hangs');
    // Its process is ended, which the listener above hears.
    void ask('Flowdial’s window does not answer', () => contents.forcefullyCrashRenderer());
  });

  async function ask(message: string, reload: () => void): Promise<void> {
    if (asking) return;
    asking = true;
    const { response } = await dialog.showMessageBox({
      type: 'warning',
      message,
      detail: 'Your calls go on, and the core of Flowdial runs. The window can be loaded again at any time.',
      buttons: ['Load it again', 'Wait'],
      defaultId: 0,
      cancelId: 1,
    });
    asking = false;
    if (response === 0) reload();
  }
}
