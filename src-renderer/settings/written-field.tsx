import { Textarea, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { SettingRow } from './setting-row.tsx';

/** What a text comes to: the value that is kept, or why it cannot be. */
export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly bad: string };

/**
 * A setting that is written. It is saved as the field is left or Enter is pressed; Esc brings back what is saved. What
 * does not fit stays in the field, with the reason.
 */
export function WrittenField<T>({
  place,
  label,
  hint,
  stored,
  numeric = false,
  lines = 1,
  placeholder,
  locked = false,
  read,
  save,
}: {
  /** Names the row, among all pages. */
  readonly place: string;
  readonly label: string;
  readonly hint: string;
  readonly stored: string;
  readonly numeric?: boolean;
  /** More than one: Enter begins a new line. */
  readonly lines?: number | undefined;
  readonly placeholder?: string | undefined;
  readonly locked?: boolean;
  readonly read: (text: string) => Read<T>;
  /** Answers why it was not saved, in words; null: saved. */
  readonly save: (value: T) => Promise<string | null>;
}) {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState('');

  const forget = () => {
    setDraft(null);
    setProblem('');
  };
  const keep = async () => {
    if (draft === null || draft.trim() === stored) return forget();
    const wanted = read(draft.trim());
    if (!wanted.ok) return setProblem(wanted.bad);
    const refused = await save(wanted.value);
    if (refused === null) forget();
    else setProblem(refused);
  };

  const field = {
    id,
    'aria-describedby': `${id}-hint ${problem === '' ? '' : `${id}-problem`}`.trim(),
    'aria-invalid': problem !== '',
    error: problem !== '',
    autoComplete: 'off',
    spellCheck: false,
    placeholder,
    disabled: locked,
    value: draft ?? stored,
    onBlur: () => void keep(),
  } as const;
  const write = (text: string) => {
    setDraft(text);
    setProblem('');
  };

  return (
    <SettingRow place={place} id={id} label={label} hint={hint} locked={locked} problem={problem}>
      {lines > 1 ? (
        <Textarea
          {...field}
          autosize
          minRows={lines}
          maxRows={8}
          onChange={(event) => write(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') forget();
          }}
        />
      ) : (
        <TextInput
          {...field}
          inputMode={numeric ? 'numeric' : 'text'}
          onChange={(event) => write(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.nativeEvent.isComposing) void keep();
            if (event.key === 'Escape') forget();
          }}
        />
      )}
    </SettingRow>
  );
}

/** A text as a whole number; NaN where it is none. */
export function wholeNumber(text: string): number {
  return /^\s*\d+\s*$/.test(text) ? Number(text) : Number.NaN;
}
