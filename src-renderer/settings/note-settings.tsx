import { Button } from '@mantine/core';
import { useState } from 'react';
import type { DesktopState } from '../../src-shared/contract/desktop.ts';
import type { SettingsView } from '../../src-shared/contract/settings.ts';
import { notePermission } from '../app/page-notes.ts';
import { t } from '../words/words.ts';
import { saveSetting } from './save.ts';
import { SettingRow } from './setting-row.tsx';
import { SwitchSetting } from './switch-setting.tsx';

const kinds = ['onTheLine', 'talked', 'missed', 'notReached', 'failed'] as const;

/** What is notified, and where a browser must be asked whether anything is. */
export function NoteSettings({
  view,
  shownBy,
}: {
  readonly view: SettingsView;
  readonly shownBy: DesktopState['notifications'];
}) {
  const { doNotDisturb, notify } = view.values;
  const locked = view.locked.includes('notify');
  return (
    <>
      <SwitchSetting
        place="doNotDisturb"
        label={t('settings.desktop.doNotDisturb')}
        hint={t('settings.desktop.doNotDisturbHint')}
        checked={doNotDisturb}
        locked={view.locked.includes('doNotDisturb')}
        save={(on) => saveSetting('doNotDisturb', { doNotDisturb: on })}
      />
      {shownBy === 'page' && <NotePermission />}
      {kinds.map((kind) => (
        <SwitchSetting
          key={kind}
          place={`notify-${kind}`}
          label={t(`settings.desktop.notify.${kind}`)}
          hint={t(`settings.desktop.notifyHint.${kind}`)}
          checked={notify[kind]}
          locked={locked}
          save={(on) => saveSetting(`notify-${kind}`, { notify: { ...notify, [kind]: on } })}
        />
      ))}
    </>
  );
}

/** The browser is asked only here, and only by a click. */
function NotePermission() {
  const [permission, setPermission] = useState(notePermission);
  return (
    <SettingRow
      place="note-permission"
      label={t('settings.desktop.permission')}
      hint={t('settings.desktop.permissionHint')}
    >
      <div className="row-of">
        <span role="status">{t(`settings.desktop.permissionOf.${permission}`)}</span>
        {permission === 'default' && (
          <Button onClick={() => void Notification.requestPermission().then(setPermission)}>
            {t('settings.desktop.permissionAsk')}
          </Button>
        )}
      </div>
    </SettingRow>
  );
}
