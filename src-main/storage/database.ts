import { chmodSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { failureOf } from './failures.ts';

/** How long a statement waits for another connection, ms. Only checkpoints ever make one wait here. */
const busyTimeoutMs = 5000;

/** Opens the database to write, and makes it (mode 0600, in a folder of mode 0700) where there is none. */
export function openForWriting(dataDir: string): DatabaseSync {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = databaseFile(dataDir);
  const db = new DatabaseSync(file, { timeout: busyTimeoutMs });
  try {
    // By path, after SQLite made the file: to open and close it ourselves would drop SQLite's locks on it (POSIX).
    // The -wal and -shm files, made from here on, take over its mode.
    chmodSync(file, 0o600);
    db.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      -- On macOS a plain fsync leaves data in the drive's cache. Elsewhere these two do nothing.
      PRAGMA fullfsync = ON;
      PRAGMA checkpoint_fullfsync = ON;
    `);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Opens the database that `openForWriting` made, for reading beside it. */
export function openForReading(dataDir: string): DatabaseSync {
  return new DatabaseSync(databaseFile(dataDir), { readOnly: true, timeout: busyTimeoutMs });
}

export function databaseFile(dataDir: string): string {
  return path.join(dataDir, 'flowdial.db');
}

/**
 * Whether SQLite finds the file whole. Reads all of it: about 0.1 s for 100 MB.
 *
 * @throws what SQLite throws where it cannot tell: a locked file, a disk that fails.
 */
export function isSound(file: string): boolean {
  // Read-only, so that closing does not move the log into a file that may be evidence.
  const db = new DatabaseSync(file, { readOnly: true, timeout: busyTimeoutMs });
  try {
    return db.prepare('PRAGMA quick_check(1)').get()?.['quick_check'] === 'ok';
  } catch (error) {
    if (failureOf(error).code === 'damaged') return false;
    throw error;
  } finally {
    db.close();
  }
}

/** Whether the file begins as a database does and its schema can be read: what a start can afford each time. */
export function isReadable(file: string): boolean {
  const db = new DatabaseSync(file, { readOnly: true, timeout: busyTimeoutMs });
  try {
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return true;
  } catch (error) {
    if (failureOf(error).code === 'damaged') return false;
    throw error;
  } finally {
    db.close();
  }
}
