import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { prepare } from './query.ts';
import { type Condition, rowsHolding } from './search.ts';

/** So few are indexed in far less than a slice of long work. */
const atOnce = 50;

/**
 * The numbers that were called, each once, to be found by any piece of them. A new one waits in a small table, written
 * with its call, and is found there: to index it takes seven pages, and a dial waits for each page that it writes.
 */
export interface CalledNumbers {
  /** Before the call is written. */
  readonly note: (digits: string) => void;
  /** Indexes some of those that wait. Whether none waits any more. */
  readonly indexSlice: () => boolean;
}

export function calledNumbers(db: DatabaseSync): CalledNumbers {
  const note = db.prepare(
    'INSERT INTO numbers_to_index (digits) SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM calls WHERE digits = ?1)',
  );
  const waiting = prepare(
    db,
    `SELECT digits FROM numbers_to_index LIMIT ${atOnce}`,
    z.object({ digits: z.string() }),
  );
  const index = db.prepare('INSERT INTO called_numbers (digits) VALUES (?)');
  const done = db.prepare('DELETE FROM numbers_to_index WHERE digits = ?');
  return {
    note: (digits) => void note.run(digits),
    indexSlice() {
      const numbers = waiting.all();
      for (const { digits } of numbers) {
        index.run(digits);
        done.run(digits);
      }
      return numbers.length < atOnce;
    },
  };
}

/** The digits of the called numbers that hold these. */
export function calledNumbersHolding(digits: string): Condition {
  const indexed = rowsHolding('called_numbers', ['digits'], digits);
  return {
    sql: `SELECT digits FROM called_numbers WHERE rowid IN (${indexed.sql})
          UNION ALL SELECT digits FROM numbers_to_index WHERE instr(digits, ?) > 0`,
    values: [...indexed.values, digits],
  };
}
