import type { CallView, Warning } from '../../src-shared/contract/calls.ts';
import { warningWords } from '../dial/warning-words.ts';
import { t } from '../words/words.ts';

/** What matters most comes first: what nobody may do, what does not work, what annoys. */
const order: readonly Warning['code'][] = [
  'outside-calling-hours',
  'line-down',
  'called-just-now',
  'called-recently',
  'called-often',
];

/** The call that a warning speaks of; null: none. */
export function warnedOf(warnings: readonly Warning[]): string | null {
  const warning = warnings.find(({ code }) => code === 'called-just-now' || code === 'called-recently');
  return warning !== undefined && 'callId' in warning ? warning.callId : null;
}

/** All that speaks against a call, in one line. `last` is the call that it speaks of, where it is known. */
export function verdictLine(warnings: readonly Warning[], last: CallView | undefined): string {
  return warnings
    .toSorted((one, other) => order.indexOf(one.code) - order.indexOf(other.code))
    .map((warning) => sentenceOf(warning, last))
    .join(' ');
}

function sentenceOf(warning: Warning, last: CallView | undefined): string {
  switch (warning.code) {
    case 'called-just-now':
      return t('card.calledAgo', {
        time: t('length.seconds', { seconds: warning.secondsAgo }),
        ...how(last),
      });
    case 'called-recently':
      return t('card.calledAgo', { time: agoWords(warning.minutesAgo), ...how(last) });
    case 'called-often':
      return t('card.calledOften', { count: warning.times, ordinal: true });
    default:
      return warningWords(warning);
  }
}

function agoWords(minutes: number): string {
  return minutes < 120
    ? t('length.minutes', { minutes })
    : t('length.hours', { hours: Math.round(minutes / 60) });
}

/** What the last call came to, after a comma; nothing where it is not known. */
function how(last: CallView | undefined): { readonly how: string } {
  return { how: last === undefined ? '' : `, ${(last.outcome ?? t(`status.${last.status}`)).toLowerCase()}` };
}
