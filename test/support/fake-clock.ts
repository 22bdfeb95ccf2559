import type { Clock } from '../../src-main/ports.ts';

/** A clock that stands until a test moves it. Timers run in order as it passes them. */
export interface FakeClock extends Clock {
  /** Moves on by `ms`, running what falls due, and lets what was started settle between timers. */
  advance(ms: number): Promise<void>;
  /** Somebody sets the clock on, or back: no time passes by the monotonic one, and no timer runs. */
  jump(ms: number): void;
  /** How many timers wait. */
  readonly timers: number;
}

export function createFakeClock(start = Date.UTC(2026, 10, 23, 6, 30)): FakeClock {
  let mono = 0;
  let offset = start;
  const timers = new Set<{ readonly at: number; readonly run: () => void }>();
  return {
    now: () => mono + offset,
    monotonic: () => mono,
    after(ms, run) {
      // As every clock of ours, in whole ms.
      const timer = { at: mono + Math.ceil(ms), run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    get timers() {
      return timers.size;
    },
    async advance(ms) {
      const until = mono + ms;
      for (;;) {
        const next = [...timers].filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        timers.delete(next);
        mono = Math.max(mono, next.at);
        next.run();
        await new Promise((resolve) => setImmediate(resolve));
      }
      mono = until;
    },
    jump(ms) {
      offset += ms;
    },
  };
}
