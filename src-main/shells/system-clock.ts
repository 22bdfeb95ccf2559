import type { Clock } from '../ports.ts';

/** This computer's clocks, as both shells hand them to the core. A timer takes at most 24 days (Node's limit). */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
