import { expect, it, onTestFinished } from 'vitest';
import { startActingExotel } from '../support/acting-exotel.ts';
import { accountSettings, makeDataDir } from '../support/core-harness.ts';
import { startCoreProcess } from '../support/core-process.ts';
import { fastNow } from '../support/fast-clock.ts';
import { startPublicFront } from '../support/public-front.ts';
import { reconciled, ringsByCall } from '../support/reconciled.ts';
import { amount, chanceOfThisRun } from '../support/torture.ts';

const calls = amount(500, 10_000);
/** Placed at the same time. */
const inAWave = 25;
/** What the heap may grow by after the first fifth: caches warm up, no call stays behind. */
const mayGrow = 8 * 1024 * 1024;

it(`${calls} calls, with callbacks doubled, late and shuffled, end as Exotel says, and leave the memory flat`, {
  timeout: calls * 100,
}, async () => {
  const chance = chanceOfThisRun();
  const dir = makeDataDir();
  onTestFinished(() => dir.remove());
  const time = { zero: Date.now(), speed: 50 };
  const exotel = await startActingExotel({
    chance,
    temper: { tooMany: 2, refused: 5, lost: 0, page: 0, silentEnd: 10, doubled: 50 },
    now: () => fastNow(time),
    pace: { answer: 30, end: 200, again: 300 },
  });
  onTestFinished(() => exotel.close());
  const front = await startPublicFront();
  onTestFinished(() => front.close());
  const core = await startCoreProcess(
    {
      dataDir: dir.dir,
      time,
      rateLimit: 100_000,
      settings: { ...accountSettings(exotel.origin), askAgainSeconds: 0 },
    },
    front,
  );
  exotel.leadTo(core.callbacks);

  let placed = 0;
  let early = 0;
  while (placed < calls) {
    const wave = Array.from({ length: Math.min(inAWave, calls - placed) }, () =>
      core.place(crypto.randomUUID(), `+9198${String(10_000_000 + placed++)}`),
    );
    await Promise.all(wave);
    if (early === 0 && placed >= calls / 5) early = await core.weigh();
  }
  const known = await reconciled(core, exotel);

  expect(known).toHaveLength(calls);
  const rung = ringsByCall(exotel);
  for (const call of known) {
    expect(call.status, `${call.id} (${call.reason?.message ?? ''})`).toBe(
      rung.get(call.id)?.status ?? 'rejected',
    );
  }
  let reports = 0;
  for (const id of rung.keys()) {
    const { events } = await core.get(id);
    for (const { event, times } of events) {
      if (event.type === 'reported' && event.source === 'callback') reports += times;
    }
  }
  expect(reports).toBe(exotel.taken.length);
  const late = await core.weigh();
  console.log(`soak: ${(early / 1e6).toFixed(1)} MB after a fifth, ${(late / 1e6).toFixed(1)} MB at the end`);
  expect(late - early).toBeLessThan(mayGrow);
  await core.stop();
});
