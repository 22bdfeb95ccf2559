import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { failureOf } from './failures.ts';
import { StorageError } from './storage.ts';

const holderSchema = z.object({
  pid: z.int().positive(),
  shell: z.string().max(100),
  /** ms UTC. */
  since: z.int().nonnegative(),
});

/** The program that holds a data folder. */
export type LockHolder = z.infer<typeof holderSchema>;

/** Another program holds the data folder. The message is the one sentence to tell the person. */
export class LockedError extends Error {
  override readonly name = 'LockedError';
  /** Null where the holder left no readable word of itself. */
  readonly holder: LockHolder | null;

  constructor(dataDir: string, holder: LockHolder | null) {
    const who = holder === null ? 'another program' : describe(holder);
    super(`Flowdial is already running with the data in ${dataDir}: ${who} holds them.`);
    this.holder = holder;
  }
}

export interface Lock {
  /** Gives the folder free. The system does so too when the process ends, however it ends. */
  release(): void;
}

/** The garbage collector closes a handle that nobody has, and with it drops the lock. */
const handles = new Set<DatabaseSync>();

/**
 * Takes the data folder for this process's life, and makes it (mode 0700) where there is none: an open
 * `BEGIN EXCLUSIVE` on `lock.db`, which no crash leaves behind.
 *
 * @param holder what to tell others of this program: its shell, and the time now (ms UTC)
 * @throws LockedError where another program holds it, StorageError where the folder cannot be used
 */
export function acquireLock(dataDir: string, holder: { readonly shell: string; readonly now: number }): Lock {
  // Nobody may open lock.db other than by SQLite: closing any handle on it drops this process's locks (POSIX).
  const file = path.join(dataDir, 'lock.db');
  let db: DatabaseSync | null = null;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    db = new DatabaseSync(file);
    chmodSync(file, 0o600);
    db.exec('BEGIN EXCLUSIVE');
    writeHolder(dataDir, { pid: process.pid, shell: holder.shell, since: holder.now });
  } catch (error) {
    db?.close();
    const { code, message } = failureOf(error);
    throw code === 'busy' ? new LockedError(dataDir, readHolder(dataDir)) : new StorageError(code, message);
  }
  const held = db;
  handles.add(held);
  return {
    release() {
      if (!held.isOpen) return;
      rmSync(holderFile(dataDir), { force: true });
      held.close();
      handles.delete(held);
    },
  };
}

function holderFile(dataDir: string): string {
  return path.join(dataDir, 'lock-holder.json');
}

/** In one step, so that nobody reads half of it. */
function writeHolder(dataDir: string, holder: LockHolder): void {
  const file = holderFile(dataDir);
  writeFileSync(`${file}.new`, JSON.stringify(holder), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function readHolder(dataDir: string): LockHolder | null {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(holderFile(dataDir), 'utf8')));
  } catch {
    return null;
  }
}

function describe({ pid, shell, since }: LockHolder): string {
  const started = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }).format(since);
  return `the ${shell} shell (process ${pid}, since ${started})`;
}
