import type { SettingsChange } from '../src-shared/contract/settings.ts';
import { type SettingName, type Settings, settingNames, settingsSchema } from '../src-shared/settings.ts';
import type { Log, SettingsFile } from './ports.ts';
import { upgradeSettings } from './settings-upgrade.ts';

/** The settings as they stand: environment (locked), then file, then what the environment suggests, then default. */
export interface SettingsStore {
  readonly get: () => Settings;
  /** Names that the environment has set. */
  locked(): SettingName[];
  /** Names whose value in the file was no good when it was read. */
  readonly ignored: readonly SettingName[];
  /**
   * Applies a change wholly or not at all; a name that is absent or undefined stays. Throws where a name is locked, a
   * value is no good (a ZodError), or the disk refuses; nothing has changed then.
   */
  update(change: SettingsChange): Settings;
}

/**
 * Reads the file once. A value that is no good counts as absent, is logged by its name, and stays in the file, as does
 * whatever a newer version wrote there.
 */
export function createSettings(parts: {
  readonly file: SettingsFile;
  readonly provisioned: Partial<Settings>;
  readonly suggested: Partial<Settings>;
  readonly log: Log;
}): SettingsStore {
  const { file, provisioned, suggested, log } = parts;
  const locked = settingNames.filter((name) => provisioned[name] !== undefined);
  const { values, ignored } = readEach(upgradeSettings(file.read()));
  if (ignored.length > 0)
    log.warn('settings in the file are no good and count as absent', { names: ignored });
  let settings = settingsSchema.parse({ ...suggested, ...values, ...provisioned });

  function update(change: SettingsChange): Settings {
    const names = settingNames.filter((name) => change[name] !== undefined);
    const refused = names.filter((name) => locked.includes(name));
    if (refused.length > 0) throw new Error(`Set by the environment: ${refused.join(', ')}.`);
    const changed = Object.fromEntries(names.map((name) => [name, change[name]]));
    const next = settingsSchema.parse({ ...settings, ...changed });
    const before = file.read();
    // A flow of before the catalogue is read by the form beside it: once that changes, it must stand by itself.
    const kept = names.includes('flowUrlForm') ? upgradeSettings(before) : before;
    file.write({ ...kept, ...Object.fromEntries(names.map((name) => [name, next[name]])) });
    settings = next;
    return settings;
  }

  return { get: () => settings, locked: () => [...locked], ignored, update };
}

/** Each known setting by itself, so that one bad value does not take the others with it. */
function readEach(file: Readonly<Record<string, unknown>>) {
  const values: Record<string, unknown> = {};
  const ignored: SettingName[] = [];
  for (const name of settingNames) {
    if (file[name] === undefined) continue;
    const read = settingsSchema.shape[name].safeParse(file[name]);
    if (read.success) values[name] = read.data;
    else ignored.push(name);
  }
  return { values, ignored };
}
