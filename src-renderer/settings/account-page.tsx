import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { SettingsView } from '../../src-shared/contract/settings.ts';
import { knownHosts } from '../../src-shared/settings.ts';
import { missingForAccount, missingText } from '../app/account-missing.ts';
import { Callout } from '../ui/parts.tsx';
import { useLate } from '../ui/use-late.ts';
import { t } from '../words/words.ts';
import { accountTestQuery } from './account-test.ts';
import { ChoiceSetting } from './choice-setting.tsx';
import { saveSetting } from './save.ts';
import { SecretSetting } from './secret-setting.tsx';
import { SettingGroup, SettingRow } from './setting-row.tsx';
import { TextSetting } from './text-setting.tsx';

/** Whose calls these are: the line, the Exotel account, and a test of it. */
export function AccountPage({ view }: { readonly view: SettingsView }) {
  return (
    <>
      <SettingGroup title={t('settings.account.lineTitle')}>
        <ChoiceSetting
          view={view}
          name="line"
          label={t('settings.account.line')}
          hint={t('settings.account.lineHint')}
          value={view.values.line}
          choices={[
            { value: 'practice', label: t('settings.account.linePractice') },
            { value: 'account', label: t('settings.account.lineAccount') },
          ]}
          change={(line) => ({ line })}
          refuse={(line) => {
            const missing = missingForAccount(view);
            return line === 'practice' || missing.length === 0
              ? ''
              : t('settings.account.lineIncomplete', { names: missingText(missing) });
          }}
        />
      </SettingGroup>
      <SettingGroup title={t('settings.account.whereTitle')} hint={t('settings.account.whereHint')}>
        <HostSetting view={view} />
        <TextSetting
          view={view}
          name="accountSid"
          label={t('settings.account.accountSid')}
          hint={t('settings.account.accountSidHint')}
          bad={t('settings.account.accountSidBad')}
        />
        <SecretSetting
          view={view}
          name="exotelApiKey"
          label={t('settings.account.key')}
          hint={t('settings.account.keyHint')}
        />
        <SecretSetting
          view={view}
          name="exotelApiToken"
          label={t('settings.account.token')}
          hint={t('settings.account.tokenHint')}
        />
        <ChoiceSetting
          view={view}
          name="accountShared"
          label={t('settings.account.shared')}
          hint={t('settings.account.sharedHint')}
          value={view.values.accountShared ? 'shared' : 'alone'}
          choices={[
            { value: 'alone', label: t('settings.account.sharedNo') },
            { value: 'shared', label: t('settings.account.sharedYes') },
          ]}
          change={(value) => ({ accountShared: value === 'shared' })}
        />
        <AccountTest view={view} />
      </SettingGroup>
    </>
  );
}

const own = 'own';

function HostSetting({ view }: { readonly view: SettingsView }) {
  const id = useId();
  const { host } = view.values;
  const known = knownHosts.some((name) => name === host);
  const [wantsOwn, setWantsOwn] = useState(!known);
  const [problem, setProblem] = useState('');
  const locked = view.locked.includes('host');
  const choose = async (chosen: string | null) => {
    setWantsOwn(chosen === own);
    const name = knownHosts.find((candidate) => candidate === chosen);
    if (name !== undefined) setProblem((await saveSetting('host-known', { host: name })) ?? '');
  };
  return (
    <>
      <SettingRow
        place="host-known"
        id={id}
        label={t('settings.account.host')}
        hint={t('settings.account.hostHint')}
        locked={locked}
        problem={problem}
      >
        <Select
          id={id}
          disabled={locked}
          value={wantsOwn ? own : host}
          data={[
            ...knownHosts.map((name) => ({ value: name, label: name })),
            { value: own, label: t('settings.account.hostOwn') },
          ]}
          onChange={(chosen) => void choose(chosen)}
        />
      </SettingRow>
      {wantsOwn && (
        <TextSetting
          view={view}
          name="host"
          label={t('settings.account.hostOwnLabel')}
          hint={t('settings.account.hostOwnHint')}
          bad={t('settings.account.hostBad')}
          placeholder="https://"
        />
      )}
    </>
  );
}

function AccountTest({ view }: { readonly view: SettingsView }) {
  const { data: result, isFetching, refetch } = useQuery(accountTestQuery(view));
  const late = useLate(isFetching);
  return (
    <div className="setting setting-action">
      <div className="setting-words">
        <span className="setting-label">{t('settings.account.testTitle')}</span>
        <p className="second">{t('settings.account.testHint')}</p>
      </div>
      <div className="setting-control">
        <Button onClick={() => void refetch()} aria-disabled={isFetching}>
          {t(late ? 'settings.account.testing' : 'settings.account.test')}
        </Button>
      </div>
      <div className="setting-result" role="status">
        {result?.ok === true && (
          <Callout
            tone="ok"
            title={
              result.exoPhones.length === 0
                ? t('settings.account.testOkNone', { ms: Math.round(result.tookMs) })
                : t('settings.account.testOk', {
                    count: result.exoPhones.length,
                    ms: Math.round(result.tookMs),
                  })
            }
          />
        )}
        {result?.ok === false && <Callout tone="bad" title={result.problem} />}
      </div>
    </div>
  );
}
