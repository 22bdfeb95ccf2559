import type { DatabaseSync } from 'node:sqlite';

/** How long one slice of long work may keep other writes waiting, ms (design.md, "Storage"). */
const sliceMs = 5;
/** So few take far less than a slice. */
const rowsAtOnce = 50;

/** What one slice of the removal did. */
export interface ForgottenSlice {
  readonly removed: number;
  /** Whether there is nothing left to remove. */
  readonly done: boolean;
}

/**
 * One slice of removing the bodies, as received, of events before `before` (ms UTC) whose calls are over. The parsed
 * event stays, and so does its key, by which a late repeat is still known.
 */
export function rawBodies(db: DatabaseSync): (before: number) => ForgottenSlice {
  const forget = db.prepare(
    `UPDATE call_events SET raw = NULL WHERE nr IN (
       SELECT event.nr FROM call_events event JOIN calls ON calls.id = event.call_id
       WHERE event.raw IS NOT NULL AND event.at < ? AND calls.is_open = 0 LIMIT ${rowsAtOnce}
     )`,
  );
  return (before) => {
    const started = performance.now();
    for (let removed = 0; ; ) {
      const changes = Number(forget.run(before).changes);
      removed += changes;
      if (changes < rowsAtOnce) return { removed, done: true };
      if (performance.now() - started >= sliceMs) return { removed, done: false };
    }
  };
}
