import type { DoNotCall } from '../../src-shared/contact.ts';
import type { Warning } from '../../src-shared/contract/calls.ts';
import { assertNever } from '../../src-shared/errors.ts';
import { date } from '../ui/format.ts';
import { t } from '../words/words.ts';

/** What speaks against a call, in a sentence. */
export function warningWords(warning: Warning): string {
  switch (warning.code) {
    case 'outside-calling-hours':
      return t('dial.outsideHours', { now: warning.now, from: warning.from, until: warning.until });
    case 'called-just-now':
      return t('dial.calledJustNow', { count: warning.secondsAgo });
    case 'called-recently':
      return warning.minutesAgo < 120
        ? t('dial.calledRecently', { count: warning.minutesAgo })
        : t('dial.calledRecentlyHours', { count: Math.round(warning.minutesAgo / 60) });
    case 'called-often':
      return t('dial.calledOften', { count: warning.times, ordinal: true });
    case 'line-down':
      return t('dial.lineDown');
    default:
      return assertNever(warning);
  }
}

/** `for good`, or `until 9 Nov 2026`. */
export function untilWords({ until }: DoNotCall): string {
  return until === null ? t('dial.doNotCallGood') : t('dial.doNotCallUntil', { date: date(until) });
}

/** Who recorded a do-not-call entry, when, and until when it holds. */
export function recordedBy(entry: DoNotCall): string {
  return t('dial.doNotCallBy', { who: entry.who, when: date(entry.at), until: untilWords(entry) });
}
