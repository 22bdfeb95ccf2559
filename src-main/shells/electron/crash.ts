import { app, dialog } from 'electron';
import type { Log } from '../../ports.ts';
import { afterCrash, programLimit } from './crash-limit.ts';
import { ownProgram, readProgramArguments, restartArguments } from './program-arguments.ts';

/**
 * What nobody caught leaves the core in a state that nobody knows: the program ends and starts anew, where everything
 * is on disk and calls that are out are asked for. It does so once in ten minutes; after that a person is told.
 */
export function watchCrash(log: Log): void {
  let crashed = false;

  function crash(error: unknown): void {
    // Ending takes a moment, in which more may fail.
    if (crashed) return;
    crashed = true;
    const sentence = error instanceof Error ? (error.stack ?? error.message) : String(error);
    log.error('the core crashed', { error: sentence });
    const argv = process.argv.slice(1);
    const { crashedAt } = readProgramArguments(argv);
    const { again } = afterCrash(crashedAt === null ? [] : [crashedAt], Date.now(), programLimit);
    if (again) {
      app.relaunch(relaunchOptions(argv));
    } else {
      dialog.showErrorBox(
        'Flowdial stopped again',
        `It stopped twice within a few minutes and does not restart by itself. Calls that are out go on at Exotel; start Flowdial to see what comes of them. ${String(error)}`,
      );
    }
    app.exit(1);
  }

  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
}

function relaunchOptions(argv: readonly string[]): { execPath: string; args: string[] } {
  const execPath = ownProgram(process.env, process.execPath);
  const args = restartArguments(argv, Date.now());
  // An AppImage's mount ends with the program that is to start the next one.
  return { execPath, args: execPath === process.execPath ? args : ['--appimage-extract-and-run', ...args] };
}

/** Says that this start follows a crash. The program does not wait for it to be read. */
export function tellCrash(crashedAt: number): void {
  const time = new Date(crashedAt).toLocaleTimeString('en-IN', { hour: '2-digit', minute: '2-digit' });
  void dialog.showMessageBox({
    type: 'warning',
    message: 'Flowdial had to start again',
    detail: `It stopped unexpectedly at ${time}. Nothing was called twice; calls that were out went on at Exotel, and what came of them is being asked for. The log in the data folder says what failed.`,
    buttons: ['OK'],
  });
}
