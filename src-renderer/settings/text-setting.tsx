import { TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import type { SettingsChange, SettingsView } from '../../src-shared/contract/settings.ts';
import { type SettingName, type Settings, settingsSchema } from '../../src-shared/settings.ts';
import { saveSetting } from './save.ts';
import { SettingRow } from './setting-row.tsx';

/** Settings that are written as a text or a whole number. */
export type WrittenSetting = {
  [K in SettingName]: string extends Settings[K] ? K : number extends Settings[K] ? K : never;
}[SettingName];

/**
 * A field for one setting. It is saved as the field is left or Enter is pressed; Esc brings back what is saved. What
 * does not fit stays in the field, with the reason.
 */
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
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState('');
  const stored = String(view.values[name]);
  const numeric = typeof view.values[name] === 'number';
  const locked = view.locked.includes(name);

  const forget = () => {
    setDraft(null);
    setProblem('');
  };
  const save = async () => {
    if (draft === null || draft.trim() === stored) return forget();
    const parsed = settingsSchema.shape[name].safeParse(numeric ? wholeNumber(draft) : draft.trim());
    if (!parsed.success) return setProblem(bad);
    // Name and value belong together: the value was parsed by the name's own schema.
    const change = { [name]: parsed.data } as SettingsChange;
    const refused = await saveSetting(name, change);
    if (refused === null) forget();
    else setProblem(refused);
  };

  return (
    <SettingRow place={name} id={id} label={label} hint={hint} locked={locked} problem={problem}>
      <TextInput
        id={id}
        aria-describedby={`${id}-hint ${problem === '' ? '' : `${id}-problem`}`.trim()}
        aria-invalid={problem !== ''}
        error={problem !== ''}
        inputMode={numeric ? 'numeric' : 'text'}
        autoComplete="off"
        spellCheck={false}
        placeholder={placeholder}
        disabled={locked}
        value={draft ?? stored}
        onChange={(event) => {
          setDraft(event.currentTarget.value);
          setProblem('');
        }}
        onBlur={() => void save()}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) void save();
          if (event.key === 'Escape') forget();
        }}
      />
    </SettingRow>
  );
}

function wholeNumber(text: string): number {
  return /^\s*\d+\s*$/.test(text) ? Number(text) : Number.NaN;
}
