import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { DoorsView } from '../../src-shared/contract/flows.ts';
import type { SettingsView } from '../../src-shared/contract/settings.ts';
import type { Door, Flow } from '../../src-shared/flow.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Callout, ReadFailed } from '../ui/parts.tsx';
import { t } from '../words/words.ts';
import { CheckDialog } from './check-dialog.tsx';
import { FlowPicture } from './flow-picture.tsx';
import { boxesOf, doorOf, type FlowBox } from './flow-setup.ts';
import { replaceDoor } from './save-flows.ts';
import { SettingGroup, SettingNote } from './setting-row.tsx';
import { useDoors } from './use-doors.ts';
import './flow-setup-view.css';

/** How the flow is built in Exotel: its picture, what to paste where, and a call that checks it. */
export function FlowSetup({ flow, view }: { readonly flow: Flow; readonly view: SettingsView }) {
  const [checking, setChecking] = useState(false);
  return (
    <>
      <SettingGroup title={t('settings.setup.picture')} hint={t('settings.setup.pictureHint')}>
        <FlowPicture flow={flow} />
        <p className="second flow-picture-legend">{t('settings.setup.ours')}</p>
      </SettingGroup>
      <Pasted flow={flow} view={view} />
      <SettingGroup title={t('settings.check.title')}>
        <div className="setting setting-action">
          <p className="second">{t('settings.check.what')}</p>
          <div className="setting-control">
            <Button onClick={() => setChecking(true)}>{t('settings.check.open')}</Button>
          </div>
        </div>
      </SettingGroup>
      <CheckDialog flow={flow} view={view} opened={checking} onClose={() => setChecking(false)} />
    </>
  );
}

function Pasted({ flow, view }: { readonly flow: Flow; readonly view: SettingsView }) {
  const { data: doors, isError, refetch } = useDoors(view);
  const boxes = boxesOf(flow);
  return (
    <SettingGroup title={t('settings.setup.urls')} hint={t('settings.setup.urlsHint')}>
      {isError && <ReadFailed retry={() => void refetch()} />}
      {boxes.length === 0 && <p className="setting-wide">{t('settings.setup.urlsNone')}</p>}
      {boxes.length > 0 && doors !== undefined && (
        <>
          <Lasting doors={doors} practice={view.values.line === 'practice'} />
          {doors.stable && doors.urls !== null && <Urls boxes={boxes} urls={doors.urls} />}
          <Secrets doors={[...new Set(boxes.map(doorOf))]} />
        </>
      )}
    </SettingGroup>
  );
}

/** Whether what is pasted stays good; if not, why and what to do. */
function Lasting({ doors, practice }: { readonly doors: DoorsView; readonly practice: boolean }) {
  if (practice) {
    return (
      <div className="setting-wide">
        <Callout tone="quiet" title={t('settings.setup.practice')} />
      </div>
    );
  }
  if (doors.stable && doors.urls !== null) return null;
  return (
    <div className="setting-wide">
      <Callout
        tone="bad"
        title={t(doors.stable ? 'settings.setup.noAddress' : 'settings.setup.unstable')}
        actions={
          <Link to="/settings/$page" params={{ page: 'callbacks' }}>
            {t('settings.setup.openCallbacks')}
          </Link>
        }
      >
        <p>{t('settings.setup.unstableText')}</p>
      </Callout>
    </div>
  );
}

function Urls({
  boxes,
  urls,
}: {
  readonly boxes: readonly FlowBox[];
  readonly urls: NonNullable<DoorsView['urls']>;
}) {
  return (
    <ul className="paste-list">
      {boxes.map((box) => (
        <li key={box} className="paste-row">
          <p className="setting-label">{t(`settings.setup.box.${box}`)}</p>
          <p className="second">{t(`settings.setup.where.${box}`)}</p>
          <p className="paste-url">
            <code>{urls[box]}</code>
            <CopyButton text={urls[box]} of={t(`settings.setup.box.${box}`)} />
          </p>
        </li>
      ))}
    </ul>
  );
}

function Secrets({ doors }: { readonly doors: readonly Door[] }) {
  return (
    <div className="setting">
      <div className="setting-words">
        <span className="setting-label">{t('settings.setup.secrets')}</span>
        <p className="second">{t('settings.setup.secretsHint')}</p>
      </div>
      <div className="setting-control">
        <ul className="secret-list">
          {doors.map((door) => (
            <li key={door}>
              <span>{t(`settings.setup.secretOf.${door}`)}</span>
              <Button
                size="xs"
                aria-label={t('settings.setup.replaceOf', { door: t(`settings.setup.secretOf.${door}`) })}
                onClick={() => void replaceDoor(door)}
              >
                {t('settings.setup.replace')}
              </Button>
            </li>
          ))}
        </ul>
        <SettingNote place="doors" />
      </div>
    </div>
  );
}
