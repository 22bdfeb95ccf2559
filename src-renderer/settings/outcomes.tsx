import { ActionIcon, Button, Checkbox, TextInput } from '@mantine/core';
import { IconArrowUp, IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { SettingsView } from '../../src-shared/contract/settings.ts';
import { type Settings, settingsSchema } from '../../src-shared/settings.ts';
import { Kbd } from '../ui/parts.tsx';
import { showToast } from '../ui/toast.tsx';
import { t } from '../words/words.ts';
import { freeName } from './free-name.ts';
import { saveSetting } from './save.ts';
import { notDone } from './save-flows.ts';
import { SettingGroup, SettingNote } from './setting-row.tsx';
import './lists.css';

type Outcome = Settings['outcomes'][number];

/** As many as there are keys. */
const mostOutcomes = 9;

/** What a call can come to, in the order of the keys. */
export function Outcomes({ view }: { readonly view: SettingsView }) {
  const { outcomes } = view.values;
  const locked = view.locked.includes('outcomes');
  const [problem, setProblem] = useState('');
  const save = async (changed: readonly Outcome[]) => {
    const refused = await saveSetting('outcomes', { outcomes: [...changed] });
    setProblem(refused ?? '');
    return refused === null;
  };
  const remove = async (index: number) => {
    const name = outcomes[index]?.name ?? '';
    if (!(await save(outcomes.toSpliced(index, 1)))) return;
    showToast({
      message: t('settings.phone.outcomeRemoved', { name }),
      undo: () =>
        void saveSetting('outcomes', { outcomes }).then((refused) => {
          if (refused !== null) showToast({ message: notDone(refused) });
        }),
    });
  };
  const change = (index: number, part: Partial<Outcome>) =>
    save(outcomes.map((outcome, at) => (at === index ? { ...outcome, ...part } : outcome)));
  return (
    <SettingGroup title={t('settings.phone.outcomes')} hint={t('settings.phone.outcomesHint')}>
      {outcomes.length === 0 && <p className="setting-wide">{t('settings.phone.outcomesEmpty')}</p>}
      <ol className="row-list">
        {outcomes.map((outcome, index) => (
          <li key={outcome.name} className="list-row outcome-row">
            <Kbd>{String(index + 1)}</Kbd>
            <NameField
              outcomes={outcomes}
              index={index}
              locked={locked}
              onName={(name) => change(index, { name })}
              onProblem={setProblem}
            />
            <Checkbox
              className="outcome-do-not-call"
              label={t('settings.phone.outcomeDoNotCall')}
              aria-label={t('settings.phone.outcomeDoNotCallOf', { name: outcome.name })}
              disabled={locked}
              checked={outcome.doNotCall}
              onChange={(event) => void change(index, { doNotCall: event.currentTarget.checked })}
            />
            {!locked && (
              <span className="outcome-buttons">
                <ActionIcon
                  size={34}
                  aria-label={t('settings.phone.outcomeUp', { name: outcome.name })}
                  disabled={index === 0}
                  onClick={() => void save(outcomes.toSpliced(index, 1).toSpliced(index - 1, 0, outcome))}
                >
                  <IconArrowUp size={16} aria-hidden />
                </ActionIcon>
                <ActionIcon
                  size={34}
                  aria-label={t('settings.phone.outcomeRemoveOf', { name: outcome.name })}
                  onClick={() => void remove(index)}
                >
                  <IconX size={16} aria-hidden />
                </ActionIcon>
              </span>
            )}
          </li>
        ))}
      </ol>
      <div className="setting-wide">
        {!locked && outcomes.length < mostOutcomes && (
          <Button
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => {
              const name = freeName(
                t('settings.phone.outcomeNew'),
                outcomes.map((outcome) => outcome.name),
              );
              void save([...outcomes, { name, doNotCall: false }]);
            }}
          >
            {t('settings.phone.outcomeAdd')}
          </Button>
        )}
        <SettingNote place="outcomes" locked={locked} problem={problem} />
      </div>
    </SettingGroup>
  );
}

/** Saved as it is left or Enter is pressed; Esc brings back what is saved. */
function NameField({
  outcomes,
  index,
  locked,
  onName,
  onProblem,
}: {
  readonly outcomes: readonly Outcome[];
  readonly index: number;
  readonly locked: boolean;
  readonly onName: (name: string) => Promise<boolean>;
  readonly onProblem: (problem: string) => void;
}) {
  const [draft, setDraft] = useState<string | null>(null);
  const [bad, setBad] = useState(false);
  const stored = outcomes[index]?.name ?? '';
  const refuse = (problem: string) => {
    setBad(problem !== '');
    onProblem(problem);
  };
  const keep = async () => {
    const name = draft?.trim() ?? stored;
    if (name === stored) {
      setDraft(null);
      return refuse('');
    }
    if (!outcomeName.safeParse(name).success) return refuse(t('settings.phone.outcomeBad'));
    if (outcomes.some((other, at) => at !== index && other.name === name)) {
      return refuse(t('settings.phone.outcomeTwice'));
    }
    if (await onName(name)) setDraft(null);
  };
  return (
    <TextInput
      className="outcome-name"
      aria-label={t('settings.phone.outcomeName', { key: index + 1 })}
      autoComplete="off"
      disabled={locked}
      error={bad}
      value={draft ?? stored}
      onChange={(event) => {
        setDraft(event.currentTarget.value);
        refuse('');
      }}
      onBlur={() => void keep()}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) void keep();
        if (event.key === 'Escape') {
          setDraft(null);
          refuse('');
        }
      }}
    />
  );
}

const outcomeName = settingsSchema.shape.outcomes.unwrap().element.shape.name;
