import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { SettingsChange, SettingsView } from '../../src-shared/contract/settings.ts';
import type { SettingName } from '../../src-shared/settings.ts';
import { saveSetting } from './save.ts';
import { SettingRow } from './setting-row.tsx';

/** A few ways, one of them in force. Saved at once. */
export function ChoiceSetting<V extends string>({
  view,
  name,
  label,
  hint,
  value,
  choices,
  change,
  refuse,
}: {
  readonly view: SettingsView;
  readonly name: SettingName;
  readonly label: string;
  readonly hint: string;
  readonly value: V;
  readonly choices: readonly { readonly value: V; readonly label: string }[];
  readonly change: (value: V) => SettingsChange;
  /** Why a choice cannot be taken now; empty: it can. */
  readonly refuse?: (value: V) => string;
}) {
  const [problem, setProblem] = useState('');
  const locked = view.locked.includes(name);
  const choose = async (chosen: V) => {
    const refused = refuse?.(chosen) ?? '';
    setProblem(refused === '' ? ((await saveSetting(name, change(chosen))) ?? '') : refused);
  };
  return (
    <SettingRow place={name} label={label} hint={hint} locked={locked} problem={problem}>
      <SegmentedControl<V>
        className="setting-choice"
        aria-label={label}
        disabled={locked}
        value={value}
        data={[...choices]}
        onChange={(chosen) => void choose(chosen)}
      />
    </SettingRow>
  );
}
