import { createPacer, type Slot } from '../../src-main/pacing/pacer.ts';
import type { OpenReport } from '../support/bench.ts';
import { createFakeClock } from '../support/fake-clock.ts';

const limit = 200;
const windowMs = 60_000;
const lastsMs = 5 * windowMs;
const tripMs = 50;

/** Five minutes of more calls than go, on a clock that jumps, to a server that counts as strictly as can be. */
const openSimulatedPacer: OpenReport = () => {
  const clock = createFakeClock();
  const countedAt: number[] = [];
  let refused = 0;
  const sentAt: number[] = [];
  /** When each slot was free, in that order. */
  const freeAt: number[] = Array<number>(limit).fill(0);
  const pacer = createPacer({
    clock,
    log: { info: () => {}, warn: () => {}, error: () => {} },
    limit,
    carried: new Map(),
    recordRead: () => Promise.resolve(),
    moved: () => {},
    shared: () => {},
  });

  /** Counted as it arrives, half a trip after it was sent, and answered half a trip later. */
  function send(slot: Slot): Promise<void> {
    sentAt.push(clock.monotonic());
    clock.after(tripMs / 2, () => {
      const now = clock.monotonic();
      const inWindow = countedAt.filter((at) => at > now - windowMs).length;
      countedAt.push(now);
      clock.after(tripMs / 2, () => {
        if (inWindow < limit) slot.settle();
        else {
          refused++;
          slot.rateLimited(null);
        }
        freeAt.push(clock.monotonic() + windowMs);
      });
    });
    return Promise.resolve();
  }

  return Promise.resolve({
    name: 'pacer, simulated',
    async measure() {
      for (let n = 0; n < limit * 10; n++) {
        pacer.add({ id: `call ${n}`, line: 'account', placedAt: n, waitMs: 0, send });
      }
      await clock.advance(lastsMs - 1);
      pacer.stop();
      const allowed = (limit * lastsMs) / windowMs;
      const longest = Math.max(...sentAt.map((at, n) => at - (freeAt[n] ?? at)));
      return {
        baseline: `the rule: ${allowed} in 5 min`,
        Flowdial: `${sentAt.length} sent; longest free slot ${longest.toFixed(1)} ms; ${refused} × 429`,
        ratio: (sentAt.length / allowed).toFixed(3),
      };
    },
    close: () => Promise.resolve(),
  });
};

export default openSimulatedPacer;
