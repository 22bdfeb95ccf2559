import { readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import Conf from 'conf';
import type { SettingsFile } from './ports.ts';

/** What conf and electron-store (conf within Electron) are opened with, so that both keep the same file. */
export interface StoreOptions {
  readonly cwd: string;
  /** The file's name without `.json`: `configName` to conf, `name` to electron-store. */
  readonly fileName: string;
  readonly configFileMode: number;
}

/** What is used of conf: the whole file at once, for in its other methods a dot in a key is a path. */
export interface WholeStore {
  store: Record<string, unknown>;
}

/** The settings of the browser shell: `settings.json` in the data folder. Throws where the disk refuses. */
export function openConfFile(dataDir: string): SettingsFile {
  return overConf(
    dataDir,
    ({ cwd, fileName, configFileMode }) => new Conf({ cwd, configName: fileName, configFileMode }),
  );
}

/**
 * The settings file over conf, or over what is made like it. A damaged file, also one that holds no object, is renamed
 * to `settings.json.corrupt-<time>` first: conf would refuse to open it, or replace it with nothing kept.
 */
export function overConf(dataDir: string, open: (options: StoreOptions) => WholeStore): SettingsFile {
  const fileName = 'settings';
  const setAside = setAsideWhereDamaged(path.join(dataDir, `${fileName}.json`));
  const conf = open({ cwd: dataDir, fileName, configFileMode: 0o600 });
  return {
    read: () => ({ ...conf.store }),
    write(values) {
      conf.store = values;
    },
    setAside,
  };
}

/** Where the file was moved to; null where it is sound or absent. */
function setAsideWhereDamaged(file: string): string | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  if (holdsObject(text)) return null;
  const moved = `${file}.corrupt-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
  renameSync(file, moved);
  return moved;
}

function holdsObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
