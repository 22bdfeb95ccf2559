import { lineKey } from '../../src-shared/call.ts';
import type { CallReason } from '../../src-shared/errors.ts';
import type { Clock, Log } from '../ports.ts';
import type { StoredCall } from '../storage/storage.ts';

/** Calls that wait to be sent: after a 429, after a request that never left, or behind such a one. */
export interface SendQueue {
  /** Whether a new call on this line may go at once: nothing waits before it and no 429 holds the line. */
  isFree(line: string): boolean;
  /** Puts a call in its place: calls of a line leave in the order they were placed. */
  add(queued: StoredCall): void;
  remove(callId: string): void;
  /** How long a 429 without Retry-After holds the line, ms. */
  readonly pauseMs: number;
  /** Whether a request that never left this computer is tried again: at most three times in all. */
  mayRepeat(attempts: number, reason: CallReason): boolean;
  /** From now on calls are handed to `send` when it is their turn. */
  start(send: (queued: StoredCall) => Promise<void>): void;
  stop(): void;
}

const pauseMs = 10_000;
const maxAttempts = 3;
/** Wait before the second and the third attempt of a request that never left, ms. */
const repeatMs = 1000;

export function createSendQueue(parts: { readonly clock: Clock; readonly log: Log }): SendQueue {
  const waiting = new Map<string, { readonly queued: StoredCall; readonly notBefore: number }>();
  const heldUntil = new Map<string, number>();
  let send: ((queued: StoredCall) => Promise<void>) | null = null;
  let cancelTimer = () => {};

  function add(queued: StoredCall): void {
    const { call } = queued;
    const line = lineKey(call.line);
    if (call.retryAt !== null) heldUntil.set(line, Math.max(call.retryAt, heldUntil.get(line) ?? 0));
    const notBefore =
      call.retryAt ?? (call.attempts === 0 ? 0 : parts.clock.now() + repeatMs * call.attempts);
    waiting.set(call.id, { queued, notBefore });
    schedule();
  }

  function dueAt(entry: { readonly queued: StoredCall; readonly notBefore: number }): number {
    return Math.max(entry.notBefore, heldUntil.get(lineKey(entry.queued.call.line)) ?? 0);
  }

  function schedule(): void {
    cancelTimer();
    if (send === null || waiting.size === 0) return;
    const next = Math.min(...[...waiting.values()].map(dueAt));
    cancelTimer = parts.clock.after(Math.max(0, next - parts.clock.now()), release);
  }

  function release(): void {
    const now = parts.clock.now();
    const due = [...waiting.values()]
      .filter((entry) => dueAt(entry) <= now)
      .sort((a, b) => a.queued.call.placedAt - b.queued.call.placedAt);
    for (const { queued } of due) {
      waiting.delete(queued.call.id);
      send?.(queued).catch((error: unknown) => {
        parts.log.error('a queued call could not be sent; it waits', {
          callId: queued.call.id,
          error: String(error),
        });
        add(queued);
      });
    }
    schedule();
  }

  return {
    pauseMs,
    add,
    isFree(line) {
      const waits = [...waiting.values()].some((entry) => lineKey(entry.queued.call.line) === line);
      return !waits && (heldUntil.get(line) ?? 0) <= parts.clock.now();
    },
    remove(callId) {
      waiting.delete(callId);
      schedule();
    },
    mayRepeat: (attempts, reason) => reason.code === 'unreachable' && attempts < maxAttempts,
    start(handOver) {
      send = handOver;
      schedule();
    },
    stop() {
      send = null;
      cancelTimer();
    },
  };
}
