import { useEffect, useState } from 'react';
import type { CallView } from '../../src-shared/contract/calls.ts';
import { clock } from '../ui/format.ts';
import { t } from '../words/words.ts';
import type { PhaseClock } from './phase.ts';

/** How long this has gone on, or went on. Not live: a screen reader is not to hear each second. */
export function CardClock({ counts }: { readonly counts: PhaseClock }) {
  const { kind, seconds, since } = counts;
  const now = useTicking(seconds === null);
  const shown = seconds ?? (since === null ? null : (now - since) / 1000);
  if (shown === null) return null;
  return (
    <>
      <span className="live-timer" role="timer" aria-live="off" aria-label={t(`live.timer.${kind}`)}>
        {clock(shown)}
      </span>
      <span className="live-clock-kind" aria-hidden>
        {t(`live.clock.${kind}`)}
      </span>
    </>
  );
}

/** Seconds since the call was sent; stands still once it has ended. */
export function SentClock({ call }: { readonly call: CallView }) {
  const now = useTicking(call.endedAt === null);
  const since = call.sentAt ?? call.placedAt;
  const seconds = call.durationSeconds ?? ((call.endedAt ?? now) - since) / 1000;
  return (
    <span className="live-timer" role="timer" aria-live="off" aria-label={t('dial.timer')}>
      {clock(seconds)}
    </span>
  );
}

function useTicking(running: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [running]);
  return now;
}
