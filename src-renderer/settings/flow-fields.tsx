import { Select, Switch } from '@mantine/core';
import { useId, useState } from 'react';
import { type Flow, flowSchema } from '../../src-shared/flow.ts';
import { t } from '../words/words.ts';
import { saveFlow } from './save-flows.ts';
import { SettingRow } from './setting-row.tsx';
import { wholeNumber, WrittenField } from './written-field.tsx';

/** The rows of a flow's editor. Each saves its part of the flow by itself. */

export interface FlowFieldProps {
  readonly flow: Flow;
  readonly locked: boolean;
}

type WrittenPart =
  | 'name'
  | 'appId'
  | 'url'
  | 'exoPhone'
  | 'ringSeconds'
  | 'talkSeconds'
  | 'greeting'
  | 'greetingFallback'
  | 'whisper';

const bad = {
  name: 'settings.flows.nameBad',
  appId: 'settings.flows.appIdBad',
  url: 'settings.flows.urlBad',
  exoPhone: 'settings.flows.exoPhoneBad',
  ringSeconds: 'settings.flows.ringSecondsBad',
  talkSeconds: 'settings.flows.talkSecondsBad',
  greeting: 'settings.flows.greetingBad',
  greetingFallback: 'settings.flows.greetingBad',
  whisper: 'settings.flows.whisperBad',
} as const;

/** A part of the flow that is written. */
export function FlowText({
  flow,
  locked,
  part,
  lines,
  placeholder,
}: FlowFieldProps & {
  readonly part: WrittenPart;
  readonly lines?: number;
  readonly placeholder?: string;
}) {
  const numeric = typeof flow[part] === 'number';
  return (
    <WrittenField
      place={`flow-${part}`}
      label={t(`settings.flows.${part}`)}
      hint={t(`settings.flows.${part}Hint`)}
      stored={String(flow[part])}
      numeric={numeric}
      lines={lines}
      placeholder={placeholder}
      locked={locked}
      read={(text) => {
        const { success, data } = flowSchema.shape[part].safeParse(numeric ? wholeNumber(text) : text);
        return success ? { ok: true, value: data } : { ok: false, bad: t(bad[part]) };
      }}
      // Part and value belong together: the value was parsed by the part's own schema.
      save={(value) => saveFlow(flow.id, `flow-${part}`, { [part]: value } as Partial<Flow>)}
    />
  );
}

/** One of several ways, chosen from a list. */
export function FlowSelect<V extends string>({
  flow,
  locked,
  place,
  label,
  hint,
  value,
  choices,
  part,
}: FlowFieldProps & {
  readonly place: string;
  readonly label: string;
  readonly hint: string;
  readonly value: V;
  readonly choices: readonly { readonly value: V; readonly label: string }[];
  readonly part: (value: V) => Partial<Flow>;
}) {
  const id = useId();
  const [problem, setProblem] = useState('');
  const choose = async (chosen: string | null) => {
    const choice = choices.find((candidate) => candidate.value === chosen);
    if (choice !== undefined) setProblem((await saveFlow(flow.id, place, part(choice.value))) ?? '');
  };
  return (
    <SettingRow place={place} id={id} label={label} hint={hint} locked={locked} problem={problem}>
      <Select
        id={id}
        disabled={locked}
        value={value}
        data={[...choices]}
        onChange={(chosen) => void choose(chosen)}
      />
    </SettingRow>
  );
}

/** On or off. */
export function FlowSwitch({
  flow,
  locked,
  place,
  label,
  hint,
  on,
  part,
}: FlowFieldProps & {
  readonly place: string;
  readonly label: string;
  readonly hint: string;
  readonly on: boolean;
  readonly part: (on: boolean) => Partial<Flow>;
}) {
  const id = useId();
  const [problem, setProblem] = useState('');
  const choose = async (chosen: boolean) => setProblem((await saveFlow(flow.id, place, part(chosen))) ?? '');
  return (
    <SettingRow place={place} id={id} label={label} hint={hint} locked={locked} problem={problem}>
      <Switch
        id={id}
        className="setting-switch"
        aria-describedby={`${id}-hint`}
        disabled={locked}
        checked={on}
        onChange={(event) => void choose(event.currentTarget.checked)}
      />
    </SettingRow>
  );
}
