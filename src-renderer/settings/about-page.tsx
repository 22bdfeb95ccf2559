import { useQuery } from '@tanstack/react-query';
import { statusQuery } from '../app/queries.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Fact } from '../ui/parts.tsx';
import { t } from '../words/words.ts';
import { SettingGroup } from './setting-row.tsx';

/** What this is, and where its things lie. */
export function AboutPage() {
  const { data: status } = useQuery(statusQuery);
  if (status === undefined) return null;
  return (
    <SettingGroup title={t('settings.about.title')}>
      <dl className="facts about-facts">
        <Fact name={t('settings.about.version')}>{status.version}</Fact>
        <Fact name={t('settings.about.shell')}>
          {t(status.shell === 'electron' ? 'settings.about.shellElectron' : 'settings.about.shellBrowser')}
        </Fact>
        <Fact name={t('settings.about.platform')}>{status.platform}</Fact>
        <Fact name={t('settings.about.dataDir')}>
          {status.dataDir} <CopyButton text={status.dataDir} />
        </Fact>
        <Fact name={t('settings.about.secrets')}>
          {status.vault.kind === 'keychain'
            ? t('settings.about.secretsKeychain')
            : t('settings.about.secretsMemory', { problem: status.vault.problem })}
        </Fact>
        <Fact name={t('settings.about.callbacks')}>{status.callbacks}</Fact>
        <Fact name={t('settings.about.licences')}>{t('settings.about.licencesText')}</Fact>
      </dl>
    </SettingGroup>
  );
}
