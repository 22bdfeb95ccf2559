import { Button } from '@mantine/core';
import { safe } from '@orpc/client';
import { useEffect, useRef } from 'react';
import type { ListedReport } from '../../src-shared/exotel-report.ts';
import type { CallView } from '../../src-shared/contract/calls.ts';
import { exotelTime } from '../../src-shared/exotel-fields.ts';
import { api, queryClient } from '../app/api.ts';
import { takeCall } from '../app/live-updates.ts';
import { notMineAsked } from '../app/not-mine.ts';
import { useStore } from '../app/store.ts';
import { t } from '../words/words.ts';
import { clock, exactTime, shortSid } from './format.ts';
import { listedWords } from './call-words.ts';
import { failureWords } from './failure-words.ts';
import './match-callout.css';
import { Callout } from './parts.tsx';
import { showToast } from './toast.tsx';

/** What only number and time speak for, what a person must choose from, and how asking ended without an end. */
export function MatchCallout({ call }: { readonly call: CallView }) {
  if (call.candidates.length > 0) return <Choice call={call} />;
  if (call.match !== null && call.sid !== null) return <Match call={call} sid={call.sid} />;
  if (call.settled === null) return null;
  const key = call.settled === 'not-found' ? 'match.notFound' : 'match.forgotten';
  return (
    <Callout tone="doubt" title={t(key)}>
      <p>{t(`${key}Todo`)}</p>
    </Callout>
  );
}

function Match({ call, sid }: { readonly call: CallView; readonly sid: string }) {
  const asked = useStore(notMineAsked) === call.id;
  const confirm = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (asked) confirm.current?.focus();
  }, [asked]);
  const by = call.match?.by === 'rep' ? 'match.byYou' : 'match.bySearch';
  if (!asked) {
    return (
      <Callout
        tone="quiet"
        title={t(by)}
        actions={
          <Button size="xs" onClick={() => notMineAsked.set(call.id)}>
            {t('match.notMine')}
          </Button>
        }
      >
        <p>{t('match.why')}</p>
      </Callout>
    );
  }
  return (
    <Callout
      tone="doubt"
      title={t('match.notMineAsk')}
      actions={
        <>
          <Button ref={confirm} size="xs" variant="filled" onClick={() => void decide('notMine', call, sid)}>
            {t('match.notMineYes')}
          </Button>
          <Button size="xs" onClick={() => notMineAsked.set(null)}>
            {t('match.keep')}
          </Button>
        </>
      }
    >
      <p>{t('match.notMineTodo')}</p>
    </Callout>
  );
}

function Choice({ call }: { readonly call: CallView }) {
  const { candidates } = call;
  return (
    <Callout tone="doubt" title={t('match.choose', { count: candidates.length })}>
      <p>{t('match.chooseTodo')}</p>
      <ul className="match-list">
        {candidates.map((listed) => (
          <Candidate key={listed.sid} call={call} listed={listed} />
        ))}
      </ul>
    </Callout>
  );
}

function Candidate({ call, listed }: { readonly call: CallView; readonly listed: ListedReport }) {
  const created = listed.dateCreated === null ? null : exotelTime(listed.dateCreated);
  const words = [
    created === null ? t('match.noTime') : exactTime(created),
    listedWords(listed),
    ...(listed.durationSeconds === null ? [] : [clock(listed.durationSeconds)]),
  ].join(' · ');
  const name = `${words} · ${shortSid(listed.sid)}`;
  return (
    <li>
      <span>
        {words} <span className="second">{shortSid(listed.sid)}</span>
      </span>
      <span className="row-of">
        <Button
          size="xs"
          variant="filled"
          aria-label={t('match.thisOneOf', { name })}
          onClick={() => void decide('chooseMatch', call, listed.sid)}
        >
          {t('match.thisOne')}
        </Button>
        <Button
          size="xs"
          aria-label={t('match.notThisOf', { name })}
          onClick={() => void decide('notMine', call, listed.sid)}
        >
          {t('match.notMine')}
        </Button>
      </span>
    </li>
  );
}

async function decide(what: 'notMine' | 'chooseMatch', { id }: CallView, sid: string): Promise<void> {
  const { error, data, isDefined } = await safe(api.calls[what]({ id, sid }));
  notMineAsked.set(null);
  if (data !== undefined) return takeCall(queryClient, data);
  const isLate = isDefined && error.code === 'TOO_LATE';
  showToast({ message: isLate ? t('match.tooLate') : failureWords(error) });
}
