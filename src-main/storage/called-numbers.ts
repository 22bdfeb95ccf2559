import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { prepare } from './query.ts';
import { type Condition, rowsHolding } from './search.ts';

/** So few are indexed in far less than a slice of long work. */
const atOnce = 50;

/** The calls whose numbers wait for the index: those from behind it on. */
const waiting = 'calls WHERE calls.rowid > (SELECT up_to FROM numbers_indexed)';

/**
 * The numbers that were called, each once, to be found by any piece of them. Those of the newest calls wait, and are
 * found where they are: to index one takes seven pages, and a dial waits for each page that it writes.
 */
export interface CalledNumbers {
  /** Indexes some of those that wait. Whether none waits any more. */
  readonly indexSlice: () => boolean;
}

export function calledNumbers(db: DatabaseSync): CalledNumbers {
  const next = prepare(
    db,
    `SELECT rowid AS nr, digits FROM ${waiting} ORDER BY rowid LIMIT ${atOnce}`,
    z.object({ nr: z.int(), digits: z.string() }),
  );
  const index = db.prepare(
    `INSERT INTO called_numbers (digits)
     SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM calls WHERE digits = ?1 AND rowid < ?2)`,
  );
  const done = db.prepare('UPDATE numbers_indexed SET up_to = ?');
  return {
    indexSlice() {
      const calls = next.all();
      for (const { nr, digits } of calls) index.run(digits, nr);
      const last = calls.at(-1);
      if (last !== undefined) done.run(last.nr);
      return calls.length < atOnce;
    },
  };
}

/** The digits of the called numbers that hold these. */
export function calledNumbersHolding(digits: string): Condition {
  const indexed = rowsHolding('called_numbers', ['digits'], digits);
  return {
    sql: `SELECT digits FROM called_numbers WHERE rowid IN (${indexed.sql})
          UNION ALL SELECT digits FROM ${waiting} AND instr(digits, ?) > 0`,
    values: [...indexed.values, digits],
  };
}
