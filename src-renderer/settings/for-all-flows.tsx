import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { SettingsView } from '../../src-shared/contract/settings.ts';
import { useLate } from '../ui/use-late.ts';
import { t } from '../words/words.ts';
import { accountTestQuery } from './account-test.ts';
import { saveSetting } from './save.ts';
import { SettingGroup, SettingRow } from './setting-row.tsx';
import { TextSetting } from './text-setting.tsx';

/** What holds for every flow: the ExoPhone of those without one, and how app ids are written. */
export function ForAllFlows({ view }: { readonly view: SettingsView }) {
  return (
    <SettingGroup title={t('settings.flows.phoneTitle')}>
      <TextSetting
        view={view}
        name="callerId"
        label={t('settings.flows.callerId')}
        hint={t('settings.flows.callerIdHint')}
        bad={t('settings.flows.callerIdBad')}
      />
      <AccountPhones view={view} />
      <WritingSetting view={view} />
    </SettingGroup>
  );
}

const writings = [
  { value: 'by-host', label: t('settings.flows.writingByHost') },
  { value: 'today', label: t('settings.flows.writingToday') },
  { value: 'legacy', label: t('settings.flows.writingLegacy') },
] as const;

function WritingSetting({ view }: { readonly view: SettingsView }) {
  const id = useId();
  const [problem, setProblem] = useState('');
  const locked = view.locked.includes('flowUrlForm');
  const choose = async (chosen: string | null) => {
    const writing = writings.find(({ value }) => value === chosen);
    if (writing === undefined) return;
    setProblem((await saveSetting('flow-writing', { flowUrlForm: writing.value })) ?? '');
  };
  return (
    <SettingRow
      place="flow-writing"
      id={id}
      label={t('settings.flows.writing')}
      hint={t('settings.flows.writingHint')}
      locked={locked}
      problem={problem}
    >
      <Select
        id={id}
        disabled={locked}
        value={view.values.flowUrlForm}
        data={[...writings]}
        onChange={(chosen) => void choose(chosen)}
      />
    </SettingRow>
  );
}

/** The account's ExoPhones, to choose from instead of typing. */
function AccountPhones({ view }: { readonly view: SettingsView }) {
  const id = useId();
  const { data: result, isFetching, refetch } = useQuery(accountTestQuery(view));
  const late = useLate(isFetching);
  const [problem, setProblem] = useState('');
  const phones = result?.ok === true ? result.exoPhones : null;
  const failed = result?.ok === false ? result.problem : '';
  const choose = async (number: string | null) => {
    if (number !== null) setProblem((await saveSetting('callerId', { callerId: number })) ?? '');
  };
  if (view.locked.includes('callerId')) return null;
  return (
    <div className="setting">
      <div className="setting-words">
        <label htmlFor={id} className="setting-label">
          {t('settings.flows.pick')}
        </label>
        <p className="second" role="status">
          {phones !== null &&
            (phones.length === 0
              ? t('settings.flows.loadedNone')
              : t('settings.flows.loaded', { count: phones.length }))}
        </p>
      </div>
      <div className="setting-control">
        {phones === null || phones.length === 0 ? (
          <Button id={id} onClick={() => void refetch()} aria-disabled={isFetching}>
            {t(late ? 'settings.flows.loading' : 'settings.flows.load')}
          </Button>
        ) : (
          <Select
            id={id}
            placeholder={t('settings.flows.pickPlaceholder')}
            value={phones.find(({ number }) => number === view.values.callerId)?.number ?? null}
            data={phones.map(({ number, text, name }) => ({
              value: number,
              label: name === '' ? text : `${text} · ${name}`,
            }))}
            onChange={(number) => void choose(number)}
          />
        )}
        {(problem || failed) && (
          <p role="alert" className="setting-note form-problem">
            {problem || failed}
          </p>
        )}
      </div>
    </div>
  );
}
