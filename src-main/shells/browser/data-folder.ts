import path from 'node:path';

/**
 * The folder where Electron keeps the data of a product named Flowdial (`app.getPath('userData')`), so that both
 * shells find the same data. `env` is the environment, `home` the user's folder.
 */
export function defaultDataFolder(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  if (platform === 'darwin') return path.posix.join(home, 'Library', 'Application Support', 'Flowdial');
  if (platform === 'win32') {
    return path.win32.join(env['APPDATA'] || path.win32.join(home, 'AppData', 'Roaming'), 'Flowdial');
  }
  return path.posix.join(env['XDG_CONFIG_HOME'] || path.posix.join(home, '.config'), 'Flowdial');
}
