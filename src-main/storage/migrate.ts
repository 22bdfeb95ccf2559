import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { prepare } from './query.ts';
import { StorageError } from './storage.ts';

/** Leads the database from one data version to the next. Runs inside a transaction. */
export type Migration = (db: DatabaseSync) => void;

/**
 * Brings the database to the version after the last migration, wholly or not at all. The version is SQLite's
 * `user_version`; 0 is a new file.
 *
 * @throws StorageError `newer-version` where a newer Flowdial wrote the file, which stays as it is.
 */
export function migrate(db: DatabaseSync, migrations: readonly Migration[]): void {
  const version = dataVersion(db);
  if (version === migrations.length) return;
  if (version > migrations.length) {
    throw new StorageError(
      'newer-version',
      `These data were written by a newer Flowdial (data version ${version}; this one knows ${migrations.length}). ` +
        'Nothing was changed. Install the newer Flowdial to open them.',
    );
  }
  db.exec('BEGIN IMMEDIATE');
  try {
    for (const step of migrations.slice(version)) step(db);
    db.exec(`PRAGMA user_version = ${migrations.length}`);
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/** Whether `migrate` would change data that are there. A new file has none. */
export function needsUpdate(db: DatabaseSync, migrations: readonly Migration[]): boolean {
  const version = dataVersion(db);
  return version > 0 && version < migrations.length;
}

function dataVersion(db: DatabaseSync): number {
  const row = z.object({ user_version: z.int() });
  return prepare(db, 'PRAGMA user_version', row).first()?.user_version ?? 0;
}
