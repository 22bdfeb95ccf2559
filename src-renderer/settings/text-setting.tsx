import type { SettingsChange, SettingsView } from '../../src-shared/contract/settings.ts';
import { type SettingName, type Settings, settingsSchema } from '../../src-shared/settings.ts';
import { saveSetting } from './save.ts';
import { wholeNumber, WrittenField } from './written-field.tsx';

/** Settings that are written as a text or a whole number. */
export type WrittenSetting = {
  [K in SettingName]: string extends Settings[K] ? K : number extends Settings[K] ? K : never;
}[SettingName];

/** A field for one setting. */
export function TextSetting({
  view,
  name,
  label,
  hint,
  bad,
  placeholder,
}: {
  readonly view: SettingsView;
  readonly name: WrittenSetting;
  readonly label: string;
  readonly hint: string;
  /** Said where the value does not fit. */
  readonly bad: string;
  readonly placeholder?: string;
}) {
  const numeric = typeof view.values[name] === 'number';
  return (
    <WrittenField
      place={name}
      label={label}
      hint={hint}
      stored={String(view.values[name])}
      numeric={numeric}
      placeholder={placeholder}
      locked={view.locked.includes(name)}
      read={(text) => {
        const { success, data } = settingsSchema.shape[name].safeParse(numeric ? wholeNumber(text) : text);
        return success ? { ok: true, value: data } : { ok: false, bad };
      }}
      // Name and value belong together: the value was parsed by the name's own schema.
      save={(value) => saveSetting(name, { [name]: value } as SettingsChange)}
    />
  );
}
