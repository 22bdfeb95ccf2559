import type { Call, CallStatus } from '../../src-shared/call.ts';
import type { CallEvent } from '../../src-shared/call-events.ts';
import type { Contact, DoNotCall } from '../../src-shared/contact.ts';
import type { ConversationState } from '../../src-shared/conversation.ts';
import type { StoredEvent } from '../../src-shared/contract/calls.ts';
import type { Copy, ExportCounts } from '../../src-shared/contract/storage.ts';

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
  /** Refuse where so many such calls were placed at or after this time. Null: do not count. */
  readonly atMost: { readonly calls: number; readonly since: number } | null;
}

export type PlaceResult =
  | { readonly outcome: 'placed'; readonly call: StoredCall }
  /** The same id and number was placed before: nothing was written. */
  | { readonly outcome: 'exists'; readonly call: StoredCall }
  /** The id belongs to a call of another number. */
  | { readonly outcome: 'id-taken' }
  | { readonly outcome: 'do-not-call'; readonly entry: DoNotCall }
  /** `recent`: what `placedSince` found; `calls`: how many `atMost` counted. */
  | { readonly outcome: 'recent'; readonly recent: StoredCall | null; readonly calls: number };

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
  /** As `callbackHash`, of CustomField's secret. */
  readonly customFieldHash?: string;
  /** Set with a `noted`: where the event before is one too, it is replaced. A note is saved as it is typed. */
  readonly replacesLast?: boolean;
  /** Body as received, kept beside the event. */
  readonly raw?: string;
  /** Events of one call with the same key are one event: a repeat only counts up. */
  readonly key?: string;
}

/**
 * Why nothing could be stored. `full`, `read-only`, `busy`, `damaged` and `io` are the disk's; `closed` and `stopped`
 * (a worker died before it answered: it is not known whether it had stored) are ours.
 */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly code:
    | 'full'
    | 'read-only'
    | 'busy'
    | 'damaged'
    | 'io'
    | 'newer-version'
    | 'closed'
    | 'stopped'
    | 'other';
  constructor(code: StorageError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** A damaged database was found when the storage was opened. */
export interface Restored {
  /** Path of the damaged file, kept as it was found. */
  readonly setAside: string;
  /** When the copy was made that the storage goes on from, ms UTC; null: there was none, it began empty. */
  readonly copyFrom: number | null;
}

/** What a long job says on its way. */
export interface LongJob {
  readonly progress: (done: number, total: number) => void;
  /** Ends the job at once; what it had written is taken away. */
  readonly signal?: AbortSignal;
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
      readonly conversations: readonly ConversationState[];
      readonly after: string | null;
      readonly limit: number;
    }): Promise<{ readonly calls: readonly StoredCall[]; readonly next: string | null }>;
    /** The call that `PlaceGuard.placedSince` would find: the newest, neither withdrawn nor rejected. */
    recent(e164: string, lineKey: string, since: number): Promise<StoredCall | null>;
    /** Calls on this line placed at or after `since` (ms UTC), and how many talked for how long (s). */
    figures(
      lineKey: string,
      since: number,
    ): Promise<{ readonly calls: number; readonly talked: number; readonly talkSeconds: number }>;
    /** Calls to this number on this line placed at or after `since` (ms UTC), but for those that rang nobody. */
    countSince(e164: string, lineKey: string, since: number): Promise<number>;
    /** The id of the flow of the newest call to this number on this line; null: none. */
    lastFlow(e164: string, lineKey: string): Promise<string | null>;
    /** The CustomField hashes of the attempts of calls that are open, by call. */
    openCustomFields(): Promise<ReadonlyMap<string, readonly string[]>>;
    /** Sids of calls to this number on this line, placed at or after `since` (ms UTC). */
    sidsOf(e164: string, lineKey: string, since: number): Promise<readonly string[]>;
    /**
     * Calls placed at or after `since` (ms UTC) that have ended, but not for the reconciler: completed ones without
     * duration or price, and those whose Sid is only matched. Newest first, at most 1000.
     */
    unsettled(since: number): Promise<readonly StoredCall[]>;
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
  readonly copies: {
    /** The copies in `<dataDir>/copies`, newest first. */
    list(): Promise<readonly Copy[]>;
    /**
     * Copies the database as it is now, checks the copy, and keeps the seven newest of its kind. Writes go on
     * meanwhile. Rejects with a StorageError, `full` also where the disk would be nearly full then.
     */
    make(kind: Copy['kind']): Promise<Copy>;
  };
  /**
   * Writes calls with their events, contacts and do-not-call entries, as they are now, into a new folder of
   * `<dataDir>/exports`; writes go on meanwhile. Rejects with a StorageError, `closed` where the signal ended it; no
   * folder is left then.
   */
  exportAll(job: LongJob): Promise<{ readonly folder: string; readonly counts: ExportCounts }>;
  /**
   * Removes the bodies, as received, of events before `before` (ms UTC) whose calls are over; what was read from them
   * stays. In slices of 5 ms, behind every other write. The number removed.
   */
  forgetRawBodies(before: number): Promise<number>;
  /** Not null: this time a damaged database was set aside. */
  readonly restored: Restored | null;
  /** Resolves when the database is found damaged while in use: every write is refused from then on. */
  readonly damaged: Promise<void>;
  /** Finishes what is queued, ends long jobs, then closes the workers. */
  close(): Promise<void>;
}
