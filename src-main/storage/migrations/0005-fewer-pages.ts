import type { Migration } from '../migrate.ts';

/**
 * What a dial writes before its request may leave touches fewer pages. Events lie in the order in which they were learnt
 * (`nr`), under one index; the index of pieces of numbers is filled later, from `numbers_to_index` (called-numbers.ts);
 * calls of a number are found by its digits.
 */
export const fewerPages: Migration = (db) =>
  db.exec(`
    CREATE TABLE numbers_to_index (digits TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
    DROP INDEX calls_by_number;

    DROP INDEX call_events_raw;
    ALTER TABLE call_events RENAME TO old_call_events;
    CREATE TABLE call_events (
      nr INTEGER PRIMARY KEY,
      call_id TEXT NOT NULL REFERENCES calls (id),
      at INTEGER NOT NULL,
      type TEXT NOT NULL,
      data TEXT NOT NULL,
      raw TEXT,
      key TEXT,
      times INTEGER NOT NULL,
      last_at INTEGER NOT NULL,
      UNIQUE (call_id, key)
    ) STRICT;
    INSERT INTO call_events (call_id, at, type, data, raw, key, times, last_at)
      SELECT call_id, at, type, data, raw, key, times, last_at FROM old_call_events ORDER BY call_id, seq;
    DROP TABLE old_call_events;
    CREATE INDEX call_events_raw ON call_events (at) WHERE raw IS NOT NULL;

    ALTER TABLE attempts RENAME TO old_attempts;
    CREATE TABLE attempts (
      call_id TEXT NOT NULL REFERENCES calls (id),
      attempt INTEGER NOT NULL,
      callback_hash TEXT NOT NULL,
      custom_field_hash TEXT NOT NULL,
      PRIMARY KEY (call_id, attempt)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO attempts SELECT call_id, attempt, callback_hash, custom_field_hash FROM old_attempts;
    DROP TABLE old_attempts;
  `);
