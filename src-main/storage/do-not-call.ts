import type { DatabaseSync } from 'node:sqlite';
import { type DoNotCall, doNotCallSchema } from '../../src-shared/contact.ts';
import { prepare } from './query.ts';

/** An entry stands until its time is over or somebody lifts it. The `?` is the time asked about. */
const stands = 'lifted_at IS NULL AND (until IS NULL OR until > ?)';

export interface DoNotCallReads {
  /** The entry that blocks this number at this time; its own goes before one of its contact's other numbers. */
  readonly find: (e164: string, at: number) => DoNotCall | null;
  /** The newest entry that stands against any of this contact's numbers. */
  readonly ofContact: (contactId: string, at: number) => DoNotCall | null;
}

export function doNotCallReads(db: DatabaseSync): DoNotCallReads {
  const ofNumber = prepare(
    db,
    `SELECT who, at, why, until FROM do_not_call WHERE e164 = ? AND ${stands} ORDER BY at DESC, nr DESC LIMIT 1`,
    doNotCallSchema,
  );
  const isNumberOfContact = db.prepare('SELECT 1 FROM contact_numbers WHERE e164 = ? LIMIT 1');
  const ofOtherNumbers = prepare(
    db,
    `SELECT who, at, why, until FROM do_not_call
     WHERE e164 IN (
         SELECT other.e164 FROM contact_numbers own
         JOIN contacts ON contacts.id = own.contact_id AND contacts.removed_at IS NULL
         JOIN contact_numbers other ON other.contact_id = own.contact_id
         WHERE own.e164 = ?1
       ) AND ${stands}
     ORDER BY at DESC, nr DESC LIMIT 1`,
    doNotCallSchema,
  );
  const ofContact = prepare(
    db,
    `SELECT who, at, why, until FROM do_not_call
     WHERE e164 IN (SELECT e164 FROM contact_numbers WHERE contact_id = ?) AND ${stands}
     ORDER BY at DESC, nr DESC LIMIT 1`,
    doNotCallSchema,
  );
  return {
    // Every dial asks, and nearly all are of numbers that no list has: that is told by two looks into an index.
    find: (e164, at) =>
      ofNumber.first(e164, at) ??
      (isNumberOfContact.get(e164) === undefined ? null : ofOtherNumbers.first(e164, at)),
    ofContact: (contactId, at) => ofContact.first(contactId, at),
  };
}

export interface DoNotCallWrites {
  readonly add: (e164s: readonly string[], entry: DoNotCall) => void;
  /** The number of entries lifted. One whose time is over has ended by itself, and is left as it is. */
  readonly lift: (
    e164s: readonly string[],
    lifted: { readonly who: string; readonly at: number; readonly why: string },
  ) => number;
}

export function doNotCallWrites(db: DatabaseSync): DoNotCallWrites {
  const insert = db.prepare('INSERT INTO do_not_call (e164, who, at, why, until) VALUES (?, ?, ?, ?, ?)');
  const lift = db.prepare(
    `UPDATE do_not_call SET lifted_at = ?, lifted_by = ?, lifted_why = ? WHERE e164 = ? AND ${stands}`,
  );
  return {
    add(e164s, { who, at, why, until }) {
      for (const e164 of new Set(e164s)) insert.run(e164, who, at, why, until);
    },
    lift(e164s, { who, at, why }) {
      let lifted = 0;
      for (const e164 of new Set(e164s)) lifted += Number(lift.run(at, who, why, e164, at).changes);
      return lifted;
    },
  };
}
