import { Pool } from 'undici';
import { createPacer, type Slot } from '../../src-main/pacing/pacer.ts';
import { systemClock } from '../../src-main/shells/system-clock.ts';
import type { OpenReport } from '../support/bench.ts';
import { callXml, restException, sendXml, startFakeExotel } from '../support/fake-exotel.ts';

const limit = 200;
const windowMs = 60_000;
const lastsMs = 2 * windowMs;
const tripMs = 50;

/** Two minutes of more calls than go, to a server that counts as strictly as can be, against what the rule allows. */
const openPacer: OpenReport = async () => {
  const exotel = await startFakeExotel();
  const countedAt: number[] = [];
  let refused = 0;
  exotel.answer((_, response) => {
    const now = performance.now();
    const inWindow = countedAt.length - countedAt.findLastIndex((at) => at <= now - windowMs);
    countedAt.push(now);
    setTimeout(() => {
      if (inWindow <= limit) sendXml(response, 200, callXml({}));
      else {
        refused++;
        sendXml(response, 429, restException(429, 'Too many'));
      }
    }, tripMs);
  });
  const pool = new Pool(exotel.origin, { connections: 32, pipelining: 1 });
  const pacer = createPacer({
    clock: systemClock,
    log: { info: () => {}, warn: () => {}, error: () => {} },
    limit,
    carried: new Map(),
    recordRead: () => Promise.resolve(),
    moved: () => {},
    shared: () => {},
  });
  const sentAt: number[] = [];
  /** When each slot was free, in that order. */
  const freeAt: number[] = [];

  async function send(slot: Slot): Promise<void> {
    sentAt.push(performance.now());
    const { body } = await pool.request({ method: 'POST', path: '/v1/Accounts/acme1/Calls/connect' });
    await body.dump();
    slot.settle();
    freeAt.push(performance.now() + windowMs);
  }

  return {
    name: 'pacer',
    async measure() {
      freeAt.push(...Array<number>(limit).fill(performance.now()));
      for (let n = 0; n < limit * 4; n++) {
        pacer.add({ id: `call ${n}`, line: 'account', placedAt: n, waitMs: 0, send });
      }
      await new Promise((resolve) => setTimeout(resolve, lastsMs));
      pacer.stop();
      const allowed = (limit * lastsMs) / windowMs;
      const longest = Math.max(...sentAt.map((at, n) => at - (freeAt[n] ?? at)));
      return {
        baseline: `the rule: ${allowed} in 2 min`,
        Flowdial: `${sentAt.length} sent; longest free slot ${longest.toFixed(1)} ms; ${refused} × 429`,
        ratio: (sentAt.length / allowed).toFixed(3),
      };
    },
    async close() {
      await pool.close();
      await exotel.close();
    },
  };
};

export default openPacer;
