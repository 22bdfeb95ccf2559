import { createRateLog, windowMs } from './rate-log.ts';

/** A call that waits for its turn. Calls leave in the order they were placed. */
export interface WaitingCall {
  readonly id: string;
  /** ms UTC. */
  readonly placedAt: number;
  /** Not to be sent before (a request that never left, tried again); others may pass it until then. */
  readonly notBefore: number;
}

/** A read that waits for a spare slot. Reads leave first come, first served. */
interface WaitingRead {
  readonly id: string;
  readonly since: number;
}

/** What is to be sent now; its slot is taken. */
export interface Turn {
  readonly kind: 'call' | 'read';
  readonly id: string;
}

/** Where a call stands. */
export interface Standing {
  readonly id: string;
  /** 1 is next. */
  readonly position: number;
  /** When its turn comes, as far as can be told; null where that hangs on answers that are still to come. */
  readonly expectedAt: number | null;
}

/**
 * Who may send next on one line, and when. No slot stays free while work waits: calls go first, and reads take what
 * they leave, except that a read that has waited for a second goes ahead, five times a minute.
 *
 * Pure: every `now` is a parameter, and every time but `placedAt` is monotonic ms.
 */
export interface Pace {
  /** Takes a slot for a call that may go at once: none is ready before it, the line is not paused, a slot is free. */
  takeNow(now: number): boolean;
  add(call: WaitingCall): void;
  addRead(id: string, now: number): void;
  /** Takes a call or a read out of the queue. False where it does not wait. */
  remove(id: string): boolean;
  /** Takes the slots that are free, for those whose turn it is, in order. */
  release(now: number): Turn[];
  /** When `release` will next have something to give; null where only an answer or new work can change that. */
  dueAt(now: number): number | null;
  /** A request whose slot was taken at `takenAt` was answered, but not by 429, or was given up. */
  settle(takenAt: number, now: number): void;
  /** No request was made with a taken slot. */
  giveBack(): void;
  /**
   * A request whose slot was taken at `takenAt` was answered by 429: the line waits as long as Exotel says, else 5 s,
   * doubling to 60 s while it goes on.
   */
  rateLimited(
    takenAt: number,
    retryAfterMs: number | null,
    now: number,
  ): {
    /** How long the line now waits. */
    readonly pauseMs: number;
    /** We had sent less than the limit: another program uses the account too. */
    readonly isShared: boolean;
  };
  /** Nothing is sent for so long, at least. */
  pause(ms: number, now: number): void;
  /** Requests that count in Exotel's minute now. */
  used(now: number): number;
  /** Calls that wait, in the order they will leave. */
  standings(now: number): Standing[];
}

/** Reads that may go ahead of calls in a minute (design.md, "Pacing"). */
const readsAhead = 5;
/** A read that has waited for so long is overdue. */
const overdueMs = 1000;
const firstPauseMs = 5000;
const longestPauseMs = 60_000;
/** A `Retry-After: 0` must not turn into a storm. */
const shortestPauseMs = 1000;

/**
 * @param limit requests in a minute, at least 1
 * @param carried requests of the last run's final minute: they count as settled at `now`
 */
export function createPace(limit: number, carried: number, now: number): Pace {
  const log = createRateLog(limit, carried, now);
  /** In the order of `placedAt`. */
  const calls: WaitingCall[] = [];
  const reads: WaitingRead[] = [];
  /** When reads of the last minute were sent. */
  let readsSentAt: number[] = [];
  let pausedUntil = Number.NEGATIVE_INFINITY;
  /** When the last 429 began a pause: those of requests from before belong to it. */
  let pauseBegan = Number.NEGATIVE_INFINITY;
  let refusals = 0;

  function overdueRead(at: number): WaitingRead | undefined {
    const [read] = reads;
    if (read === undefined || at - read.since < overdueMs) return undefined;
    readsSentAt = readsSentAt.filter((sentAt) => sentAt + windowMs > at);
    return readsSentAt.length < readsAhead ? read : undefined;
  }

  function readyCall(at: number): WaitingCall | undefined {
    return calls.find((call) => call.notBefore <= at);
  }

  function next(at: number): Turn | null {
    const overdue = overdueRead(at);
    const call = overdue === undefined ? readyCall(at) : undefined;
    if (call !== undefined) return { kind: 'call', id: call.id };
    const read = overdue ?? reads[0];
    return read === undefined ? null : { kind: 'read', id: read.id };
  }

  function remove(id: string): boolean {
    return removeFrom(calls, id) || removeFrom(reads, id);
  }

  function pause(ms: number, at: number): void {
    pausedUntil = Math.max(pausedUntil, at + ms);
  }

  function standings(at: number): Standing[] {
    const known = [...Array<number>(Math.max(0, log.free(at))).fill(at), ...log.upcoming(at)].map((time) =>
      Math.max(time, pausedUntil),
    );
    return calls.map(({ id, notBefore }, index) => {
      // Where all slots are known, each comes round again a minute later.
      const slot = known[known.length === limit ? index % limit : index];
      const rounds = Math.floor(index / limit);
      return {
        id,
        position: index + 1,
        expectedAt: slot === undefined ? null : Math.max(slot + rounds * windowMs, notBefore),
      };
    });
  }

  return {
    takeNow(at) {
      if (at < pausedUntil || log.free(at) <= 0) return false;
      if (overdueRead(at) !== undefined || readyCall(at) !== undefined) return false;
      log.take(at);
      return true;
    },
    add(call) {
      // Behind those of the same millisecond, which came before it.
      const behind = calls.findIndex((other) => other.placedAt > call.placedAt);
      calls.splice(behind === -1 ? calls.length : behind, 0, call);
    },
    addRead(id, since) {
      reads.push({ id, since });
    },
    remove,
    release(at) {
      const turns: Turn[] = [];
      if (at < pausedUntil) return turns;
      while (log.free(at) > 0) {
        const turn = next(at);
        if (turn === null) break;
        log.take(at);
        remove(turn.id);
        if (turn.kind === 'read') readsSentAt.push(at);
        turns.push(turn);
      }
      return turns;
    },
    dueAt(at) {
      const work = Math.min(...reads.map((read) => read.since), ...calls.map((call) => call.notBefore));
      const slot = log.free(at) > 0 ? at : log.nextFreeAt(at);
      return slot === null || work === Number.POSITIVE_INFINITY
        ? null
        : Math.max(at, slot, work, pausedUntil);
    },
    settle(takenAt, at) {
      log.settle(at);
      if (takenAt >= pauseBegan) refusals = 0;
    },
    giveBack: () => log.giveBack(),
    rateLimited(takenAt, retryAfterMs, at) {
      const isShared = log.used(at) < limit;
      log.settle(at);
      const isNews = takenAt >= pauseBegan;
      if (isNews) {
        refusals++;
        pauseBegan = at;
      }
      const doubled = isNews ? Math.min(firstPauseMs * 2 ** (refusals - 1), longestPauseMs) : 0;
      pause(retryAfterMs === null ? doubled : Math.max(retryAfterMs, shortestPauseMs), at);
      return { pauseMs: Math.max(0, pausedUntil - at), isShared };
    },
    pause,
    used: (at) => log.used(at),
    standings,
  };
}

function removeFrom(waiting: { readonly id: string }[], id: string): boolean {
  const index = waiting.findIndex((each) => each.id === id);
  if (index === -1) return false;
  waiting.splice(index, 1);
  return true;
}
