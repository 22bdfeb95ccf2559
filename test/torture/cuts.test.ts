import { once } from 'node:events';
import { setTimeout as pass } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { type ActingExotel, startActingExotel } from '../support/acting-exotel.ts';
import { accountSettings, makeDataDir } from '../support/core-harness.ts';
import type { ChildOptions } from '../support/core-child.ts';
import { type CoreProcess, startCoreProcess } from '../support/core-process.ts';
import { fastNow } from '../support/fast-clock.ts';
import { startPublicFront } from '../support/public-front.ts';
import { reconciled, ringsByCall } from '../support/reconciled.ts';
import { amount, chanceOfThisRun } from '../support/torture.ts';

const cuts = amount(60, 1000);
/** Placed at once in each life of the program. */
const callsInALife = 5;

const moments = ['request', 'answered', 'callback', 'callback-taken'] as const;
/** When the program is cut off: as the person presses, once the call is durable, at a moment of Exotel's, or whenever. */
const points = ['press', 'placed', ...moments, 'whenever'] as const;
type Point = (typeof points)[number];

/**
 * Lives of one program over one data folder, each ended by SIGKILL. What Exotel did and what the program then knows must
 * agree, whatever line it was in.
 */
it(`after ${cuts} cuts nobody was called twice, no call is missing, and no callback that got its 200`, {
  timeout: cuts * 5000,
}, async () => {
  const chance = chanceOfThisRun();
  const dir = makeDataDir();
  onTestFinished(() => dir.remove());
  // A minute passes in 1.2 s.
  const time = { zero: Date.now(), speed: 50 };
  const exotel = await startActingExotel({
    chance,
    temper: { tooMany: 8, refused: 4, lost: 10, page: 4, silentEnd: 15, doubled: 20 },
    now: () => fastNow(time),
    pace: { answer: 20, end: 60, late: 60, again: 400 },
  });
  onTestFinished(() => exotel.close());
  const front = await startPublicFront();
  onTestFinished(() => front.close());
  const options: ChildOptions = {
    dataDir: dir.dir,
    time,
    // In this fast time a life lasts seconds, and asks anew each time: the rate is not what is attacked here.
    rateLimit: 2000,
    settings: { ...accountSettings(exotel.origin), askAgainSeconds: 0 },
  };

  /** Intents, and those of them that the program said were placed. */
  const pressed = new Map<string, string>();
  const placed = new Set<string>();
  /** How often a moment of Exotel's came, and the program was cut off at it. */
  const cutsAt = new Map<Point, number>();

  for (let cut = 0; cut < cuts; cut++) {
    const core = await startCoreProcess(options, front);
    exotel.leadTo(core.callbacks);
    const point = points[cut % points.length] ?? 'whenever';
    const gone = cutAt(point, core, exotel, chance.int(30));
    const place = async (id: string, number: string) => {
      pressed.set(id, number);
      await core.place(id, number);
      placed.add(id);
      if (point === 'placed') void core.kill();
    };
    // A press of an earlier life comes again.
    const again = [...pressed][chance.int(Math.max(1, pressed.size))];
    const placing = Array.from({ length: callsInALife }, () =>
      place(crypto.randomUUID(), `+9198${String(10_000_000 + pressed.size)}`),
    );
    if (again !== undefined) placing.push(place(...again));
    const [came] = await Promise.all([
      gone,
      // Those that the cut came before reject.
      Promise.allSettled(placing),
    ]);
    if (came) cutsAt.set(point, (cutsAt.get(point) ?? 0) + 1);
    exotel.leadTo(null);
  }

  const core = await startCoreProcess(options, front);
  exotel.leadTo(core.callbacks);
  await exotel.quiet();
  ringsByCall(exotel);
  const calls = await reconciled(core, exotel);

  const rung = ringsByCall(exotel);
  const known = new Map(calls.map((call) => [call.id, call]));
  for (const id of [...placed, ...rung.keys()]) {
    expect(known.get(id)?.number.e164, `${id} is missing`).toBe(pressed.get(id));
  }
  for (const call of calls) {
    const ring = rung.get(call.id);
    // What rang is never told as "the customer was not called", and what did not ring is never told as a call.
    const isChosenFrom = call.candidates.some(({ sid }) => sid === ring?.sid);
    const truth =
      ring === undefined
        ? ['rejected', 'queued', 'held', 'unconfirmed']
        : [isChosenFrom ? 'unconfirmed' : ring.status];
    expect(truth, `${call.id} (${call.reason?.code ?? ''})`).toContain(call.status);
  }
  for (const { callId, ...told } of exotel.taken) {
    const { events } = await core.get(callId);
    const reports = events.flatMap(({ event }) => (event.type === 'reported' ? [event.report] : []));
    expect(reports, `a callback of ${callId} is lost`).toContainEqual(expect.objectContaining(told));
  }
  expect(exotel.acted.length).toBeGreaterThan(cuts);
  expect(exotel.taken.length).toBeGreaterThan(0);
  console.log(`cuts: ${moments.map((moment) => `${cutsAt.get(moment) ?? 0} at ${moment}`).join(', ')}`);
  for (const moment of moments) expect(cutsAt.get(moment) ?? 0, moment).toBeGreaterThan(0);
  await core.stop();
});

/**
 * Kills the program at its point. A moment that does not come in this life is cut off after it should have. Resolves with
 * whether it came.
 */
async function cutAt(
  point: Point,
  core: CoreProcess,
  exotel: ActingExotel,
  delayMs: number,
): Promise<boolean> {
  let came = true;
  switch (point) {
    case 'press':
      await pass(delayMs / 10);
      break;
    case 'placed':
    case 'whenever':
      await pass(delayMs * 4);
      break;
    default: {
      const over = new AbortController();
      came = await Promise.race([
        once(exotel.moments, point, { signal: over.signal }).then(() => true),
        pass(500, false),
      ]);
      over.abort();
    }
  }
  await core.kill();
  return came;
}
