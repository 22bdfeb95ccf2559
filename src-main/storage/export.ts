import { closeSync, fsyncSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { ExportCounts } from '../../src-shared/contract/storage.ts';
import { callCsvHeader, callCsvLine } from './call-csv.ts';
import { callSchema } from '../../src-shared/call.ts';
import { jsonColumn, prepare } from './query.ts';
import type { LongJob } from './storage.ts';

/** So much text is written at once. */
const blockCharacters = 64 * 1024;

/**
 * Writes everything that is kept, from one state of the database, into a new folder. JSON Lines: one record on each
 * line. Hashes of secrets and bodies as received (they carry CustomField, and with it a secret) stay out.
 *
 * @param db inside a read transaction
 */
export function exportAll(db: DatabaseSync, folder: string, progress: LongJob['progress']): ExportCounts {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const counts = countAll(db);
  const total = counts.calls + counts.contacts + counts.doNotCall;
  let done = 0;
  const step = () => progress(++done, total);
  writeCalls(db, folder, step);
  writeContacts(db, folder, step);
  writeDoNotCall(db, folder, step);
  return counts;
}

function countAll(db: DatabaseSync): ExportCounts {
  const count = (table: string) =>
    prepare(db, `SELECT count(*) AS count FROM ${table}`, z.object({ count: z.int() })).first()?.count ?? 0;
  return { calls: count('calls'), contacts: count('contacts'), doNotCall: count('do_not_call') };
}

/** Oldest first; each with its events, as the contract's `calls.get` gives them. */
function writeCalls(db: DatabaseSync, folder: string, step: () => void): void {
  const calls = prepare(
    db,
    'SELECT id, body FROM calls ORDER BY placed_at, id',
    z.object({ id: z.string(), body: jsonColumn(callSchema) }),
  );
  const events = prepare(
    db,
    'SELECT data AS event, times, last_at AS lastAt FROM call_events WHERE call_id = ? ORDER BY nr',
    z.object({ event: jsonColumn(z.unknown()), times: z.int(), lastAt: z.int() }),
  );
  using lines = openLines(path.join(folder, 'calls.jsonl'));
  using table = openLines(path.join(folder, 'calls.csv'));
  table.write(callCsvHeader);
  for (const { id, body } of calls.each()) {
    lines.write(JSON.stringify({ call: body, events: events.all(id) }));
    table.write(callCsvLine(body));
    step();
  }
}

/** By id; removed ones too, with the time. */
function writeContacts(db: DatabaseSync, folder: string, step: () => void): void {
  const contacts = prepare(
    db,
    `SELECT id, name, company, note, created_at AS createdAt, updated_at AS updatedAt, removed_at AS removedAt
     FROM contacts ORDER BY id`,
    z.object({
      id: z.string(),
      name: z.string(),
      company: z.string(),
      note: z.string(),
      createdAt: z.int(),
      updatedAt: z.int(),
      removedAt: z.int().nullable(),
    }),
  );
  const numbers = prepare(
    db,
    'SELECT entered, e164, label FROM contact_numbers WHERE contact_id = ? ORDER BY position',
    z.object({ entered: z.string(), e164: z.string().nullable(), label: z.string() }),
  );
  using lines = openLines(path.join(folder, 'contacts.jsonl'));
  for (const contact of contacts.each()) {
    lines.write(JSON.stringify({ ...contact, numbers: numbers.all(contact.id) }));
    step();
  }
}

/** In the order they were written; ended ones too: `lifted` says who, when and why. */
function writeDoNotCall(db: DatabaseSync, folder: string, step: () => void): void {
  const entries = prepare(
    db,
    `SELECT e164, who, at, why, until, lifted_at AS liftedAt, lifted_by AS liftedBy, lifted_why AS liftedWhy
     FROM do_not_call ORDER BY nr`,
    z.object({
      e164: z.string(),
      who: z.string(),
      at: z.int(),
      why: z.string(),
      until: z.int().nullable(),
      liftedAt: z.int().nullable(),
      liftedBy: z.string().nullable(),
      liftedWhy: z.string().nullable(),
    }),
  );
  using lines = openLines(path.join(folder, 'do-not-call.jsonl'));
  for (const { liftedAt, liftedBy, liftedWhy, ...entry } of entries.each()) {
    const lifted = liftedAt === null ? null : { who: liftedBy, at: liftedAt, why: liftedWhy };
    lines.write(JSON.stringify({ ...entry, lifted }));
    step();
  }
}

interface Lines extends Disposable {
  write(line: string): void;
}

/** A new file (mode 0600), written line by line in blocks; on the disk when it is disposed of. */
function openLines(file: string): Lines {
  const handle = openSync(file, 'wx', 0o600);
  let waiting = '';
  const flush = () => {
    writeFileSync(handle, waiting);
    waiting = '';
  };
  return {
    write(line) {
      waiting += `${line}\n`;
      if (waiting.length >= blockCharacters) flush();
    },
    [Symbol.dispose]() {
      try {
        flush();
        fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
    },
  };
}
