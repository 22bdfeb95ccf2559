import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { type Call, type CallStatus, callSchema, sumOf } from '../../src-shared/call.ts';
import { callEventSchema } from '../../src-shared/call-events.ts';
import type { ConversationState } from '../../src-shared/conversation.ts';
import type { StoredEvent } from '../../src-shared/contract/calls.ts';
import { isAttempt } from './attempts.ts';
import { calledNumbersHolding } from './called-numbers.ts';
import { contactIdByNumber, contactsHolding } from './contact-reads.ts';
import { cutPage, readPageKey, writePageKey } from './page-key.ts';
import { jsonColumn, prepare } from './query.ts';
import { type Condition, digitsOfE164, join, readQuery } from './search.ts';
import type { StoredCall } from './storage.ts';

/** As the same names in {@link Storage.calls}. */
export interface CallReads {
  readonly get: (id: string) => StoredCall | null;
  /** The contact that has this number now. */
  readonly contactOf: (e164: string) => StoredCall['contact'];
  readonly events: (id: string) => StoredEvent[];
  readonly open: () => StoredCall[];
  readonly list: (page: {
    readonly query: string;
    readonly statuses: readonly CallStatus[];
    readonly conversations: readonly ConversationState[];
    readonly after: string | null;
    readonly limit: number;
  }) => { readonly calls: StoredCall[]; readonly next: string | null };
  readonly recent: (e164: string, lineKey: string, since: number) => StoredCall | null;
  readonly figures: (lineKey: string, since: number) => Figures;
  readonly countSince: (e164: string, lineKey: string, since: number) => number;
  readonly lastFlow: (e164: string, lineKey: string) => string | null;
  readonly openCustomFields: () => Map<string, string[]>;
  readonly sidsOf: (e164: string, lineKey: string, since: number) => string[];
  readonly unsettled: (since: number) => StoredCall[];
  readonly rebuild: (id: string) => Call | null;
}

const figuresRow = z.object({ calls: z.int(), talked: z.int(), talkSeconds: z.int() });
type Figures = z.infer<typeof figuresRow>;

const contactRow = z.object({ id: z.string(), name: z.string() });
const storedCallRow = z
  .object({ body: jsonColumn(callSchema), id: z.string().nullable(), name: z.string().nullable() })
  .transform(
    ({ body, id, name }): StoredCall => ({
      call: body,
      contact: id === null || name === null ? null : { id, name },
    }),
  );

const contactColumns = `contact.id, coalesce(nullif(contact.name, ''), contact.company) AS name`;

/** Calls with their contacts; `which` says what follows FROM calls. */
const selectCalls = (which = '') => `
  SELECT calls.body, ${contactColumns}
  FROM calls ${which} LEFT JOIN contacts contact ON contact.id = ${contactIdByNumber('calls.e164')}`;

const eventRow = z
  .object({ data: jsonColumn(callEventSchema), times: z.int(), lastAt: z.int() })
  .transform(({ data, times, lastAt }): StoredEvent => ({ event: data, times, lastAt }));

export function callReads(db: DatabaseSync): CallReads {
  const byId = prepare(db, `${selectCalls()} WHERE calls.id = ?`, storedCallRow);
  const contactByNumber = prepare(
    db,
    `SELECT ${contactColumns} FROM contacts contact WHERE contact.id = ${contactIdByNumber('?')}`,
    contactRow,
  );
  const open = prepare(
    db,
    `${selectCalls()} WHERE is_open = 1 ORDER BY calls.placed_at, calls.id`,
    storedCallRow,
  );
  const recent = prepare(
    db,
    `${selectCalls()}
     WHERE digits = ? AND calls.e164 = ? AND line = ? AND placed_at >= ? AND status NOT IN ('withdrawn', 'rejected')
     ORDER BY placed_at DESC, calls.id DESC LIMIT 1`,
    storedCallRow,
  );
  const eventsOf = prepare(
    db,
    'SELECT data, times, last_at AS lastAt FROM call_events WHERE call_id = ? ORDER BY nr',
    eventRow,
  );

  const sids = prepare(
    db,
    `SELECT body ->> 'sid' AS sid FROM calls
     WHERE digits = ? AND e164 = ? AND line = ? AND placed_at >= ? AND body ->> 'sid' IS NOT NULL`,
    z.object({ sid: z.string() }),
  );
  const figures = prepare(
    db,
    `SELECT count(*) AS calls, count(*) FILTER (WHERE conversation IN ('talking', 'talked')) AS talked,
       coalesce(sum(talk_seconds), 0) AS talkSeconds
     FROM calls INDEXED BY calls_by_time WHERE line = ? AND placed_at >= ?`,
    figuresRow,
  );
  const countSince = prepare(
    db,
    `SELECT count(*) AS count FROM calls
     WHERE digits = ? AND e164 = ? AND line = ? AND placed_at >= ? AND status NOT IN ('withdrawn', 'rejected')`,
    z.object({ count: z.int() }),
  );
  const lastFlow = prepare(
    db,
    `SELECT flow FROM calls WHERE digits = ? AND e164 = ? AND line = ? AND flow IS NOT NULL
     ORDER BY placed_at DESC LIMIT 1`,
    z.object({ flow: z.string() }),
  );
  const openCustomFields = prepare(
    db,
    `SELECT call_id AS callId, custom_field_hash AS hash
     FROM calls CROSS JOIN call_events
       ON call_id = calls.id AND ${isAttempt}
     WHERE is_open = 1`,
    z.object({ callId: z.string(), hash: z.string() }),
  );
  const unsettled = prepare(
    db,
    `${selectCalls()}
     WHERE placed_at >= ? AND is_open = 0 AND body ->> 'sid' IS NOT NULL AND (
       body -> 'match' ->> 'by' IS NOT NULL OR
       status = 'completed' AND (body ->> 'durationSeconds' IS NULL OR body ->> 'price' IS NULL))
     ORDER BY placed_at DESC LIMIT 1000`,
    storedCallRow,
  );

  return {
    get: (id) => byId.first(id),
    contactOf: (e164) => contactByNumber.first(e164),
    events: (id) => eventsOf.all(id),
    open: () => open.all(),
    figures: (lineKey, since) => figures.first(lineKey, since) ?? { calls: 0, talked: 0, talkSeconds: 0 },
    countSince: (e164, lineKey, since) =>
      countSince.first(digitsOfE164(e164), e164, lineKey, since)?.count ?? 0,
    lastFlow: (e164, lineKey) => lastFlow.first(digitsOfE164(e164), e164, lineKey)?.flow ?? null,
    openCustomFields() {
      const hashes = new Map<string, string[]>();
      for (const { callId, hash } of openCustomFields.all()) {
        hashes.set(callId, [...(hashes.get(callId) ?? []), hash]);
      }
      return hashes;
    },
    sidsOf: (e164, lineKey, since) =>
      sids.all(digitsOfE164(e164), e164, lineKey, since).map(({ sid }) => sid),
    unsettled: (since) => unsettled.all(since),
    list({ query, statuses, conversations, after, limit }) {
      const [placedAt, id] =
        after === null ? [Number.MAX_SAFE_INTEGER, ''] : readPageKey(after, z.int().nonnegative());
      const sought = matching(db, query);
      const found = prepare(
        db,
        `${selectCalls(`INDEXED BY ${sought.index}`)}
         WHERE ${sought.sql} AND (calls.placed_at, calls.id) < (?, ?)
           ${oneOf('status', statuses)} ${oneOf('conversation', conversations)}
         ORDER BY calls.placed_at DESC, calls.id DESC LIMIT ?`,
        storedCallRow,
      ).all(...sought.values, placedAt, id, ...statuses, ...conversations, limit + 1);
      const { rows, next } = cutPage(found, limit, ({ call }) => writePageKey(call.placedAt, call.id));
      return { calls: rows, next };
    },
    recent: (e164, lineKey, since) => recent.first(digitsOfE164(e164), e164, lineKey, since),
    rebuild(id) {
      const events = eventsOf.all(id).map(({ event }) => event);
      return events.length === 0 ? null : sumOf(id, events);
    },
  };
}

/** No values: no condition. */
function oneOf(column: string, values: readonly string[]): string {
  return values.length === 0 ? '' : `AND ${column} IN (${values.map(() => '?').join(', ')})`;
}

/** With so many numbers found, their calls are so frequent that a walk over all calls soon has a page of them. */
const manyNumbers = 1000;

/**
 * Which calls a query asks for, and the index that is fast for them: the calls of a few numbers are collected and
 * sorted; those of many are met on the walk from the newest call down.
 */
function matching(
  db: DatabaseSync,
  query: string,
): Condition & { readonly index: 'calls_by_time' | 'calls_by_digits' } {
  const { words, digits } = readQuery(query);
  if (words.length === 0) return { sql: 'TRUE', values: [], index: 'calls_by_time' };
  const named = contactsHolding(words, ['names']);
  const ofContacts: Condition = {
    sql: `SELECT substr(e164, 2) FROM contact_numbers JOIN contacts ON contacts.id = contact_id
          WHERE e164 IS NOT NULL AND removed_at IS NULL AND ${named.sql}`,
    values: named.values,
  };
  const numbers = digits === null ? ofContacts : either(ofContacts, digits);
  const found = prepare(
    db,
    `SELECT count(*) AS count FROM (${numbers.sql} LIMIT ${manyNumbers})`,
    z.object({ count: z.int() }),
  ).first(...numbers.values);
  if (found?.count !== manyNumbers) {
    return { sql: `calls.digits IN (${numbers.sql})`, values: numbers.values, index: 'calls_by_digits' };
  }
  // Each call is asked itself, before the list of contacts' numbers is made.
  const walk: Condition[] = [{ sql: `calls.digits IN (${ofContacts.sql})`, values: ofContacts.values }];
  if (digits !== null) walk.unshift({ sql: 'instr(calls.digits, ?) > 0', values: [digits] });
  return { ...join(walk, 'OR'), index: 'calls_by_time' };
}

/** The numbers of one list, and the called numbers with these digits. */
function either(numbers: Condition, digits: string): Condition {
  const holding = calledNumbersHolding(digits);
  return {
    sql: `${numbers.sql} UNION ALL ${holding.sql}`,
    values: [...numbers.values, ...holding.values],
  };
}
