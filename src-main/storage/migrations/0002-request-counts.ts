import type { Migration } from '../migrate.ts';

export const requestCounts: Migration = (db) =>
  db.exec(`
    -- How many requests the last minute of each line held when the newest was sent: a restart goes on from there.
    CREATE TABLE request_counts (
      line TEXT NOT NULL PRIMARY KEY,
      in_minute INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `);
