import { Switch } from '@mantine/core';
import { useId, useState } from 'react';
import { SettingRow } from './setting-row.tsx';

/** Something that is on or off. Saved at once. What cannot be had here is off, with the reason. */
export function SwitchSetting({
  place,
  label,
  hint,
  checked,
  locked = false,
  ruledOut = '',
  save,
}: {
  readonly place: string;
  readonly label: string;
  readonly hint: string;
  readonly checked: boolean;
  readonly locked?: boolean;
  /** Why it cannot be had; empty: it can. */
  readonly ruledOut?: string;
  /** Answers why it was not saved, in words; null: saved. */
  readonly save: (on: boolean) => Promise<string | null>;
}) {
  const id = useId();
  const [problem, setProblem] = useState('');
  return (
    <SettingRow
      place={place}
      id={id}
      label={label}
      hint={ruledOut === '' ? hint : `${hint} ${ruledOut}`}
      locked={locked}
      problem={problem}
    >
      <Switch
        id={id}
        className="setting-switch"
        aria-describedby={`${id}-hint`}
        checked={checked && ruledOut === ''}
        disabled={locked || ruledOut !== ''}
        onChange={(event) => {
          const on = event.currentTarget.checked;
          void save(on).then((refused) => setProblem(refused ?? ''));
        }}
      />
    </SettingRow>
  );
}
