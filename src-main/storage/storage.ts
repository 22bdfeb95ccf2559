import type { Call, CallEvent, CallStatus } from '../../src-shared/call.ts';
import type { Contact, DoNotCall } from '../../src-shared/contact.ts';
import type { StoredEvent } from '../../src-shared/contract/calls.ts';

/** A call with the contact that has its number now. */
export interface StoredCall {
  readonly call: Call;
  readonly contact: { readonly id: string; readonly name: string } | null;
}

/** SHA-256 (32 bytes, hex) of the secrets of one attempt. The secrets themselves are never stored. */
export interface AttemptHashes {
  readonly callback: string;
  readonly customField: string;
}

/** What must hold, in the same transaction as the write, or nothing is written. */
export interface PlaceGuard {
  /** Refuse where the number, or another number of its contact, is on do-not-call at this time (ms UTC). */
  readonly doNotCallAt: number;
  /**
   * Refuse where a call to the same E.164 number on the same line was placed at or after this time (ms UTC), unless it
   * was withdrawn or rejected: that one rang nobody. Null: do not look.
   */
  readonly placedSince: number | null;
}

export type PlaceResult =
  | { readonly outcome: 'placed'; readonly call: StoredCall }
  /** The same id and number was placed before: nothing was written. */
  | { readonly outcome: 'exists'; readonly call: StoredCall }
  /** The id belongs to a call of another number. */
  | { readonly outcome: 'id-taken' }
  | { readonly outcome: 'do-not-call'; readonly entry: DoNotCall }
  | { readonly outcome: 'recent'; readonly call: StoredCall };

export type AppendResult =
  /** `repeated`: exactly this was stored before; only its count went up. `changed`: the call's row differs now. */
  | {
      readonly outcome: 'stored';
      readonly call: StoredCall;
      readonly repeated: boolean;
      readonly changed: boolean;
    }
  | { readonly outcome: 'unknown-call' }
  /** The hash does not belong to this call, or the call has no attempt yet. */
  | { readonly outcome: 'wrong-token' }
  /** The lifecycle refuses this event in the call's present status (a race with another event). */
  | { readonly outcome: 'impossible'; readonly call: StoredCall };

export interface AppendOptions {
  /** Set with a `sending` event: the hashes of this attempt. */
  readonly hashes?: AttemptHashes;
  /** Set with a `sending` event where the line has a rate: as in `Storage.requests.record`, in the same commit. */
  readonly inMinute?: number;
  /** The event counts only where this hash belongs to one of the call's attempts (compared in constant time). */
  readonly callbackHash?: string;
  /** Body as received, kept beside the event. */
  readonly raw?: string;
  /** Events of one call with the same key are one event: a repeat only counts up. */
  readonly key?: string;
}

/** Why nothing could be stored. `full`, `read-only`, `busy`, `damaged` are the disk's; `closed` is ours. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly code: 'full' | 'read-only' | 'busy' | 'damaged' | 'newer-version' | 'closed' | 'other';
  constructor(code: StorageError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * All that is kept for good. Every write is durable (committed with `synchronous=FULL`) when its promise resolves;
 * every failure rejects with a {@link StorageError} and has changed nothing.
 */
export interface Storage {
  readonly calls: {
    /** Writes `placed` and, with it, the first `sending`, in one commit, if the guard holds. */
    place(
      id: string,
      events: readonly CallEvent[],
      hashes: AttemptHashes,
      guard: PlaceGuard,
      /** Set with a `sending` event where the line has a rate: as in `Storage.requests.record`, in the same commit. */
      inMinute?: number,
    ): Promise<PlaceResult>;
    /** The only other write for a call: reads the row, applies the lifecycle, writes event and row. */
    append(id: string, event: CallEvent, options?: AppendOptions): Promise<AppendResult>;
    get(id: string): Promise<StoredCall | null>;
    events(id: string): Promise<readonly StoredEvent[]>;
    /** Calls that are queued, held, dialing, in progress, answered or unconfirmed, oldest first. */
    open(): Promise<readonly StoredCall[]>;
    /** Newest first. `query`: digits anywhere in the number, or any part of a contact's name or company. */
    list(page: {
      readonly query: string;
      readonly statuses: readonly CallStatus[];
      readonly after: string | null;
      readonly limit: number;
    }): Promise<{ readonly calls: readonly StoredCall[]; readonly next: string | null }>;
    /** The call that `PlaceGuard.placedSince` would find: the newest, neither withdrawn nor rejected. */
    recent(e164: string, lineKey: string, since: number): Promise<StoredCall | null>;
    /** The call as the sum of its stored events: equals its row, or the row is wrong. */
    rebuild(id: string): Promise<Call | null>;
  };
  readonly contacts: {
    list(page: { readonly query: string; readonly after: string | null; readonly limit: number }): Promise<{
      readonly contacts: readonly Contact[];
      readonly next: string | null;
      readonly total: number;
    }>;
    get(id: string): Promise<Contact | null>;
    byNumber(e164: string): Promise<Contact | null>;
    /** Creates or replaces; brings back a removed one. */
    save(contact: Omit<Contact, 'doNotCall'>): Promise<Contact>;
    /** False where it is not there. */
    remove(id: string, at: number): Promise<boolean>;
    /** Brings a removed contact back as it was; null where it was never there. */
    restore(id: string): Promise<Contact | null>;
  };
  readonly requests: {
    /** Before a request is sent: how many of its line count in Exotel's minute with it. */
    record(lineKey: string, inMinute: number): Promise<void>;
    /** What was recorded last, by line. */
    lastMinutes(): Promise<ReadonlyMap<string, number>>;
  };
  readonly doNotCall: {
    /** The entry that blocks this number at this time, from itself or another number of its contact. */
    find(e164: string, at: number): Promise<DoNotCall | null>;
    add(e164s: readonly string[], entry: DoNotCall): Promise<void>;
    /** Kept with who, when and why. The number of entries lifted. */
    lift(
      e164s: readonly string[],
      lifted: { readonly who: string; readonly at: number; readonly why: string },
    ): Promise<number>;
  };
  /** Finishes what is queued, then closes both workers. */
  close(): Promise<void>;
}
