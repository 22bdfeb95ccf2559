import type { Clock, Log } from '../ports.ts';
import { createPace, type Pace } from './pace.ts';

/** The right to send one request. Exactly one of these ends it. */
export interface Slot {
  /** The request was answered, but not by 429, or was given up. */
  settle(): void;
  /** The request was answered by 429. For how long the line now waits, ms. */
  rateLimited(retryAfterMs: number | null): number;
  /** No request was made. */
  giveBack(): void;
}

/** A call that waits until its line has a slot for it. */
export interface QueuedCall {
  readonly id: string;
  /** `lineKey` of the call's line. */
  readonly line: string;
  /** ms UTC: calls of a line leave in this order. */
  readonly placedAt: number;
  /** Not before so many ms have passed; calls behind it may pass it then. */
  readonly waitMs: number;
  /** Its turn has come. A rejection means that nothing was sent: the slot is given back, and the call waits on. */
  send(slot: Slot): Promise<void>;
}

/** Where a call stands in its line's queue. */
export interface Place {
  /** 1 is next. */
  readonly position: number;
  /** When its turn comes, ms UTC; null where that hangs on answers that are still to come. */
  readonly expectedAt: number | null;
}

/**
 * The rate of each line: one log for all its requests, so that Exotel never counts more than the limit in a minute.
 * Who is next is decided in pace.ts; here are its clock, its timers and who is told.
 */
export interface Pacer {
  /** Takes a slot for a call that may go at once; null where it must wait its turn. */
  takeNow(line: string): Slot | null;
  add(call: QueuedCall): void;
  /** Takes a call off the queue; one that does not wait is no error. */
  remove(callId: string): void;
  /** Nothing is sent on this line for so long, ms. */
  pause(line: string, ms: number): void;
  /** Waits for a slot for a read. Null where the wait was ended by the signal, or by `stop`. */
  enter(line: string, signal: AbortSignal): Promise<Slot | null>;
  /** Requests of the line that count in Exotel's minute now. */
  inMinute(line: string): number;
  /** All calls that wait, by id. */
  places(): ReadonlyMap<string, Place>;
  /** Sends nothing more. */
  stop(): void;
}

interface Lane {
  readonly line: string;
  readonly pace: Pace;
  cancelTimer: () => void;
}

/** After a call could not be written to disk as sending. */
const unwrittenWaitMs = 2000;

export function createPacer(parts: {
  readonly clock: Clock;
  readonly log: Log;
  /** Requests in a minute, of each line. */
  readonly limit: number;
  /** How many requests the last run's final minute held, by line. */
  readonly carried: ReadonlyMap<string, number>;
  /** Makes durable, before a read is sent, that the line's minute holds so many requests. */
  readonly recordRead: (line: string, inMinute: number) => Promise<void>;
  /** Calls joined or left the queue, or what they wait for has changed. */
  readonly moved: () => void;
  /** Exotel answered 429 though we had sent less than the limit: another program uses the account. */
  readonly shared: (line: string) => void;
}): Pacer {
  const { clock, log } = parts;
  const lanes = new Map<string, Lane>();
  const calls = new Map<string, QueuedCall>();
  const reads = new Map<string, (slot: Slot | null) => void>();
  let lastRead = 0;
  let stopped = false;

  for (const [line, carried] of parts.carried) open(line, carried);

  function open(line: string, carried: number): Lane {
    const pace = createPace(parts.limit, carried, clock.monotonic());
    const lane = { line, pace, cancelTimer: () => {} };
    lanes.set(line, lane);
    return lane;
  }

  function laneOf(line: string): Lane {
    return lanes.get(line) ?? open(line, 0);
  }

  /** Lets go whose turn it is, and comes back when the next one's may be. */
  function release(lane: Lane): void {
    lane.cancelTimer();
    if (stopped) return;
    const turns = lane.pace.release(clock.monotonic());
    for (const { kind, id } of turns) {
      const slot = slotOf(lane);
      if (kind === 'read') admit(id, slot);
      else send(id, slot);
    }
    const now = clock.monotonic();
    const dueAt = lane.pace.dueAt(now);
    // What was sent may have come back to here.
    lane.cancelTimer();
    if (dueAt !== null) lane.cancelTimer = clock.after(dueAt - now, () => release(lane));
    if (turns.some(({ kind }) => kind === 'call')) parts.moved();
  }

  function slotOf(lane: Lane): Slot {
    const takenAt = clock.monotonic();
    return {
      settle() {
        lane.pace.settle(takenAt, clock.monotonic());
        release(lane);
      },
      rateLimited(retryAfterMs) {
        const { pauseMs, isShared } = lane.pace.rateLimited(takenAt, retryAfterMs, clock.monotonic());
        log.warn('Exotel says that requests come too fast; the line waits', {
          line: lane.line,
          pauseMs,
          isShared,
        });
        if (isShared) parts.shared(lane.line);
        release(lane);
        parts.moved();
        return pauseMs;
      },
      giveBack() {
        lane.pace.giveBack();
        release(lane);
      },
    };
  }

  function send(id: string, slot: Slot): void {
    const call = calls.get(id);
    if (call === undefined) throw new Error(`Call ${id} has a turn and is not there.`);
    calls.delete(id);
    call.send(slot).catch((error: unknown) => {
      log.error('a queued call could not be sent; it waits', { callId: id, error: String(error) });
      add({ ...call, waitMs: unwrittenWaitMs });
      slot.giveBack();
    });
  }

  function add(call: QueuedCall): void {
    const lane = laneOf(call.line);
    const notBefore = clock.monotonic() + call.waitMs;
    calls.set(call.id, call);
    lane.pace.add({ id: call.id, placedAt: call.placedAt, notBefore });
    release(lane);
    parts.moved();
  }

  function admit(id: string, slot: Slot | null): void {
    const resolve = reads.get(id);
    reads.delete(id);
    resolve?.(slot);
  }

  async function enter(line: string, signal: AbortSignal): Promise<Slot | null> {
    if (stopped || signal.aborted) return null;
    const lane = laneOf(line);
    const id = `read ${++lastRead}`;
    const giveUp = () => {
      lane.pace.remove(id);
      admit(id, null);
    };
    signal.addEventListener('abort', giveUp);
    const slot = await new Promise<Slot | null>((resolve) => {
      reads.set(id, resolve);
      lane.pace.addRead(id, clock.monotonic());
      release(lane);
    });
    signal.removeEventListener('abort', giveUp);
    if (slot === null) return null;
    // A read that is not recorded may at worst bring a 429 after a restart, which is waited for; so it is sent.
    await parts.recordRead(line, lane.pace.used(clock.monotonic())).catch((error: unknown) => {
      log.warn('a read could not be recorded', { line, error: String(error) });
    });
    return slot;
  }

  return {
    takeNow(line) {
      const lane = laneOf(line);
      return !stopped && lane.pace.takeNow(clock.monotonic()) ? slotOf(lane) : null;
    },
    add,
    remove(callId) {
      const call = calls.get(callId);
      if (call === undefined) return;
      calls.delete(callId);
      laneOf(call.line).pace.remove(callId);
      parts.moved();
    },
    pause(line, ms) {
      laneOf(line).pace.pause(ms, clock.monotonic());
    },
    enter,
    inMinute: (line) => laneOf(line).pace.used(clock.monotonic()),
    places() {
      const [now, wall] = [clock.monotonic(), clock.now()];
      const places = new Map<string, Place>();
      for (const { pace } of lanes.values()) {
        for (const { id, position, expectedAt } of pace.standings(now)) {
          places.set(id, {
            position,
            expectedAt: expectedAt === null ? null : Math.round(wall + expectedAt - now),
          });
        }
      }
      return places;
    },
    stop() {
      stopped = true;
      for (const lane of lanes.values()) lane.cancelTimer();
      for (const id of reads.keys()) admit(id, null);
    },
  };
}
