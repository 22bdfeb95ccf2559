import {
  chmodSync,
  copyFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { copiesFolder, flush, listCopies, stampOf } from './copies.ts';
import { databaseFile, isReadable, isSound } from './database.ts';
import type { Restored } from './storage.ts';

/**
 * Before the database is opened: looks whether it is damaged, and if it is, sets it aside (never deletes it) and puts
 * the newest sound copy in its place. What the damaged file alone knew is not dug out of it. Each step can be cut off:
 * the next start goes on from there.
 *
 * A file that was closed in order is only looked at; one that was not (its log lies beside it), or that was found
 * damaged in use, is read whole.
 *
 * @returns null where there is nothing to say
 */
export function repair(dataDir: string, now: number): Restored | null {
  const decided = readMark(setAsideMark(dataDir));
  if (decided === null && !isDamaged(dataDir)) {
    rmSync(suspectMark(dataDir), { force: true });
    return null;
  }
  const name = decided ?? `flowdial.damaged-${stampOf(now)}.db`;
  const setAside = path.join(dataDir, name);
  writeMark(setAsideMark(dataDir), name);
  moveAside(dataDir, setAside);
  const copyFrom = bringBack(dataDir);
  rmSync(suspectMark(dataDir), { force: true });
  rmSync(setAsideMark(dataDir), { force: true });
  return { setAside, copyFrom };
}

/** Makes the next `repair` read the whole file. */
export function suspectDamage(dataDir: string): void {
  writeMark(suspectMark(dataDir), '');
}

function isDamaged(dataDir: string): boolean {
  const file = databaseFile(dataDir);
  if (!existsSync(file)) return false;
  // A new file is empty too, but then there are no copies.
  if (statSync(file).size === 0) return listCopies(dataDir).length > 0;
  const log = `${file}-wal`;
  const closedInOrder = !existsSync(log) || statSync(log).size === 0;
  const doubted = !closedInOrder || existsSync(suspectMark(dataDir));
  return !(doubted ? isSound(file) : isReadable(file));
}

/** The log first: left beside a copy, SQLite would write it into it. */
function moveAside(dataDir: string, setAside: string): void {
  // There already: the program was cut off after the move, and what lies in its place is sound.
  if (existsSync(setAside)) return;
  for (const end of ['-wal', '-shm', '']) {
    const file = databaseFile(dataDir) + end;
    if (existsSync(file)) renameSync(file, setAside + end);
  }
  flush(dataDir);
}

/** When the copy was made that is the database now; null: there is no sound one. */
function bringBack(dataDir: string): number | null {
  const file = databaseFile(dataDir);
  const copy = listCopies(dataDir).find(({ name }) => isSound(path.join(copiesFolder(dataDir), name)));
  if (copy === undefined) return null;
  const part = `${file}.part`;
  copyFileSync(path.join(copiesFolder(dataDir), copy.name), part);
  chmodSync(part, 0o600);
  flush(part);
  renameSync(part, file);
  flush(dataDir);
  return copy.at;
}

/** The file was found damaged while in use. */
function suspectMark(dataDir: string): string {
  return path.join(dataDir, 'flowdial.db-suspect');
}

/** It is decided that the file goes aside, under the name in this mark. */
function setAsideMark(dataDir: string): string {
  return path.join(dataDir, 'flowdial.db-set-aside');
}

function readMark(mark: string): string | null {
  return existsSync(mark) ? readFileSync(mark, 'utf8') : null;
}

function writeMark(mark: string, text: string): void {
  writeFileSync(`${mark}.part`, text, { mode: 0o600 });
  flush(`${mark}.part`);
  renameSync(`${mark}.part`, mark);
}
