import { Button } from '@mantine/core';
import { IconAlertTriangle, IconFlask } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useSyncExternalStore } from 'react';
import type { AppStatus } from '../../src-shared/contract/app.ts';
import { assertNever } from '../../src-shared/errors.ts';
import { exactTime } from '../ui/format.ts';
import { t } from '../words/words.ts';
import { missingForAccount } from './account-missing.ts';
import { api, connection } from './api.ts';
import { switchLine } from './line.ts';
import { settingsQuery, statusQuery } from './queries.ts';
import './bands.css';

/** What must not be overlooked, across the whole window, for as long as it is true. */
export function Bands() {
  const { data: status } = useQuery(statusQuery);
  return (
    <section aria-label={t('app.notices')}>
      <LostBand />
      <PracticeBand />
      {status?.vault.kind === 'memory' && (
        <Band title={t('notice.vaultMemory')} text={t('notice.vaultMemoryTodo')}>
          <Link to="/settings/$page" params={{ page: 'about' }} className="link-button">
            {t('notice.vaultMemoryWhy')}
          </Link>
        </Band>
      )}
      {status?.notices.map((notice) => (
        <Notice key={notice.code} notice={notice} />
      ))}
    </section>
  );
}

function PracticeBand() {
  const { data: settings } = useQuery(settingsQuery);
  if (settings?.values.line !== 'practice') return null;
  const ready = missingForAccount(settings).length === 0;
  return (
    <div className="band practice-band">
      <IconFlask size={16} stroke={1.75} aria-hidden />
      <p>
        <strong>{t('band.practice')}</strong>{' '}
        <span className="band-hint">
          {t('band.hint', { busy: '0001', noAnswer: '0002', failed: '0003' })}
        </span>
      </p>
      {ready ? (
        <button type="button" className="link-button" onClick={() => void switchLine('account')}>
          {t('band.useAccount')}
        </button>
      ) : (
        <Link to="/settings/$page" params={{ page: 'account' }} className="link-button">
          {t('band.setUp')}
        </Link>
      )}
    </div>
  );
}

function LostBand() {
  const state = useSyncExternalStore(connection.subscribe, connection.state);
  return (
    // In the page from the start, so that a screen reader says it when it fills.
    <div role="alert">
      {state === 'lost' && (
        <Band title={t('connection.lost')} text={t('connection.lostTodo')} tone="bad">
          <Button size="xs" onClick={() => connection.retry()}>
            {t('connection.retry')}
          </Button>
        </Band>
      )}
    </div>
  );
}

function Notice({ notice }: { readonly notice: AppStatus['notices'][number] }) {
  const navigate = useNavigate();
  const dismiss = (
    <Button size="xs" onClick={() => void api.app.dismissNotice({ code: notice.code })}>
      {t('app.dismiss')}
    </Button>
  );
  switch (notice.code) {
    case 'settings-set-aside':
      return (
        <Band
          title={t('notice.settingsSetAside')}
          text={t('notice.settingsSetAsideTodo', { file: notice.file })}
        >
          {dismiss}
        </Band>
      );
    case 'settings-ignored':
      return (
        <Band
          title={t('notice.settingsIgnored', { names: notice.names.join(', ') })}
          text={t('notice.settingsIgnoredTodo')}
        >
          {dismiss}
        </Band>
      );
    case 'provisioning':
      return (
        <Band title={t('notice.provisioning')} text={notice.problems.join(' ')}>
          {dismiss}
        </Band>
      );
    case 'calls-changed-away':
      return (
        <Band
          title={t('notice.callsChangedAway', { count: notice.count })}
          text={t('notice.callsChangedAwayTodo')}
        >
          {dismiss}
        </Band>
      );
    case 'list-unavailable':
      return (
        <Band title={t('notice.listUnavailable')} text={t('notice.listUnavailableTodo')}>
          {dismiss}
        </Band>
      );
    case 'account-shared':
      return (
        <Band title={t('notice.accountShared')} text={t('notice.accountSharedTodo')}>
          {dismiss}
        </Band>
      );
    case 'storage-restored':
      return (
        <Band
          title={t('notice.storageRestored')}
          text={restoredText(notice.copyFrom, notice.setAside)}
          tone="bad"
        >
          {dismiss}
        </Band>
      );
    case 'storage-damaged':
      return <Band title={t('notice.storageDamaged')} text={t('notice.storageDamagedTodo')} tone="bad" />;
    case 'copy-failed':
      return (
        <Band title={t('notice.copyFailed')} text={t('notice.copyFailedTodo', { problem: notice.problem })}>
          {dismiss}
        </Band>
      );
    case 'calls-interrupted':
      return (
        <Band
          title={t('notice.callsInterrupted', { count: notice.count })}
          text={t('notice.callsInterruptedTodo')}
          tone="bad"
        >
          <Button size="xs" onClick={() => void navigate({ to: '/history' })}>
            {t('notice.openHistory')}
          </Button>
          {dismiss}
        </Band>
      );
    default:
      return assertNever(notice);
  }
}

function restoredText(copyFrom: number | null, file: string): string {
  return copyFrom === null
    ? t('notice.storageRestoredEmpty', { file })
    : t('notice.storageRestoredFrom', { file, when: exactTime(copyFrom) });
}

function Band({
  title,
  text,
  tone,
  children,
}: {
  readonly title: string;
  readonly text: string;
  readonly tone?: 'bad';
  readonly children?: ReactNode;
}) {
  return (
    <div className="band" data-tone={tone}>
      <IconAlertTriangle size={16} stroke={1.75} aria-hidden />
      <p>
        <strong>{title}</strong> {text}
      </p>
      {children}
    </div>
  );
}
