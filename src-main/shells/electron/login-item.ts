import { homedir } from 'node:os';
import { app } from 'electron';
import type { LoginItem } from '../../ports.ts';
import { autostartFile, fileLoginItem } from './autostart-file.ts';
import { backgroundArgument, ownProgram } from './program-arguments.ts';

/** The start at login, by the system's own list; Linux has a file for it. */
export function createLoginItem(): LoginItem {
  const args = [backgroundArgument];
  if (process.platform === 'linux') {
    const program = ownProgram(process.env, process.execPath);
    const started = app.isPackaged ? [program] : [program, app.getAppPath()];
    return fileLoginItem(autostartFile(process.env, homedir()), [...started, ...args]);
  }
  return {
    starts: () => app.getLoginItemSettings({ args }).openAtLogin,
    set: (openAtLogin) => app.setLoginItemSettings({ openAtLogin, args }),
  };
}
