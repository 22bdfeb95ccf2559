import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { prepare } from './query.ts';

/** As `record` of {@link Storage.requests}. */
export function requestWrites(db: DatabaseSync): {
  readonly record: (lineKey: string, inMinute: number) => void;
} {
  const upsert = db.prepare(
    `INSERT INTO request_counts (line, in_minute) VALUES (?, ?)
     ON CONFLICT (line) DO UPDATE SET in_minute = excluded.in_minute`,
  );
  return {
    record(lineKey, inMinute) {
      upsert.run(lineKey, inMinute);
    },
  };
}

const countRow = z.object({ line: z.string(), inMinute: z.int().nonnegative() });

/** As `lastMinutes` of {@link Storage.requests}. */
export function requestReads(db: DatabaseSync): { readonly lastMinutes: () => Map<string, number> } {
  const all = prepare(db, 'SELECT line, in_minute AS inMinute FROM request_counts', countRow);
  return { lastMinutes: () => new Map(all.all().map(({ line, inMinute }) => [line, inMinute])) };
}
