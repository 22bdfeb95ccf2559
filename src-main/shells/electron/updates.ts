import { existsSync } from 'node:fs';
import path from 'node:path';
import { createRouterClient } from '@orpc/server';
import { app, dialog } from 'electron';
import type { Clock, Log } from '../../ports.ts';
import type { Router } from '../../router/router.ts';
import { followUpdates, type Updater, whyNoUpdates } from './follow-updates.ts';
import { runningStatuses } from './quit-question.ts';

/** Looks for updates where this package was made to (scripts/package.ts), and says in the log where not. */
export function startUpdates(parts: {
  readonly router: Router;
  readonly clock: Clock;
  readonly log: Log;
  /** The program ends for an update: no window is to be kept, and nobody asked again. */
  readonly leaving: () => void;
}): void {
  const { clock, log } = parts;
  const { isPackaged } = app;
  // electron-builder writes the address there.
  const hasAddress = isPackaged && existsSync(path.join(process.resourcesPath, 'app-update.yml'));
  const why = whyNoUpdates({ isPackaged, hasAddress, platform: process.platform });
  if (why !== null) return log.info(why);

  const { calls } = createRouterClient(parts.router, { context: {} });
  const end = followUpdates({
    clock,
    log,
    updater: electronUpdater(log, parts.leaving),
    callsRun: async () => (await calls.list({ statuses: runningStatuses, limit: 1 })).calls.length > 0,
    mayRestart,
  });
  app.on('will-quit', end);
}

/** electron-updater: on Windows it checks that an update is signed by our publisher, on macOS the system does. */
function electronUpdater(log: Log, leaving: () => void): Updater {
  const loaded = import('electron-updater').then(({ autoUpdater }) => {
    const tell = (message: unknown) => log.info('The updater says', { message: String(message) });
    autoUpdater.logger = { info: tell, warn: tell, error: tell };
    autoUpdater.allowDowngrade = false;
    autoUpdater.disableWebInstaller = true;
    // Who says "later" gets it when they quit.
    autoUpdater.autoInstallOnAppQuit = true;
    return autoUpdater;
  });
  return {
    async fetch() {
      const found = await (await loaded).checkForUpdates();
      if (found === null || !found.isUpdateAvailable) return null;
      await found.downloadPromise;
      return found.updateInfo.version;
    },
    restart: () =>
      void loaded.then((autoUpdater) => {
        // A Mac closes the windows first, and quits once they are closed.
        leaving();
        autoUpdater.quitAndInstall(true, true);
      }),
  };
}

async function mayRestart(version: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: `Flowdial ${version} is ready`,
    detail:
      'No call is running. Flowdial closes for a moment and comes back; or it updates when you next quit it.',
    buttons: ['Restart now', 'Later'],
    defaultId: 1,
    cancelId: 1,
  });
  return response === 0;
}
