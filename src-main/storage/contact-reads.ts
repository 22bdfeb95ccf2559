import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { type Contact, contactSchema } from '../../src-shared/contact.ts';
import { doNotCallReads } from './do-not-call.ts';
import { cutPage, readPageKey, writePageKey } from './page-key.ts';
import { prepare } from './query.ts';
import { type Condition, join, readQuery, rowsHolding } from './search.ts';

/** `at` (ms UTC) is when a do-not-call entry must stand to be shown. A removed contact is not there. */
export interface ContactReads {
  readonly list: (
    page: { readonly query: string; readonly after: string | null; readonly limit: number },
    at: number,
  ) => { readonly contacts: Contact[]; readonly next: string | null; readonly total: number };
  readonly get: (id: string, at: number) => Contact | null;
  /** Where several contacts have the number: the one that was saved last. */
  readonly byNumber: (e164: string, at: number) => Contact | null;
}

/** For other queries: the id of the contact that has this number (an SQL expression) now. */
export function contactIdByNumber(e164: string): string {
  return `(
    SELECT contacts.id FROM contact_numbers JOIN contacts ON contacts.id = contact_numbers.contact_id
    WHERE contact_numbers.e164 = ${e164} AND contacts.removed_at IS NULL
    ORDER BY contacts.updated_at DESC, contacts.id LIMIT 1
  )`;
}

/** `contacts.nr` of those that have each of these words in one of these columns of `contact_search`. */
export function contactsHolding(words: readonly string[], columns: readonly string[]): Condition {
  const conditions = words.map((word) => {
    const { sql, values } = rowsHolding('contact_search', columns, word);
    return { sql: `contacts.nr IN (${sql})`, values };
  });
  return join(conditions, 'AND');
}

const columns = `id, name, company, note, sort_key AS sortKey, created_at AS createdAt, updated_at AS updatedAt`;
const { id, name, company, note, createdAt, updatedAt } = contactSchema.shape;
const contactRow = z
  .object({ id, name, company, note, createdAt, updatedAt, sortKey: z.string() })
  .transform(({ sortKey, ...contact }) => ({ sortKey, contact }));
type ContactRow = z.infer<typeof contactRow>;

export function contactReads(db: DatabaseSync): ContactReads {
  const doNotCall = doNotCallReads(db);
  const byId = prepare(db, `SELECT ${columns} FROM contacts WHERE id = ? AND removed_at IS NULL`, contactRow);
  const idByNumber = prepare(
    db,
    `SELECT ${contactIdByNumber('?')} AS id`,
    z.object({ id: z.string().nullable() }),
  );
  const numbersOf = prepare(
    db,
    'SELECT entered, e164, label FROM contact_numbers WHERE contact_id = ? ORDER BY position',
    contactSchema.shape.numbers.element,
  );

  function whole({ contact }: ContactRow, at: number): Contact {
    return {
      ...contact,
      numbers: numbersOf.all(contact.id),
      doNotCall: doNotCall.ofContact(contact.id, at),
    };
  }

  function get(id: string, at: number): Contact | null {
    const row = byId.first(id);
    return row === null ? null : whole(row, at);
  }

  return {
    get,
    byNumber(e164, at) {
      const id = idByNumber.first(e164)?.id ?? null;
      return id === null ? null : get(id, at);
    },
    list({ query, after, limit }, at) {
      const [sortKey, id] = after === null ? ['', ''] : readPageKey(after, z.string());
      const sought = matching(query);
      const where = `removed_at IS NULL AND ${sought.sql}`;
      const found = prepare(
        db,
        `SELECT ${columns} FROM contacts WHERE ${where} AND (sort_key, id) > (?, ?) ORDER BY sort_key, id LIMIT ?`,
        contactRow,
      ).all(...sought.values, sortKey, id, limit + 1);
      const total = prepare(
        db,
        `SELECT count(*) AS total FROM contacts WHERE ${where}`,
        z.object({ total: z.int() }),
      ).first(...sought.values);
      const { rows, next } = cutPage(found, limit, (row) => writePageKey(row.sortKey, row.contact.id));
      return { contacts: rows.map((row) => whole(row, at)), next, total: total?.total ?? 0 };
    },
  };
}

function matching(query: string): Condition {
  const { words, digits } = readQuery(query);
  const byWords = contactsHolding(words, ['names', 'digits']);
  return digits === null ? byWords : join([byWords, contactsHolding([digits], ['digits'])], 'OR');
}
