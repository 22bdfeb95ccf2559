import { setTimeout as pass } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { scripts } from '../../src-main/practice-line/endings.ts';
import { isTerminal } from '../../src-shared/call.ts';
import { startActingExotel } from '../support/acting-exotel.ts';
import { accountSettings, makeDataDir, plainFlow } from '../support/core-harness.ts';
import type { ChildOptions } from '../support/core-child.ts';
import { type CoreProcess, startCoreProcess } from '../support/core-process.ts';
import { fastNow } from '../support/fast-clock.ts';
import { type PublicFront, startPublicFront } from '../support/public-front.ts';
import { reconciled, ringsByCall } from '../support/reconciled.ts';
import { amount, chanceOfThisRun } from '../support/torture.ts';

const calls = amount(500, 10_000);
/** Placed at the same time. */
const inAWave = 25;
/** What the heap may grow by after the first fifth: caches warm up, no call stays behind. */
const mayGrow = 8 * 1024 * 1024;
const timeout = calls * 100;

/** A core at a raised limit, in a time that is 50 times as fast. */
async function start(
  settings: ChildOptions['settings'],
  time = { zero: Date.now(), speed: 50 },
  front?: PublicFront,
): Promise<CoreProcess> {
  const dir = makeDataDir();
  onTestFinished(() => dir.remove());
  return startCoreProcess({ dataDir: dir.dir, time, rateLimit: 100_000, settings }, front);
}

/** Places all calls; resolves with the weight of the heap after a fifth of them. */
async function placeAll(core: CoreProcess, numberOf: (nr: number) => string): Promise<number> {
  let placed = 0;
  let early = 0;
  while (placed < calls) {
    const wave = Array.from({ length: Math.min(inAWave, calls - placed) }, () =>
      core.place(crypto.randomUUID(), numberOf(placed++)),
    );
    await Promise.all(wave);
    if (early === 0 && placed >= calls / 5) early = await core.weigh();
  }
  return early;
}

/** How many callbacks the program has stored for a call, repeats too. */
async function reportsOf(core: CoreProcess, id: string): Promise<number> {
  const { events } = await core.get(id);
  return events
    .filter(({ event }) => event.type === 'reported' && event.source === 'callback')
    .reduce((sum, { times }) => sum + times, 0);
}

async function expectFlat(core: CoreProcess, early: number): Promise<void> {
  const late = await core.weigh();
  console.log(`soak: ${(early / 1e6).toFixed(1)} MB after a fifth, ${(late / 1e6).toFixed(1)} MB at the end`);
  expect(late - early).toBeLessThan(mayGrow);
}

it(`${calls} calls, with callbacks doubled, late and shuffled, end as Exotel says, and leave the memory flat`, {
  timeout,
}, async () => {
  const time = { zero: Date.now(), speed: 50 };
  const exotel = await startActingExotel({
    chance: chanceOfThisRun(),
    temper: { tooMany: 2, refused: 5, lost: 0, page: 0, silentEnd: 10, doubled: 50 },
    now: () => fastNow(time),
    pace: { answer: 30, end: 200, late: 500, again: 300 },
  });
  onTestFinished(() => exotel.close());
  const front = await startPublicFront();
  onTestFinished(() => front.close());
  const settings = { ...accountSettings(exotel.origin), askAgainSeconds: 0, statusCallbackEvents: true };
  const core = await start(settings, time, front);
  exotel.leadTo(core.callbacks);

  const early = await placeAll(core, (nr) => `+9198${String(10_000_000 + nr)}`);
  const known = await reconciled(core, exotel);

  expect(known).toHaveLength(calls);
  const rung = ringsByCall(exotel);
  for (const call of known) {
    expect(call.status, `${call.id} (${call.reason?.message ?? ''})`).toBe(
      rung.get(call.id)?.status ?? 'rejected',
    );
  }
  let reports = 0;
  for (const id of rung.keys()) reports += await reportsOf(core, id);
  expect(reports).toBe(exotel.taken.length);
  // It did come in any order.
  const cameAt = new Map<string, number>();
  for (const [at, { callId, status }] of exotel.taken.entries()) {
    const word = `${callId} ${status}`;
    if (!cameAt.has(word)) cameAt.set(word, at);
  }
  const answeredLate = exotel.acted.filter(({ callId, status }) => {
    const end = cameAt.get(`${callId} ${status}`);
    return end !== undefined && (cameAt.get(`${callId} in-progress`) ?? -1) > end;
  });
  expect(cameAt.size).toBeLessThan(exotel.taken.length);
  expect(answeredLate.length).toBeGreaterThan(0);
  await expectFlat(core, early);
  await core.stop();
});

it(`${calls} calls on the practice line, with callbacks doubled, late and none, end as their numbers say, and leave the memory flat`, {
  timeout,
}, async () => {
  const chance = chanceOfThisRun();
  // Those that end in one way only: what is sought in a list is, in a time so fast, a person's to say.
  const [first, ...others] = scripts.filter(
    ({ answer, callbacksAfterMs }) =>
      answer.kind === 'accepted' || (['lost', 'broken'].includes(answer.kind) && callbacksAfterMs.length > 0),
  );
  if (first === undefined) throw new Error('The practice line takes no call.');
  const core = await start({
    ...accountSettings(''),
    line: 'practice',
    flows: [plainFlow],
    askAgainSeconds: 0,
  });
  const played = new Map<string, typeof first>();

  const early = await placeAll(core, (nr) => {
    const script = chance.pick([first, ...others]);
    const number = `+919${String(10_000 + nr)}${script.ending || '2345'}`;
    played.set(number, script);
    return number;
  });
  let known = await core.all();
  // They are rung, talk and end by the program's own clock.
  while (!known.every(({ status }) => isTerminal(status))) {
    await pass(200);
    known = await core.all();
  }

  expect(known).toHaveLength(calls);
  for (const { status, number } of known) {
    expect(status, number.e164 ?? '').toBe(played.get(number.e164 ?? '')?.end);
  }
  for (const { id, number } of known) {
    const told = played.get(number.e164 ?? '')?.callbacksAfterMs.length;
    await expect.poll(() => reportsOf(core, id), { message: number.e164 ?? '' }).toBe(told);
  }
  await expectFlat(core, early);
  await core.stop();
});
