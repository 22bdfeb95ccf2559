import ElectronStore from 'electron-store';
import type { SettingsFile } from '../../ports.ts';
import { overConf } from '../../settings-file.ts';

/** The settings of the Electron shell: the same file as the browser shell's. Throws where the disk refuses. */
export function openSettingsFile(dataDir: string): SettingsFile {
  return overConf(
    dataDir,
    ({ cwd, fileName, configFileMode }) => new ElectronStore({ cwd, name: fileName, configFileMode }),
  );
}
