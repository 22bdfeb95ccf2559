import type { Migration } from '../migrate.ts';

/**
 * Calls with their events and attempts, contacts, do-not-call. `body` and `data` are JSON of `callSchema` and
 * `callEventSchema`; the other columns of `calls` repeat what is indexed. Times are ms UTC. What is sought stands
 * folded (search.ts) in tables of trigrams.
 */
export const callsAndContacts: Migration = (db) =>
  db.exec(`
    CREATE TABLE calls (
      id TEXT NOT NULL PRIMARY KEY,
      e164 TEXT,
      digits TEXT NOT NULL,
      line TEXT NOT NULL,
      status TEXT NOT NULL,
      is_open INTEGER NOT NULL,
      placed_at INTEGER NOT NULL,
      body TEXT NOT NULL
    ) STRICT;
    -- Status and digits are in the indexes so that a filtered list reads only the rows it shows.
    CREATE INDEX calls_by_time ON calls (placed_at, id, status, digits);
    CREATE INDEX calls_by_digits ON calls (digits, placed_at, id, status);
    CREATE INDEX calls_by_number ON calls (e164, line, placed_at, id, status);
    CREATE INDEX calls_open ON calls (placed_at, id) WHERE is_open = 1;

    -- Each number once, however often it was called.
    CREATE VIRTUAL TABLE called_numbers USING fts5 (digits, tokenize = 'trigram');

    CREATE TABLE call_events (
      call_id TEXT NOT NULL REFERENCES calls (id),
      seq INTEGER NOT NULL,
      at INTEGER NOT NULL,
      type TEXT NOT NULL,
      data TEXT NOT NULL,
      raw TEXT,
      key TEXT,
      times INTEGER NOT NULL,
      last_at INTEGER NOT NULL,
      PRIMARY KEY (call_id, seq),
      UNIQUE (call_id, key)
    ) STRICT;

    CREATE TABLE attempts (
      call_id TEXT NOT NULL REFERENCES calls (id),
      attempt INTEGER NOT NULL,
      callback_hash TEXT NOT NULL,
      custom_field_hash TEXT NOT NULL,
      PRIMARY KEY (call_id, attempt)
    ) STRICT;

    -- nr is the rowid in contact_search: an implicit rowid may change when the file is compacted.
    CREATE TABLE contacts (
      nr INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      company TEXT NOT NULL,
      note TEXT NOT NULL,
      sort_key TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      removed_at INTEGER
    ) STRICT;
    CREATE INDEX contacts_by_name ON contacts (sort_key, id) WHERE removed_at IS NULL;

    CREATE TABLE contact_numbers (
      contact_id TEXT NOT NULL REFERENCES contacts (id),
      position INTEGER NOT NULL,
      entered TEXT NOT NULL,
      e164 TEXT,
      label TEXT NOT NULL,
      PRIMARY KEY (contact_id, position)
    ) STRICT;
    CREATE INDEX contact_numbers_by_number ON contact_numbers (e164);

    CREATE VIRTUAL TABLE contact_search USING fts5 (names, digits, tokenize = 'trigram');

    -- Never deleted: who asked, who lifted it, and why, stay known.
    CREATE TABLE do_not_call (
      nr INTEGER PRIMARY KEY,
      e164 TEXT NOT NULL,
      who TEXT NOT NULL,
      at INTEGER NOT NULL,
      why TEXT NOT NULL,
      until INTEGER,
      lifted_at INTEGER,
      lifted_by TEXT,
      lifted_why TEXT
    ) STRICT;
    CREATE INDEX do_not_call_standing ON do_not_call (e164) WHERE lifted_at IS NULL;
  `);
