import { ActionIcon } from '@mantine/core';
import { IconNotes, IconPhone, IconPhoneOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { canCallOff } from '../../src-shared/call.ts';
import type { CallView } from '../../src-shared/contract/calls.ts';
import { useCurrentCalls } from '../app/current-calls.ts';
import { callOff } from '../app/deeds.ts';
import { isOver } from '../app/my-calls.ts';
import { useLinksToMain } from '../app/use-links-to-main.ts';
import { CardClock, SentClock } from '../dial/card-clock.tsx';
import { clockOf, phaseOf, toneOf } from '../dial/phase.ts';
import { hasSteps } from '../dial/steps.ts';
import { callee } from '../ui/call-words.ts';
import { conversationWords } from '../ui/conversation-words.ts';
import { t } from '../words/words.ts';
import './strip.css';

/** The calls that run, in a small window above all others: who, how it stands, how long, and what must be quick. */
export function StripPage() {
  const running = useCurrentCalls().filter((call) => !isOver(call));
  useLinksToMain(() => undefined);
  return (
    <main className="strip">
      <h1 className="visually-hidden">{t('strip.title')}</h1>
      {running.length === 0 ? (
        <p className="strip-none">{t('strip.none')}</p>
      ) : (
        <ul>
          {running.map((call) => (
            <StripRow key={call.id} call={call} />
          ))}
        </ul>
      )}
    </main>
  );
}

function StripRow({ call }: { readonly call: CallView }) {
  const phase = phaseOf(call);
  const counts = phase === null ? null : clockOf(phase, call);
  const who = callee(call);
  return (
    <li className="strip-row" data-tone={phase === null ? 'brand' : toneOf(phase, call)} data-phase={phase}>
      <span className="strip-phone" aria-hidden>
        <IconPhone size={16} stroke={1.75} />
      </span>
      <div className="strip-words">
        <Link to="/history/$callId" params={{ callId: call.id }} className="strip-who ellipsis">
          {who}
        </Link>
        <p className="ellipsis" role="status">
          {conversationWords(call)?.short ?? stateWords(call, phase)}
        </p>
      </div>
      <div className="strip-clock">
        {counts !== null && <CardClock counts={counts} />}
        {counts === null && hasSteps(call.status) && <SentClock call={call} />}
      </div>
      {canCallOff(call) && (
        <ActionIcon
          aria-label={t('strip.callOff', { who })}
          title={t('live.callOffWhat')}
          onClick={() => void callOff(call.id)}
        >
          <IconPhoneOff size={18} stroke={1.75} aria-hidden />
        </ActionIcon>
      )}
      <Link
        to="/history/$callId"
        params={{ callId: call.id }}
        search={{ note: true }}
        className="strip-note"
        aria-label={t('strip.note', { who })}
        title={t('live.note')}
      >
        <IconNotes size={18} stroke={1.75} aria-hidden />
      </Link>
    </li>
  );
}

function stateWords(call: CallView, phase: ReturnType<typeof phaseOf>): string {
  if (phase === 'ringing') return t('strip.ringing');
  return phase === 'called-off' ? t('conversation.short.calledOff') : t(`status.${call.status}`);
}
