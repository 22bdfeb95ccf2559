import type { Migration } from '../migrate.ts';

/** Who talked, and how long (s), beside the status: to filter the history by, and to count. */
export const conversations: Migration = (db) =>
  db.exec(`
    ALTER TABLE calls ADD COLUMN conversation TEXT NOT NULL DEFAULT 'unknown';
    ALTER TABLE calls ADD COLUMN talk_seconds INTEGER;
    ALTER TABLE calls ADD COLUMN flow TEXT;
    DROP INDEX calls_by_time;
    CREATE INDEX calls_by_time ON calls (placed_at, id, status, conversation, digits);
  `);
