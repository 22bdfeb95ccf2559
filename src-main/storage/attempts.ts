/** The key of an attempt's event: no attempt of a call is written twice. */
export function attemptKey(attempt: number): string {
  return `attempt ${attempt}`;
}

/** Whether a row of `call_events` is an attempt, in SQL: by its key, for a call may have thousands of other events. */
export const isAttempt = "key > 'attempt ' AND key < 'attempt!' AND callback_hash IS NOT NULL";
