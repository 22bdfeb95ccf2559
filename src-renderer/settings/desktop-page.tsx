import { safe } from '@orpc/client';
import { useQuery } from '@tanstack/react-query';
import type { SettingsView } from '../../src-shared/contract/settings.ts';
import { api, shell } from '../app/api.ts';
import { desktopQuery, statusQuery } from '../app/queries.ts';
import { t } from '../words/words.ts';
import { HotkeySetting } from './hotkey-setting.tsx';
import { LinkSettings, PageLinkSetting } from './link-settings.tsx';
import { NoteSettings } from './note-settings.tsx';
import { lastSaved, saveSetting } from './save.ts';
import { SettingGroup } from './setting-row.tsx';
import { SwitchSetting } from './switch-setting.tsx';
import './desktop-page.css';

/** What Flowdial is outside its window. What a browser cannot have is shown with the reason. */
export function DesktopPage({ view }: { readonly view: SettingsView }) {
  const { data: desktop } = useQuery(desktopQuery);
  const { data: status } = useQuery(statusQuery);
  if (desktop === undefined || status === undefined) return null;
  const isPage = shell === 'browser';
  const notPage = isPage ? t('settings.desktop.onlyDesktop') : '';
  const simple = (name: 'callAtOnce' | 'readClipboard' | 'closeToTray' | 'callStrip') => ({
    place: name,
    checked: view.values[name],
    locked: view.locked.includes(name),
    save: (on: boolean) => saveSetting(name, { [name]: on }),
  });
  return (
    <>
      <SettingGroup title={t('settings.desktop.hotkeyTitle')}>
        <HotkeySetting hotkey={desktop.hotkey} locked={view.locked.includes('hotkey')} />
        <SwitchSetting
          {...simple('callAtOnce')}
          label={t('settings.desktop.callAtOnce')}
          hint={t('settings.desktop.callAtOnceHint')}
          ruledOut={
            isPage
              ? t('settings.desktop.callAtOnceBrowser')
              : status.platform === 'linux'
                ? t('settings.desktop.callAtOnceLinux')
                : ''
          }
        />
        <SwitchSetting
          {...simple('readClipboard')}
          label={t('settings.desktop.clipboard')}
          hint={t('settings.desktop.clipboardHint')}
        />
      </SettingGroup>
      <SettingGroup title={t('settings.desktop.linksTitle')} hint={t('settings.desktop.linksHint')}>
        {isPage ? <PageLinkSetting /> : <LinkSettings links={desktop.links} />}
      </SettingGroup>
      <SettingGroup title={t('settings.desktop.notesTitle')}>
        <NoteSettings view={view} shownBy={desktop.notifications} />
      </SettingGroup>
      <SettingGroup title={t('settings.desktop.startTitle')}>
        <SwitchSetting
          place="startsAtLogin"
          label={t('settings.desktop.startsAtLogin')}
          hint={t('settings.desktop.startsAtLoginHint')}
          checked={desktop.startsAtLogin === true}
          ruledOut={
            notPage === '' && desktop.startsAtLogin === null ? t('settings.desktop.notLogin') : notPage
          }
          save={saveStartsAtLogin}
        />
        <SwitchSetting
          {...simple('closeToTray')}
          label={t('settings.desktop.closeToTray')}
          hint={t('settings.desktop.closeToTrayHint')}
          ruledOut={notPage}
        />
        <SwitchSetting
          {...simple('callStrip')}
          label={t('settings.desktop.callStrip')}
          hint={t('settings.desktop.callStripHint')}
          ruledOut={notPage}
        />
      </SettingGroup>
    </>
  );
}

async function saveStartsAtLogin(starts: boolean): Promise<string | null> {
  lastSaved.set('');
  const { error, isDefined } = await safe(api.desktop.setStartsAtLogin({ starts }));
  if (error !== null) return t(isDefined ? 'settings.desktop.notLogin' : 'settings.lost');
  lastSaved.set('startsAtLogin');
  return null;
}
