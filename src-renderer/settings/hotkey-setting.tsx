import { Button } from '@mantine/core';
import { safe } from '@orpc/client';
import { IconAlertTriangle, IconCircleCheck, IconHandFinger, IconKeyboard } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { acceleratorText, defaultAccelerator } from '../../src-shared/accelerator.ts';
import type { DesktopState } from '../../src-shared/contract/desktop.ts';
import { api } from '../app/api.ts';
import { isMac, platform } from '../app/shortcuts.ts';
import { Kbd } from '../ui/parts.tsx';
import { t } from '../words/words.ts';
import { recorded, refusalWords, stateWords } from './hotkey-words.ts';
import { lastSaved } from './save.ts';
import { SettingRow } from './setting-row.tsx';

const place = 'hotkey';

/** The hotkey: recorded by pressing it, and proven by pressing it. */
export function HotkeySetting({
  hotkey,
  locked,
}: {
  readonly hotkey: DesktopState['hotkey'];
  readonly locked: boolean;
}) {
  const [recording, setRecording] = useState(false);
  const [problem, setProblem] = useState('');

  const set = async (accelerator: string) => {
    lastSaved.set('');
    setRecording(false);
    const { error, isDefined } = await safe(api.desktop.setHotkey({ accelerator }));
    if (error === null) {
      setProblem('');
      lastSaved.set(place);
    } else
      setProblem(
        isDefined ? refusalWords(error, acceleratorText(accelerator, platform)) : t('settings.lost'),
      );
  };
  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>) => {
    if (!recording) return;
    // Nothing that is pressed to record it acts: neither the page's own keys nor the button.
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') return setRecording(false);
    if (event.repeat) return;
    const pressed = recorded(event.nativeEvent, platform);
    if ('problem' in pressed) setProblem(pressed.problem);
    else void set(pressed.accelerator);
  };

  return (
    <>
      <SettingRow
        place={place}
        label={t('settings.desktop.hotkey')}
        hint={t(hotkey.state === 'page' ? 'settings.desktop.hotkeyHintPage' : 'settings.desktop.hotkeyHint')}
        locked={locked}
        problem={problem}
      >
        <div className="hotkey">
          <span className="hotkey-keys">
            {hotkey.accelerator === '' ? (
              t('settings.desktop.hotkeyNone')
            ) : (
              <>
                <span className="visually-hidden">{acceleratorText(hotkey.accelerator, platform)}</span>
                <Kbd>{acceleratorText(hotkey.accelerator, platform)}</Kbd>
              </>
            )}
          </span>
          <Button
            variant={recording ? 'filled' : 'default'}
            disabled={locked}
            leftSection={<IconKeyboard size={16} aria-hidden />}
            onClick={() => {
              setProblem('');
              setRecording(!recording);
            }}
            onKeyDown={onKeyDown}
            // A press of Space or Enter is a key to record, not a click.
            onKeyUp={(event) => recording && event.preventDefault()}
            onBlur={() => setRecording(false)}
          >
            {t(recording ? 'settings.desktop.recording' : 'settings.desktop.record')}
          </Button>
        </div>
        {recording && (
          <p className="second hotkey-hint" role="status">
            {t(isMac ? 'settings.desktop.recordingHintMac' : 'settings.desktop.recordingHint')}
          </p>
        )}
        {!recording && !locked && (
          <p className="hotkey-ways">
            {hotkey.accelerator !== defaultAccelerator && (
              <button type="button" className="link-button" onClick={() => void set(defaultAccelerator)}>
                {t('settings.desktop.reset', { hotkey: acceleratorText(defaultAccelerator, platform) })}
              </button>
            )}
            {hotkey.accelerator !== '' && (
              <button type="button" className="link-button" onClick={() => void set('')}>
                {t('settings.desktop.clear')}
              </button>
            )}
          </p>
        )}
      </SettingRow>
      <HotkeyProof hotkey={hotkey} />
    </>
  );
}

const proofs = {
  off: { Sign: IconKeyboard, tone: 'quiet' },
  page: { Sign: IconKeyboard, tone: 'quiet' },
  unproven: { Sign: IconHandFinger, tone: 'quiet' },
  proven: { Sign: IconCircleCheck, tone: 'ok' },
  taken: { Sign: IconAlertTriangle, tone: 'bad' },
  reserved: { Sign: IconAlertTriangle, tone: 'bad' },
  unavailable: { Sign: IconAlertTriangle, tone: 'bad' },
} as const;

/** Whether the hotkey was ever felt: a registration alone proves nothing. Changes as it is pressed. */
function HotkeyProof({ hotkey }: { readonly hotkey: DesktopState['hotkey'] }) {
  const { Sign, tone } = proofs[hotkey.state];
  const hint = hotkey.state === 'unproven' && platform === 'linux' ? ` ${t('settings.desktop.wayland')}` : '';
  return (
    <p className="setting-wide hotkey-proof" data-tone={tone} role="status">
      <span>
        <Sign size={16} stroke={1.75} aria-hidden />
        {`${stateWords(hotkey)}${hint}`}
      </span>
    </p>
  );
}
