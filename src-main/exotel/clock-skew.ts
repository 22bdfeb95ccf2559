import type { AnswerHeaders } from './document.ts';

/** A `Date` header tells whole seconds, cut off: half of one is added on average. */
const halfSecond = 500;

/**
 * Exotel's clock less this computer's, ms, as an answer's `Date` header shows it: taken as the time halfway between the
 * request and the answer (ms UTC by this computer's clock). Null where the header is missing or no date.
 */
export function skewOf(headers: AnswerHeaders, sentAt: number, answeredAt: number): number | null {
  const text = headers['date'];
  const theirs = typeof text === 'string' ? Date.parse(text) : Number.NaN;
  return Number.isNaN(theirs) ? null : Math.round(theirs + halfSecond - (sentAt + answeredAt) / 2);
}
