/**
 * The requests of one account within Exotel's minute. A slot is taken before a request is sent and is free again 60 s
 * after that request was answered or given up: whatever the network's jitter, Exotel cannot count more than the limit in
 * any 60 s of its own clock, wherever it puts the window's edges (exotel-api.md, "Rate limit").
 *
 * Pure: every time is a parameter, monotonic ms.
 */
export interface RateLog {
  /** Slots that are free now. */
  free(now: number): number;
  /** Takes a free slot. Throws where there is none: a bug in the caller, and the one that must not pass. */
  take(now: number): void;
  /** The request of a taken slot was answered or given up now. */
  settle(now: number): void;
  /** No request was made with a taken slot: it is free again at once. */
  giveBack(): void;
  /** Requests that count now: under way, or settled less than 60 s ago. */
  used(now: number): number;
  /** When the slots of settled requests will be free, soonest first. */
  upcoming(now: number): readonly number[];
  /** When a further slot will be free; null where that hangs on requests under way, or where one is free now. */
  nextFreeAt(now: number): number | null;
}

/** Exotel's window, ms. */
export const windowMs = 60_000;

/**
 * @param limit requests in a window, at least 1
 * @param carried requests of the last run's final minute: they count as settled at `now`
 */
export function createRateLog(limit: number, carried: number, now: number): RateLog {
  let underWay = 0;
  /** When slots of settled requests become free, oldest first: settling happens in order of time. */
  const freeAt: number[] = Array.from({ length: Math.min(carried, limit) }, () => now + windowMs);

  function forget(at: number): void {
    const kept = freeAt.findIndex((time) => time > at);
    freeAt.splice(0, kept === -1 ? freeAt.length : kept);
  }

  function free(at: number): number {
    forget(at);
    return limit - underWay - freeAt.length;
  }

  function land(): void {
    if (underWay === 0) throw new Error('No request is under way.');
    underWay--;
  }

  return {
    free,
    take(at) {
      if (free(at) <= 0) throw new Error('No slot is free under the rate limit.');
      underWay++;
    },
    settle(at) {
      land();
      freeAt.push(at + windowMs);
    },
    giveBack: land,
    used: (at) => limit - free(at),
    upcoming(at) {
      forget(at);
      return freeAt;
    },
    nextFreeAt(at) {
      return free(at) > 0 ? null : (freeAt[0] ?? null);
    },
  };
}
