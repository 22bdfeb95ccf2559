import type { SettingsView } from '../../src-shared/contract/settings.ts';
import { t } from '../words/words.ts';
import { ChoiceSetting } from './choice-setting.tsx';
import { SettingGroup } from './setting-row.tsx';
import { TextSetting } from './text-setting.tsx';

/** What each call is sent with, and what is asked before. */
export function CallsPage({ view }: { readonly view: SettingsView }) {
  return (
    <>
      <SettingGroup title={t('settings.calls.title')}>
        <ChoiceSetting
          view={view}
          name="numberForm"
          label={t('settings.calls.numberForm')}
          hint={t('settings.calls.numberFormHint')}
          value={view.values.numberForm}
          choices={[
            { value: 'national', label: t('settings.calls.numberFormNational') },
            { value: 'e164', label: t('settings.calls.numberFormE164') },
          ]}
          change={(numberForm) => ({ numberForm })}
        />
        {(['timeLimitSeconds', 'timeOutSeconds', 'customField'] as const).map((name) => (
          <TextSetting
            key={name}
            view={view}
            name={name}
            label={t(`settings.calls.${name}`)}
            hint={t(`settings.calls.${name}Hint`)}
            bad={t(`settings.calls.${name}Bad`)}
          />
        ))}
        <ChoiceSetting
          view={view}
          name="statusCallbackEvents"
          label={t('settings.calls.events')}
          hint={t('settings.calls.eventsHint')}
          value={view.values.statusCallbackEvents ? 'on' : 'off'}
          choices={[
            { value: 'off', label: t('settings.calls.eventsOff') },
            { value: 'on', label: t('settings.calls.eventsOn') },
          ]}
          change={(chosen) => ({ statusCallbackEvents: chosen === 'on' })}
        />
      </SettingGroup>
      <SettingGroup title={t('settings.calls.meFirstTitle')} hint={t('settings.calls.meFirstHint')}>
        <ChoiceSetting
          view={view}
          name="ringMeFirstRecording"
          label={t('settings.calls.ringMeFirstRecording')}
          hint={t('settings.calls.ringMeFirstRecordingHint')}
          value={view.values.ringMeFirstRecording}
          choices={[
            { value: 'off', label: t('settings.calls.recordingOff') },
            { value: 'single', label: t('settings.calls.recordingSingle') },
            { value: 'dual', label: t('settings.calls.recordingDual') },
          ]}
          change={(ringMeFirstRecording) => ({ ringMeFirstRecording })}
        />
        <TextSetting
          view={view}
          name="ringMeFirstWaitUrl"
          label={t('settings.calls.ringMeFirstWaitUrl')}
          hint={t('settings.calls.ringMeFirstWaitUrlHint')}
          bad={t('settings.calls.ringMeFirstWaitUrlBad')}
          placeholder="https://"
        />
      </SettingGroup>
      <SettingGroup title={t('settings.calls.careTitle')}>
        {(['callingHoursFrom', 'callingHoursUntil'] as const).map((name) => (
          <TextSetting
            key={name}
            view={view}
            name={name}
            label={`${t('settings.calls.hours')}: ${t(`settings.calls.${name}`).toLowerCase()}`}
            hint={t('settings.calls.hoursHint')}
            bad={t(`settings.calls.${name}Bad`)}
          />
        ))}
        {(['askAgainSeconds', 'recentHours', 'callsADay', 'repName'] as const).map((name) => (
          <TextSetting
            key={name}
            view={view}
            name={name}
            label={t(`settings.calls.${name}`)}
            hint={t(`settings.calls.${name}Hint`)}
            bad={t(`settings.calls.${name}Bad`)}
          />
        ))}
      </SettingGroup>
    </>
  );
}
