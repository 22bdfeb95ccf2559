import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { SettingsView } from '../../src-shared/contract/settings.ts';
import { useLate } from '../ui/use-late.ts';
import { t } from '../words/words.ts';
import { accountTestQuery } from './account-test.ts';
import { ChoiceSetting } from './choice-setting.tsx';
import { saveSetting } from './save.ts';
import { SettingGroup, SettingRow } from './setting-row.tsx';
import { TextSetting } from './text-setting.tsx';

/** What customers hear, and which number they see. */
export function FlowPage({ view }: { readonly view: SettingsView }) {
  const { flowUrlForm } = view.values;
  const own = flowUrlForm === 'own';
  return (
    <>
      <SettingGroup title={t('settings.flow.title')}>
        <ChoiceSetting
          view={view}
          name="flowUrlForm"
          label={t('settings.flow.form')}
          hint={t('settings.flow.formHint')}
          value={own ? 'own' : 'id'}
          choices={[
            { value: 'id', label: t('settings.flow.formById') },
            { value: 'own', label: t('settings.flow.formOwn') },
          ]}
          change={(form) => ({ flowUrlForm: form === 'own' ? 'own' : 'by-host' })}
        />
        {own ? (
          <TextSetting
            view={view}
            name="flowUrl"
            label={t('settings.flow.url')}
            hint={t('settings.flow.urlHint')}
            bad={t('settings.flow.urlBad')}
            placeholder="https://"
          />
        ) : (
          <>
            <TextSetting
              view={view}
              name="appId"
              label={t('settings.flow.appId')}
              hint={`${t('settings.flow.appIdHint')} ${t('settings.flow.hint')}`}
              bad={t('settings.flow.appIdBad')}
            />
            <WritingSetting view={view} />
          </>
        )}
      </SettingGroup>
      <SettingGroup title={t('settings.flow.phoneTitle')}>
        <TextSetting
          view={view}
          name="callerId"
          label={t('settings.flow.callerId')}
          hint={t('settings.flow.callerIdHint')}
          bad={t('settings.flow.callerIdBad')}
        />
        <AccountPhones view={view} />
      </SettingGroup>
    </>
  );
}

const writings = [
  { value: 'by-host', label: t('settings.flow.writingByHost') },
  { value: 'today', label: t('settings.flow.writingToday') },
  { value: 'legacy', label: t('settings.flow.writingLegacy') },
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
      label={t('settings.flow.writing')}
      hint={t('settings.flow.writingHint')}
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
          {t('settings.flow.pick')}
        </label>
        <p className="second" role="status">
          {phones !== null &&
            (phones.length === 0
              ? t('settings.flow.loadedNone')
              : t('settings.flow.loaded', { count: phones.length }))}
        </p>
      </div>
      <div className="setting-control">
        {phones === null || phones.length === 0 ? (
          <Button id={id} onClick={() => void refetch()} aria-disabled={isFetching}>
            {t(late ? 'settings.flow.loading' : 'settings.flow.load')}
          </Button>
        ) : (
          <Select
            id={id}
            placeholder={t('settings.flow.pickPlaceholder')}
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
