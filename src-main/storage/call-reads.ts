import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { apply, type Call, type CallStatus, callEventSchema, callSchema } from '../../src-shared/call.ts';
import type { StoredEvent } from '../../src-shared/contract/calls.ts';
import { contactIdByNumber, contactsHolding } from './contact-reads.ts';
import { cutPage, readPageKey, writePageKey } from './page-key.ts';
import { jsonColumn, prepare } from './query.ts';
import { type Condition, isIndexed, readQuery, rowsHolding } from './search.ts';
import type { StoredCall } from './storage.ts';

/** As the same names in {@link Storage.calls}. */
export interface CallReads {
  readonly get: (id: string) => StoredCall | null;
  readonly events: (id: string) => StoredEvent[];
  readonly open: () => StoredCall[];
  readonly list: (page: {
    readonly query: string;
    readonly statuses: readonly CallStatus[];
    readonly after: string | null;
    readonly limit: number;
  }) => { readonly calls: StoredCall[]; readonly next: string | null };
  readonly recent: (e164: string, lineKey: string, since: number) => StoredCall | null;
  readonly rebuild: (id: string) => Call | null;
}

const storedCallRow = z
  .object({ body: jsonColumn(callSchema), id: z.string().nullable(), name: z.string().nullable() })
  .transform(
    ({ body, id, name }): StoredCall => ({
      call: body,
      contact: id === null || name === null ? null : { id, name },
    }),
  );

/** Calls with their contacts; `which` says what follows FROM calls. */
const selectCalls = (which = '') => `
  SELECT calls.body, contact.id, coalesce(nullif(contact.name, ''), contact.company) AS name
  FROM calls ${which} LEFT JOIN contacts contact ON contact.id = ${contactIdByNumber('calls.e164')}`;

const eventRow = z
  .object({ data: jsonColumn(callEventSchema), times: z.int(), lastAt: z.int() })
  .transform(({ data, times, lastAt }): StoredEvent => ({ event: data, times, lastAt }));

export function callReads(db: DatabaseSync): CallReads {
  const byId = prepare(db, `${selectCalls()} WHERE calls.id = ?`, storedCallRow);
  const open = prepare(
    db,
    `${selectCalls()} WHERE is_open = 1 ORDER BY calls.placed_at, calls.id`,
    storedCallRow,
  );
  const recent = prepare(
    db,
    `${selectCalls()}
     WHERE calls.e164 = ? AND line = ? AND placed_at >= ? AND status NOT IN ('withdrawn', 'rejected')
     ORDER BY placed_at DESC, calls.id DESC LIMIT 1`,
    storedCallRow,
  );
  const eventsOf = prepare(
    db,
    'SELECT data, times, last_at AS lastAt FROM call_events WHERE call_id = ? ORDER BY seq',
    eventRow,
  );

  return {
    get: (id) => byId.first(id),
    events: (id) => eventsOf.all(id),
    open: () => open.all(),
    list({ query, statuses, after, limit }) {
      const [placedAt, id] =
        after === null ? [Number.MAX_SAFE_INTEGER, ''] : readPageKey(after, z.int().nonnegative());
      const sought = matching(query);
      const found = prepare(
        db,
        `${selectCalls(`INDEXED BY ${sought.index}`)}
         WHERE ${sought.sql} AND (calls.placed_at, calls.id) < (?, ?)
           ${statuses.length === 0 ? '' : `AND status IN (${statuses.map(() => '?').join(', ')})`}
         ORDER BY calls.placed_at DESC, calls.id DESC LIMIT ?`,
        storedCallRow,
      ).all(...sought.values, placedAt, id, ...statuses, limit + 1);
      const { rows, next } = cutPage(found, limit, ({ call }) => writePageKey(call.placedAt, call.id));
      return { calls: rows, next };
    },
    recent: (e164, lineKey, since) => recent.first(e164, lineKey, since),
    rebuild: (id) => eventsOf.all(id).reduce<Call | null>((call, { event }) => apply(call, id, event), null),
  };
}

/**
 * Which calls a query asks for, and the index to take. An indexed term has few numbers: their calls are collected and
 * sorted. One or two characters fit so many that the walk from the newest call down soon has a page.
 */
function matching(query: string): Condition & { readonly index: 'calls_by_time' | 'calls_by_digits' } {
  const { words, digits } = readQuery(query);
  if (words.length === 0) return { sql: 'TRUE', values: [], index: 'calls_by_time' };
  const named = contactsHolding(words, ['names']);
  const numbers: Condition[] = [
    {
      sql: `SELECT substr(e164, 2) FROM contact_numbers JOIN contacts ON contacts.id = contact_id
            WHERE e164 IS NOT NULL AND removed_at IS NULL AND ${named.sql}`,
      values: named.values,
    },
  ];
  if (digits !== null) {
    const rows = rowsHolding('called_numbers', ['digits'], digits);
    numbers.push({
      sql: `SELECT digits FROM called_numbers WHERE rowid IN (${rows.sql})`,
      values: rows.values,
    });
  }
  const any = {
    sql: numbers.map(({ sql }) => sql).join(' UNION '),
    values: numbers.flatMap(({ values }) => values),
  };
  const few = isIndexed(digits ?? '') || words.some(isIndexed);
  return {
    sql: `calls.digits IN (${any.sql})`,
    values: any.values,
    index: few ? 'calls_by_digits' : 'calls_by_time',
  };
}
