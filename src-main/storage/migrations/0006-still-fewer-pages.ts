import type { Migration } from '../migrate.ts';

/**
 * A dial writes two trees less: the hashes of an attempt's secrets lie with its `sending`, and which numbers wait for
 * the index of their pieces follows from how far that has come (`rowid` of `calls`: none is ever deleted, and whoever
 * builds that table anew keeps them).
 */
export const stillFewerPages: Migration = (db) =>
  db.exec(`
    ALTER TABLE call_events ADD COLUMN callback_hash TEXT;
    ALTER TABLE call_events ADD COLUMN custom_field_hash TEXT;
    UPDATE call_events
      SET callback_hash = attempts.callback_hash, custom_field_hash = attempts.custom_field_hash,
        key = 'attempt ' || attempts.attempt
      FROM attempts
      WHERE type = 'sending' AND attempts.call_id = call_events.call_id
        AND attempts.attempt = call_events.data ->> 'attempt';
    DROP TABLE attempts;

    INSERT INTO called_numbers (digits) SELECT digits FROM numbers_to_index;
    DROP TABLE numbers_to_index;
    CREATE TABLE numbers_indexed (up_to INTEGER NOT NULL) STRICT;
    INSERT INTO numbers_indexed SELECT coalesce(max(rowid), 0) FROM calls;
  `);
