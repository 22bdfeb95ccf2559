import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { type Copy, copyKinds } from '../../src-shared/contract/storage.ts';
import { databaseFile, isSound } from './database.ts';
import { StorageError } from './storage.ts';

/** Of each kind (design.md, "Storage": "seven kept"). */
const keptOfAKind = 7;

/** What must stay free on the disk after a copy, bytes: calls go before copies. */
const spareBytes = 64 * 1024 * 1024;

/** Pages copied in one step, about 1 MB: between steps the copier can be ended. */
const pagesAtOnce = 256;

/** Where the copies of a data folder lie. */
export function copiesFolder(dataDir: string): string {
  return path.join(dataDir, 'copies');
}

/** The copies there are, newest first. A half-made one is none: it has another name. */
export function listCopies(dataDir: string): Copy[] {
  const folder = copiesFolder(dataDir);
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
  return names
    .flatMap((name) => {
      const said = readName(name);
      return said === null ? [] : [{ name, ...said, bytes: statSync(path.join(folder, name)).size }];
    })
    .sort((a, b) => b.at - a.at);
}

/**
 * Copies the database as this connection sees it now. The copy is a file of its own (no log beside it), checked, on
 * the disk, and takes its name only then.
 *
 * @param db inside a read transaction, so that writes of other connections do not make the copy start again
 * @throws StorageError `full` where it would leave the disk nearly full
 */
export async function makeCopy(
  db: DatabaseSync,
  dataDir: string,
  kind: Copy['kind'],
  at: number,
): Promise<Copy> {
  refuseWithoutRoom(dataDir);
  const folder = copiesFolder(dataDir);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // What a copy that was cut off left behind. Nobody else makes one now: the data folder is ours (lock.ts).
  for (const name of readdirSync(folder)) if (name.includes('.part')) rmSync(path.join(folder, name));
  const name = writeName(kind, at);
  const part = path.join(folder, `${name}.part`);
  try {
    await backup(db, part, { rate: pagesAtOnce });
    chmodSync(part, 0o600);
    standAlone(part);
    if (!isSound(part))
      throw new StorageError('damaged', 'The database file is damaged: its copy is not whole.');
    flush(part);
    renameSync(part, path.join(folder, name));
    flush(folder);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
  const ofKind = listCopies(dataDir).filter((copy) => copy.kind === kind);
  for (const old of ofKind.slice(keptOfAKind)) rmSync(path.join(folder, old.name));
  return { name, kind, at, bytes: statSync(path.join(folder, name)).size };
}

/** Makes sure that a file's content, or a folder's names, are on the disk. */
export function flush(file: string): void {
  const isFolder = statSync(file).isDirectory();
  // Windows opens no folder; there a rename is on the disk with the next write of its journal.
  if (process.platform === 'win32' && isFolder) return;
  const handle = openSync(file, isFolder ? 'r' : 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Out of WAL mode, which the copy took over: a reader then needs, and leaves, no second file. */
function standAlone(file: string): void {
  const db = new DatabaseSync(file);
  try {
    db.exec('PRAGMA journal_mode = DELETE');
  } finally {
    db.close();
  }
}

function refuseWithoutRoom(dataDir: string): void {
  const { bavail, bsize } = statfsSync(dataDir);
  const free = bavail * bsize;
  const needed = statSync(databaseFile(dataDir)).size + spareBytes;
  if (free >= needed) return;
  throw new StorageError(
    'full',
    `The disk is nearly full: a copy needs ${megabytes(needed)} free, there are ${megabytes(free)}.`,
  );
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024 / 1024)} MB`;
}

/** Such as `flowdial-2026-11-24T00-30-12-345Z-daily.db`: sorted by name is sorted by time. */
function writeName(kind: Copy['kind'], at: number): string {
  return `flowdial-${stampOf(at)}-${kind}.db`;
}

/** A time (ms UTC) as part of a file's name on any system. */
export function stampOf(at: number): string {
  return new Date(at).toISOString().replaceAll(/[:.]/g, '-');
}

function readName(name: string): Pick<Copy, 'kind' | 'at'> | null {
  const parts = /^flowdial-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z-([a-z-]+)\.db$/.exec(name);
  if (parts === null) return null;
  const [, day, hours, minutes, seconds, ms, word] = parts;
  const at = Date.parse(`${day}T${hours}:${minutes}:${seconds}.${ms}Z`);
  const kind = copyKinds.find((known) => known === word);
  return kind === undefined || Number.isNaN(at) ? null : { kind, at };
}
