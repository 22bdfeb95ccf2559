import { Button } from '@mantine/core';
import { safe } from '@orpc/client';
import { IconPhone } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { isTerminal } from '../../src-shared/call.ts';
import type { CallView } from '../../src-shared/contract/calls.ts';
import { api, queryClient } from '../app/api.ts';
import { needsAction } from '../app/call-pages.ts';
import { takeCall } from '../app/live-updates.ts';
import { callQuery, currentCallsQuery } from '../app/queries.ts';
import { PracticeMark } from '../ui/call-cells.tsx';
import { callee, meaning } from '../ui/call-words.ts';
import { clock, exactTime, shortSid, timeWithSeconds } from '../ui/format.ts';
import { failureWords } from '../ui/failure-words.ts';
import { MatchCallout } from '../ui/match-callout.tsx';
import { ReasonCallout } from '../ui/reason-callout.tsx';
import { StatusPill } from '../ui/status-pill.tsx';
import { showToast } from '../ui/toast.tsx';
import { t } from '../words/words.ts';
import { hasSteps, type Step, stepsOf } from './steps.ts';
import './live-card.css';

/** A call on its way, or as it ended: where it is, how long, what can be done. */
export function LiveCard({ call }: { readonly call: CallView }) {
  const ended = isTerminal(call.status);
  const headingId = `call-${call.id}`;
  const sub = meaning(call);
  const follows = hasSteps(call.status) && call.settled === null;
  return (
    <article
      className="card live-card"
      data-status={call.status}
      data-ended={ended || undefined}
      aria-labelledby={headingId}
    >
      <header className="live-head">
        <span className="live-phone" aria-hidden>
          <IconPhone size={20} stroke={1.75} />
        </span>
        <div className="live-words">
          <h3 id={headingId}>{t(`headline.${call.status}`, { who: callee(call) })}</h3>
          <p className="live-sub">
            {call.contactName !== null && <span>{call.numberText}</span>}
            {call.line.kind === 'practice' && <PracticeMark />}
          </p>
        </div>
        <div className="live-side">
          <StatusPill call={call} />
          {follows && <Timer call={call} />}
        </div>
      </header>
      <div className="live-body">
        {sub !== '' && <p className="live-meaning">{sub}</p>}
        {call.status !== 'queued' && <ReasonCallout call={call} />}
        <MatchCallout call={call} />
        {follows && <Steps call={call} />}
        <footer className="live-foot">
          {(call.status === 'held' || call.status === 'queued') && <QueueButtons call={call} />}
          {(ended || needsAction(call)) && (
            <Button onClick={() => dismiss(call.id)}>{t('app.dismiss')}</Button>
          )}
          <Link to="/history/$callId" params={{ callId: call.id }} className="live-link">
            {t('app.details')}
          </Link>
          {call.sid !== null && (
            <span className="second live-sid" title={call.sid}>
              {t('dial.sid', { sid: shortSid(call.sid) })}
            </span>
          )}
        </footer>
      </div>
    </article>
  );
}

function dismiss(id: string): void {
  queryClient.setQueryData(currentCallsQuery.queryKey, (calls) => calls?.filter((call) => call.id !== id));
}

function QueueButtons({ call }: { readonly call: CallView }) {
  const act = async (what: 'withdraw' | 'resume') => {
    const { error, data, isDefined } = await safe(api.calls[what]({ id: call.id }));
    if (data !== undefined) return takeCall(queryClient, data);
    const isLate = isDefined && error.code === 'TOO_LATE';
    showToast({ message: isLate ? t('dial.tooLate') : failureWords(error) });
  };
  return (
    <>
      {call.status === 'held' && (
        <Button variant="filled" onClick={() => void act('resume')}>
          {t('dial.continue')}
        </Button>
      )}
      <Button onClick={() => void act('withdraw')}>{t('dial.withdraw')}</Button>
    </>
  );
}

/** Seconds since the call was sent; stands still once it has ended. Not live: a screen reader is not to hear each. */
function Timer({ call }: { readonly call: CallView }) {
  const [now, setNow] = useState(Date.now);
  const running = call.endedAt === null;
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [running]);
  const since = call.sentAt ?? call.placedAt;
  const seconds = call.durationSeconds ?? ((call.endedAt ?? now) - since) / 1000;
  return (
    <span className="live-timer" role="timer" aria-live="off" aria-label={t('dial.timer')}>
      {clock(seconds)}
    </span>
  );
}

function Steps({ call }: { readonly call: CallView }) {
  const { data } = useQuery(callQuery(call.id));
  const steps = stepsOf(call.status, call.endedAt, data?.events.map(({ event }) => event) ?? []);
  return (
    <ol className="steps" aria-label={t('dial.steps')}>
      {steps.map((step) => (
        <StepItem key={step.id} step={step} />
      ))}
    </ol>
  );
}

function StepItem({ step }: { readonly step: Step }) {
  return (
    <li data-state={step.state} aria-current={step.state === 'now' ? 'step' : undefined}>
      <span className="step-name">{t(`dial.step.${step.id}`)}</span>
      <span className="second" title={step.at === null ? undefined : exactTime(step.at)}>
        {step.at === null ? '' : timeWithSeconds(step.at)}
      </span>
    </li>
  );
}
