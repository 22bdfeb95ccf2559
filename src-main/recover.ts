import { emptyReport } from '../src-shared/exotel-report.ts';
import type { Dialer } from './calls/dialer.ts';
import type { Reconciler } from './calls/reconciler.ts';
import type { Recorder } from './calls/recorder.ts';
import type { Clock } from './ports.ts';
import type { Storage, StoredCall } from './storage/storage.ts';

/** What was queued longer ago at start was queued across a gap: a person must say whether it still stands. ms. */
export const gapMs = 60_000;

/** A call from after now: the clock was set back, and how long ago it was queued cannot be told. */
function isAcrossGap(queuedAt: number, now: number): boolean {
  return now - queuedAt > gapMs || queuedAt > now;
}

/** Duration and price of calls that ended before the program stopped are asked for until so long after. ms. */
const lateDetailsMs = 24 * 3_600_000;

/**
 * Takes up the calls of the last run. Resolves with how many of the account's were on the wire when it ended: they are
 * in doubt now.
 */
export async function recoverCalls(parts: {
  readonly clock: Clock;
  readonly storage: Storage;
  readonly recorder: Recorder;
  readonly reconciler: Reconciler;
  readonly dialer: Dialer;
  /** Told of each call that is not over, as it was. */
  readonly found: (stored: StoredCall) => void;
}): Promise<number> {
  const { clock, storage, recorder, reconciler, dialer, found } = parts;
  let interrupted = 0;
  const open = await storage.calls.open();
  // All at once: a customer may ask for the rep while the first is still written.
  for (const stored of open) found(stored);
  // Exotel asked for a pause of the whole line: it must know before the first call is let go.
  for (const { call } of open) if (call.status === 'queued') dialer.pauseFor(call);
  for (const stored of open) {
    const { id, status, line, updatedAt } = stored.call;
    const at = clock.now();
    if (status === 'dialing') {
      await recorder.append(id, { type: 'interrupted', at });
      if (line.kind === 'account') interrupted++;
    } else if (status === 'queued' && isAcrossGap(updatedAt, at)) {
      await recorder.append(id, { type: 'held', at });
    } else if (status === 'queued') {
      dialer.enqueue(stored);
    } else if (line.kind === 'practice' && (status === 'in-progress' || status === 'answered')) {
      // The practice line that rang it ended with the program that ran it.
      const report = { ...emptyReport, status: 'canceled' };
      await recorder.append(id, { type: 'reported', at, source: 'asked', report });
    } else {
      reconciler.follow(stored);
    }
  }
  for (const stored of await storage.calls.unsettled(clock.now() - lateDetailsMs)) {
    reconciler.follow(stored);
  }
  return interrupted;
}
