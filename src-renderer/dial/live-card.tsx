import { Button } from '@mantine/core';
import { safe } from '@orpc/client';
import { IconPhone } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { canCallOff, isTerminal } from '../../src-shared/call.ts';
import type { CallView } from '../../src-shared/contract/calls.ts';
import { api, queryClient } from '../app/api.ts';
import { needsAction } from '../app/call-pages.ts';
import { callBack, callOff, dismissCall, doneWith } from '../app/deeds.ts';
import { takeCall } from '../app/live-updates.ts';
import { isMissed, isOver, isWrappedUp } from '../app/my-calls.ts';
import { repQuery } from '../app/queries.ts';
import { isMac, shortcutText } from '../app/shortcuts.ts';
import { callee, meaning } from '../ui/call-words.ts';
import { shortSid } from '../ui/format.ts';
import { failureWords } from '../ui/failure-words.ts';
import { MatchCallout } from '../ui/match-callout.tsx';
import { Kbd } from '../ui/parts.tsx';
import { ReasonCallout } from '../ui/reason-callout.tsx';
import { CallPill } from '../ui/status-pill.tsx';
import { showToast } from '../ui/toast.tsx';
import { t } from '../words/words.ts';
import { CardClock, SentClock } from './card-clock.tsx';
import { clockOf, headlineKey, type Phase, phaseOf, toneOf } from './phase.ts';
import { StepList } from './step-list.tsx';
import { hasSteps } from './steps.ts';
import { WhoLine } from './who-line.tsx';
import './live-card.css';

/** A call on its way, or as it ended: where it is, how long, what can be done. */
export function LiveCard({ call }: { readonly call: CallView }) {
  const headingId = `call-${call.id}`;
  const phase = phaseOf(call);
  const who = callee(call);
  const follows = hasSteps(call.status) && call.settled === null;
  const sub = subOf(call, phase);
  return (
    <article
      className="card live-card"
      data-status={call.status}
      data-phase={phase ?? undefined}
      data-tone={phase === null ? undefined : toneOf(phase, call)}
      data-ended={isOver(call) || undefined}
      aria-labelledby={headingId}
    >
      <header className="live-head">
        <span className="live-phone" aria-hidden>
          <IconPhone size={20} stroke={1.75} />
        </span>
        <div className="live-words">
          <h3 id={headingId}>
            {phase === null ? t(`headline.${call.status}`, { who }) : t(headlineKey(phase, call), { who })}
          </h3>
          <WhoLine call={call} />
        </div>
        <CardSide call={call} phase={phase} follows={follows} />
      </header>
      <div className="live-body">
        {sub !== '' && <p className="live-meaning">{sub}</p>}
        {call.status !== 'queued' && <ReasonCallout call={call} />}
        <MatchCallout call={call} />
        {follows && <StepList call={call} />}
        <CardFoot call={call} />
      </div>
    </article>
  );
}

/** What it means and what comes next; nothing where the headline and the steps say it all. */
function subOf(call: CallView, phase: Phase | null): string {
  if (phase === 'called-off') return t('live.calledOffNow');
  if (phase === 'missed' && call.conversation.why === 'called-off') return meaning(call);
  return phase === null || phase === 'ringing' ? meaning(call) : '';
}

function CardSide({
  call,
  phase,
  follows,
}: {
  readonly call: CallView;
  readonly phase: Phase | null;
  readonly follows: boolean;
}) {
  const counts = phase === null ? null : clockOf(phase, call);
  return (
    <div className="live-side">
      {phase === null && <CallPill call={call} />}
      {counts !== null && <CardClock counts={counts} />}
      {phase === null && follows && <SentClock call={call} />}
    </div>
  );
}

function CardFoot({ call }: { readonly call: CallView }) {
  const { data: rep } = useQuery(repQuery);
  const wrappedUp = isWrappedUp(call, rep);
  const ended = isTerminal(call.status) || isOver(call);
  const missed = isMissed(call) && call.conversation.why !== 'called-off';
  return (
    <footer className="live-foot">
      {(call.status === 'held' || call.status === 'queued') && <QueueButtons call={call} />}
      {missed && (
        <Button
          variant="filled"
          onClick={() => void callBack(call)}
          rightSection={<Kbd>{shortcutText('alt+B', isMac)}</Kbd>}
        >
          {t('live.callBack')}
        </Button>
      )}
      {wrappedUp && (
        <Button
          variant={missed ? 'default' : 'filled'}
          onClick={() => void doneWith(call)}
          rightSection={<Kbd>{shortcutText('mod+Enter', isMac)}</Kbd>}
        >
          {t('live.done')}
        </Button>
      )}
      {canCallOff(call) && (
        <>
          <Button
            onClick={() => void callOff(call.id)}
            rightSection={<Kbd>{shortcutText('alt+O', isMac)}</Kbd>}
            aria-describedby={`call-off-${call.id}`}
          >
            {t('live.callOff')}
          </Button>
          <span id={`call-off-${call.id}`} className="second live-call-off">
            {t('live.callOffWhat')}
          </span>
        </>
      )}
      {!wrappedUp && (ended || needsAction(call)) && (
        <Button onClick={() => dismissCall(call.id)}>{t('app.dismiss')}</Button>
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
  );
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
