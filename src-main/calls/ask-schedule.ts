/**
 * What is asked of a call: `end`, what became of a call whose Sid is known; `sid`, which call of Exotel's list it is;
 * `details`, the duration and the price of one that has ended.
 */
export type Question = 'end' | 'sid' | 'details';

const minute = 60_000;

/** Ms after the send, or for `details` after the end (design.md, "The reconciler"; exotel-api.md, "Calls/connect"). */
const first: Readonly<Record<Question, readonly number[]>> = {
  end: [15_000, 30_000, minute],
  sid: [20_000, minute, 2 * minute, 5 * minute, 10 * minute, 20 * minute, 30 * minute],
  // Exotel fills them in 2 to 5 minutes after the end.
  details: [3 * minute, 6 * minute, 15 * minute],
};

/** After this, each minute becomes each five. */
const lateMs = 15 * minute;

/**
 * When to ask next, ms after the send (for `details`, the end); null: it has been asked often enough.
 *
 * @param repIsThere nobody looks at what is asked for each minute while the rep is away: each five will do.
 */
export function nextAskAfter(question: Question, elapsedMs: number, repIsThere: boolean): number | null {
  const early = first[question].find((at) => at > elapsedMs);
  if (early !== undefined) return early;
  if (question === 'details') return null;
  const step = elapsedMs < lateMs && repIsThere ? minute : 5 * minute;
  return (Math.floor(elapsedMs / step) + 1) * step;
}

/** How long to leave a line alone after so many failures in a row, ms: 30 s, doubling to 10 min. */
export function backOffAfter(failures: number): number {
  return Math.min(30_000 * 2 ** (failures - 1), 10 * minute);
}
