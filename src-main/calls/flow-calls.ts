import { hash } from 'node:crypto';
import { type Call, isTerminal } from '../../src-shared/call.ts';
import type { CallEvent } from '../../src-shared/call-events.ts';
import { isKnownSecret } from '../same-secret.ts';
import type { Storage, StoredCall } from '../storage/storage.ts';

/** What Connect was told. */
export type ConnectAnswer = Pick<Extract<CallEvent, { type: 'connect-asked' }>, 'to' | 'refused'>;

/** A call that applets of its flow may ask about. */
export interface FlowCall {
  readonly call: Call;
  readonly contactName: string;
  /** Null: it has not asked. */
  readonly answered: ConnectAnswer | null;
}

/** The calls that flows may ask about, in memory: a customer waits while Connect is answered. */
export interface FlowCalls {
  /** An attempt is about to leave, with this secret in its CustomField. */
  expect(call: Call, token: string): void;
  /** Tells it of every change of a call. */
  follow(stored: StoredCall): void;
  /** What was out when the program stopped. */
  restore(stored: StoredCall, customFieldHashes: readonly string[], answered: ConnectAnswer | null): void;
  /** The call that this secret of CustomField proves; `forged`: it is ours, the secret is not. */
  find(callId: string, token: string): FlowCall | 'forged' | null;
  /** By Exotel's Sid, for applets that do not bring CustomField. */
  findBySid(sid: string): FlowCall | null;
  answer(callId: string, answer: ConnectAnswer): void;
}

interface Entry {
  call: Call;
  contactName: string;
  /** Secrets of this run's attempts. */
  tokens: readonly Buffer[];
  /** Of attempts of an earlier run only SHA-256 is left. */
  hashes: readonly Buffer[];
  answered: ConnectAnswer | null;
}

/** So many calls that are over are remembered, to tell a late request from a foreign one. */
const rememberedEnds = 500;

export function createFlowCalls(): FlowCalls {
  const entries = new Map<string, Entry>();
  const bySid = new Map<string, string>();
  const over = new Set<string>();

  function forgetOldest(): void {
    for (const id of over) {
      if (over.size <= rememberedEnds) return;
      over.delete(id);
      const sid = entries.get(id)?.call.sid;
      if (sid !== undefined && sid !== null) bySid.delete(sid);
      entries.delete(id);
    }
  }

  function take(call: Call, contactName: string): void {
    const entry = entries.get(call.id);
    if (entry === undefined) return;
    if (entry.call.sid !== null && entry.call.sid !== call.sid) bySid.delete(entry.call.sid);
    entry.call = call;
    entry.contactName = contactName;
    // Number and time alone prove no Sid.
    if (call.sid !== null && call.match === null) bySid.set(call.sid, call.id);
    if (!isTerminal(call.status)) return;
    over.add(call.id);
    forgetOldest();
  }

  function expect(call: Call, token: string): void {
    const before = entries.get(call.id);
    entries.set(call.id, {
      call,
      contactName: before?.contactName ?? '',
      tokens: [...(before?.tokens ?? []), Buffer.from(token)],
      hashes: before?.hashes ?? [],
      answered: before?.answered ?? null,
    });
  }

  function entryOf(callId: string): Entry | null {
    return entries.get(callId) ?? null;
  }

  return {
    expect,
    follow: (stored) => take(stored.call, stored.contact?.name ?? ''),
    restore(stored, hashes, answered) {
      entries.set(stored.call.id, {
        call: stored.call,
        contactName: '',
        tokens: [],
        hashes: hashes.map((hashed) => Buffer.from(hashed, 'hex')),
        answered,
      });
      take(stored.call, stored.contact?.name ?? '');
    },
    find(callId, token) {
      const entry = entryOf(callId.toLowerCase());
      if (entry === null) return null;
      return isKnownSecret(Buffer.from(token), entry.tokens) ||
        (entry.hashes.length > 0 && isKnownSecret(hash('sha256', token, 'buffer'), entry.hashes))
        ? entry
        : 'forged';
    },
    findBySid(sid) {
      const id = bySid.get(sid);
      return id === undefined ? null : entryOf(id);
    },
    answer(callId, answer) {
      const entry = entries.get(callId);
      if (entry !== undefined) entry.answered = answer;
    },
  };
}

/** What flows may still ask about after a restart. */
export async function restoreFlowCalls(flowCalls: FlowCalls, storage: Storage): Promise<void> {
  const hashes = await storage.calls.openCustomFields();
  for (const stored of await storage.calls.open()) {
    const { id } = stored.call;
    const asked = (await storage.calls.events(id)).map(({ event }) => event).find(isConnectAsked);
    flowCalls.restore(stored, hashes.get(id) ?? [], asked ?? null);
  }
}

function isConnectAsked(event: CallEvent): event is Extract<CallEvent, { type: 'connect-asked' }> {
  return event.type === 'connect-asked';
}
