import { chmodSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

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

function databaseFile(dataDir: string): string {
  return path.join(dataDir, 'flowdial.db');
}
