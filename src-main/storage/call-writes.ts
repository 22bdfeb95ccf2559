import type { DatabaseSync } from 'node:sqlite';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { apply, type Call, ImpossibleEventError, isTerminal, sumOf } from '../../src-shared/call.ts';
import { type CallEvent, lineKey } from '../../src-shared/call-events.ts';
import { isKnownSecret } from '../same-secret.ts';
import { attemptKey, isAttempt } from './attempts.ts';
import { callReads } from './call-reads.ts';
import { doNotCallReads } from './do-not-call.ts';
import { prepare } from './query.ts';
import { requestWrites } from './request-counts.ts';
import { digitsOf } from './search.ts';
import type {
  AppendOptions,
  AppendResult,
  AttemptHashes,
  PlaceGuard,
  PlaceResult,
  StoredCall,
} from './storage.ts';

/** Whoever gave the events has the call: only whose number it is comes back. */
type Placed =
  | Exclude<PlaceResult, { readonly outcome: 'placed' }>
  | { readonly outcome: 'placed'; readonly contact: StoredCall['contact'] };

/** The only writes for a call. Each must run in a transaction of its own, or a savepoint. */
export interface CallWrites {
  readonly place: (
    id: string,
    events: readonly CallEvent[],
    hashes: AttemptHashes,
    guard: PlaceGuard,
    inMinute?: number,
  ) => Placed;
  readonly append: (id: string, event: CallEvent, options?: AppendOptions) => AppendResult;
}

export function callWrites(db: DatabaseSync): CallWrites {
  const reads = callReads(db);
  const doNotCall = doNotCallReads(db);
  const requests = requestWrites(db);
  const insertCall = db.prepare(
    `INSERT INTO calls (id, e164, digits, line, placed_at, flow, status, is_open, conversation, talk_seconds, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const updateCall = db.prepare(
    'UPDATE calls SET status = ?, is_open = ?, conversation = ?, talk_seconds = ?, body = ? WHERE id = ?',
  );
  const insertEvent = db.prepare(
    `INSERT INTO call_events (call_id, at, type, data, raw, key, callback_hash, custom_field_hash, times, last_at)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 1, ?2)`,
  );
  const countRepeat = db.prepare(
    'UPDATE call_events SET times = times + 1, last_at = max(last_at, ?) WHERE call_id = ? AND key = ?',
  );
  const secretHashes = prepare(
    db,
    `SELECT callback_hash AS callback, custom_field_hash AS customField
     FROM call_events WHERE call_id = ? AND ${isAttempt}`,
    z.object({ callback: z.string(), customField: z.string() }),
  );
  const dropLast = db.prepare(
    `DELETE FROM call_events
     WHERE call_id = ?1 AND type = ?2 AND nr = (SELECT max(nr) FROM call_events WHERE call_id = ?1)`,
  );

  function writeEvent(
    id: string,
    event: CallEvent,
    { raw, key, hashes }: Pick<AppendOptions, 'raw' | 'key' | 'hashes'>,
  ): void {
    const attempt = event.type === 'sending' ? event : null;
    const secrets = attempt === null ? null : hashes;
    if (secrets === undefined) throw new Error('An attempt was written without its hashes.');
    insertEvent.run(
      id,
      event.at,
      event.type,
      JSON.stringify(event),
      raw ?? null,
      attempt === null ? (key ?? null) : attemptKey(attempt.attempt),
      secrets?.callback ?? null,
      secrets?.customField ?? null,
    );
  }

  /** Whether a secret belongs to any attempt: all stay valid as long as the call exists. */
  function isProven(id: string, of: keyof AttemptHashes, hash: string): boolean {
    const known = secretHashes.all(id).map((attempt) => Buffer.from(attempt[of], 'hex'));
    return isKnownSecret(Buffer.from(hash, 'hex'), known);
  }

  /** The first rule that speaks against the call, or null. */
  function refusal(call: Call, guard: PlaceGuard): Placed | null {
    const { e164 } = call.number;
    if (e164 === null) return null;
    const entry = doNotCall.find(e164, guard.doNotCallAt);
    if (entry !== null) return { outcome: 'do-not-call', entry };
    const line = lineKey(call.line);
    const recent = guard.placedSince === null ? null : reads.recent(e164, line, guard.placedSince);
    const calls = guard.atMost === null ? 0 : reads.countSince(e164, line, guard.atMost.since);
    const isTooMany = guard.atMost !== null && calls >= guard.atMost.calls;
    return recent === null && !isTooMany ? null : { outcome: 'recent', recent, calls };
  }

  return {
    place(id, events, hashes, guard, inMinute) {
      const call = sumOf(id, events);
      const existing = reads.get(id);
      if (existing !== null) {
        return isSameNumber(existing.call, call)
          ? { outcome: 'exists', call: existing }
          : { outcome: 'id-taken' };
      }
      const refused = refusal(call, guard);
      if (refused !== null) return refused;
      const digits = digitsOf(call.number);
      insertCall.run(
        id,
        call.number.e164,
        digits,
        lineKey(call.line),
        call.placedAt,
        call.flow?.id ?? null,
        ...changing(call),
      );
      for (const event of events) writeEvent(id, event, { hashes });
      if (inMinute !== undefined) requests.record(lineKey(call.line), inMinute);
      const { e164 } = call.number;
      return { outcome: 'placed', contact: e164 === null ? null : reads.contactOf(e164) };
    },

    append(id, event, options = {}) {
      const before = reads.get(id);
      if (before === null) return { outcome: 'unknown-call' };
      for (const [of, hash] of [
        ['callback', options.callbackHash],
        ['customField', options.customFieldHash],
      ] as const) {
        if (hash !== undefined && !isProven(id, of, hash)) return { outcome: 'wrong-token' };
      }
      if (options.key !== undefined && countRepeat.run(event.at, id, options.key).changes !== 0) {
        return { outcome: 'stored', call: before, repeated: true, changed: false };
      }
      const after = applied(before.call, event);
      if (after === null) return { outcome: 'impossible', call: before };
      if (options.replacesLast) dropLast.run(id, event.type);
      writeEvent(id, event, options);
      if (options.inMinute !== undefined) requests.record(lineKey(after.line), options.inMinute);
      const changed = !isDeepStrictEqual(before.call, after);
      if (changed) updateCall.run(...changing(after), id);
      // The number, and with it the contact, is the one of before.
      return { outcome: 'stored', call: { ...before, call: after }, repeated: false, changed };
    },
  };
}

/** The columns that follow a call's events. */
function changing(call: Call): [string, number, string, number | null, string] {
  const { state, seconds } = call.conversation;
  return [
    call.status,
    isTerminal(call.status) ? 0 : 1,
    state,
    state === 'talked' ? seconds : null,
    JSON.stringify(call),
  ];
}

function applied(call: Call, event: CallEvent): Call | null {
  try {
    return apply(call, call.id, event);
  } catch (error) {
    if (error instanceof ImpossibleEventError) return null;
    throw error;
  }
}

/** Only E.164 is compared; what is no number is compared as entered. */
function isSameNumber(one: Call, other: Call): boolean {
  return (
    one.number.e164 === other.number.e164 &&
    (one.number.e164 !== null || one.number.entered === other.number.entered)
  );
}
