import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Contact } from '../../src-shared/contact.ts';
import { contactReads } from './contact-reads.ts';
import { prepare } from './query.ts';
import { digitsOf, fold } from './search.ts';
import { StorageError } from './storage.ts';

/** `at` (ms UTC) is when a do-not-call entry must stand to be shown. */
export interface ContactWrites {
  readonly save: (contact: Omit<Contact, 'doNotCall'>, at: number) => Contact;
  readonly remove: (id: string, at: number) => boolean;
  readonly restore: (id: string, at: number) => Contact | null;
}

/** So much of a name decides its place in the list; it keeps the page key, which carries it, short. */
const sortedCharacters = 60;

export function contactWrites(db: DatabaseSync): ContactWrites {
  const reads = contactReads(db);
  const save = prepare(
    db,
    `INSERT INTO contacts (id, name, company, note, sort_key, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET
       name = excluded.name, company = excluded.company, note = excluded.note, sort_key = excluded.sort_key,
       created_at = excluded.created_at, updated_at = excluded.updated_at, removed_at = NULL
     RETURNING nr`,
    z.object({ nr: z.int() }),
  );
  const forgetNumbers = db.prepare('DELETE FROM contact_numbers WHERE contact_id = ?');
  const addNumber = db.prepare(
    'INSERT INTO contact_numbers (contact_id, position, entered, e164, label) VALUES (?, ?, ?, ?, ?)',
  );
  const index = db.prepare('INSERT OR REPLACE INTO contact_search (rowid, names, digits) VALUES (?, ?, ?)');
  const remove = db.prepare('UPDATE contacts SET removed_at = ? WHERE id = ? AND removed_at IS NULL');
  const restore = db.prepare('UPDATE contacts SET removed_at = NULL WHERE id = ?');

  return {
    save(contact, at) {
      const { id, name, company, note, numbers, createdAt, updatedAt } = contact;
      const sortKey = Array.from(fold(name === '' ? company : name))
        .slice(0, sortedCharacters)
        .join('');
      const nr = save.first(id, name, company, note, sortKey, createdAt, updatedAt)?.nr;
      forgetNumbers.run(id);
      for (const [position, { entered, e164, label }] of numbers.entries()) {
        addNumber.run(id, position, entered, e164, label);
      }
      // A term never holds a line break: it cannot match across two fields.
      index.run(nr ?? null, `${fold(name)}\n${fold(company)}`, numbers.map(digitsOf).join('\n'));
      const saved = reads.get(id, at);
      if (saved === null) throw new StorageError('other', 'The contact is not there after it was saved.');
      return saved;
    },
    remove: (id, at) => Number(remove.run(at, id).changes) > 0,
    restore(id, at) {
      restore.run(id);
      return reads.get(id, at);
    },
  };
}
