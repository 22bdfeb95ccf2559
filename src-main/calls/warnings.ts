import type { Line } from '../../src-shared/call-events.ts';
import type { Warning } from '../../src-shared/contract/calls.ts';
import type { Settings } from '../../src-shared/settings.ts';
import type { PlaceGuard, Storage, StoredCall } from '../storage/storage.ts';
import { callingHoursWarningOn } from './calling-hours.ts';

const istOffsetMs = 330 * 60_000;
const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** Midnight IST of this time's day, ms UTC. */
export function startOfDay(at: number): number {
  return Math.floor((at + istOffsetMs) / dayMs) * dayMs - istOffsetMs;
}

/** What is looked up about earlier calls to the number; each part that a person overrides is not looked at again. */
export function historyGuard(
  line: Line['kind'],
  settings: Settings,
  now: number,
  accepted: readonly Warning['code'][],
): Pick<PlaceGuard, 'placedSince' | 'atMost'> {
  const has = (code: Warning['code']) => accepted.includes(code);
  // A call of just now is a recent one too: who overrides the one is not asked about the other.
  const asksRecent = !has('called-recently') && !has('called-just-now');
  const windows = [
    has('called-just-now') ? 0 : settings.askAgainSeconds * 1000,
    // Nobody is called on the practice line: only a slip of the hand is asked about.
    asksRecent && line !== 'practice' ? settings.recentHours * hourMs : 0,
  ];
  const window = Math.max(...windows);
  const counts = settings.callsADay > 0 && line !== 'practice' && !has('called-often');
  return {
    placedSince: window === 0 ? null : now - window,
    atMost: counts ? { calls: settings.callsADay - 1, since: startOfDay(now) } : null,
  };
}

/** What was found of earlier calls to a number. */
interface EarlierCalls {
  readonly recent: StoredCall | null;
  readonly calls: number;
}

/** Looks up what a guard asks for, outside the transaction that places a call. */
export async function earlierCalls(
  e164: string,
  line: string,
  { placedSince, atMost }: Pick<PlaceGuard, 'placedSince' | 'atMost'>,
  storage: Storage,
): Promise<EarlierCalls> {
  const [recent, calls] = await Promise.all([
    placedSince === null ? null : storage.calls.recent(e164, line, placedSince),
    atMost === null ? 0 : storage.calls.countSince(e164, line, atMost.since),
  ]);
  return { recent, calls };
}

/** What was found, as warnings. */
export function historyWarnings(
  found: EarlierCalls,
  guard: Pick<PlaceGuard, 'atMost'>,
  settings: Settings,
  now: number,
): Warning[] {
  const warnings: Warning[] = [];
  if (found.recent !== null) {
    const { id: callId, placedAt } = found.recent.call;
    const ago = Math.max(0, now - placedAt);
    warnings.push(
      ago <= settings.askAgainSeconds * 1000
        ? { code: 'called-just-now', secondsAgo: Math.round(ago / 1000), callId }
        : { code: 'called-recently', minutesAgo: Math.round(ago / 60_000), callId },
    );
  }
  if (guard.atMost !== null && found.calls >= guard.atMost.calls) {
    warnings.push({ code: 'called-often', times: found.calls + 1 });
  }
  return warnings;
}

/** What speaks against any call on this line now. */
export function lineWarnings(
  line: Line['kind'],
  settings: Settings,
  now: number,
  isDown: boolean,
): Warning[] {
  const hours = callingHoursWarningOn(line, settings, now);
  return [...(hours === null ? [] : [hours]), ...(isDown ? [{ code: 'line-down' } as const] : [])];
}
