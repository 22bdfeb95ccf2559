import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallView } from '../../../src-shared/contract/calls.ts';
import {
  accountSecrets,
  accountSettings,
  type CoreHarness,
  makeDataDir,
  startCoreHarness,
} from '../../support/core-harness.ts';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts';
import {
  callXml,
  type FakeExotel,
  restException,
  sendXml,
  startFakeExotel,
  tooMany,
} from '../../support/fake-exotel.ts';

const limit = 20;

let exotel: FakeExotel;
let data: ReturnType<typeof makeDataDir>;
let clock: FakeClock;
let harness: CoreHarness;
/** When Exotel counted each request, by the clock of the test. */
let countedAt: number[];

/** Exotel as strict as it can be: no 60 s, wherever they begin, hold more than the limit. Ends every call at once. */
function countStrictly(): void {
  exotel.answer((request, response) => {
    const now = clock.monotonic();
    countedAt.push(now);
    if (countedAt.filter((at) => at > now - 60_000).length > limit) {
      sendXml(response, 429, restException(429, 'Too many'));
    } else if (request.method === 'GET') {
      response.setHeader('content-type', 'application/json').end('{"incoming_phone_numbers": []}');
    } else sendXml(response, 200, callXml({ Sid: `sid${countedAt.length}`, Status: 'completed' }));
  });
}

function start(): Promise<CoreHarness> {
  return startCoreHarness({
    dataDir: data.dir,
    clock,
    rateLimit: limit,
    settings: accountSettings(exotel.origin),
    secrets: accountSecrets,
  });
}

async function restart(afterMs = 0): Promise<void> {
  await harness.stop();
  await clock.advance(afterMs);
  harness = await start();
}

beforeEach(async () => {
  exotel = await startFakeExotel();
  data = makeDataDir();
  clock = createFakeClock();
  countedAt = [];
  countStrictly();
  harness = await start();
});

afterEach(async () => {
  await harness.stop();
  await exotel.close();
  await data.remove();
});

/** Places calls one after the other, so that their order is known. */
async function place(count: number, first = 0): Promise<CallView[]> {
  const placed: CallView[] = [];
  for (let n = 0; n < count; n++) {
    placed.push(await harness.place(`98450${String(10_000 + first + n)}`));
    await clock.advance(1);
  }
  return placed;
}

/** Uses up the minute. */
async function fill(): Promise<void> {
  for (const { id } of await place(limit)) await harness.reaches(id, 'completed');
}

const dialed = () => exotel.connects().map((request) => request.form.get('From'));

/** Numbers in the order they left the queue: on the wire, connections of their own may overtake each other. */
const left = () =>
  harness.told.filter(({ status }) => status === 'dialing').map(({ number }) => number.entered);

/** The last that the windows were told of a call's place. */
function toldPlace(id: string): CallView['queue'] | undefined {
  return harness.told.findLast((call) => call.id === id)?.queue;
}

describe('a call above the rate', () => {
  it('waits, seen with its place and second, and goes in its order as soon as Exotel allows it', async () => {
    await fill();
    const filledAt = clock.now();
    const queued = await place(3, limit);
    expect(queued.map(({ status }) => status)).toEqual(['queued', 'queued', 'queued']);
    expect(queued.map(({ queue }) => queue?.position)).toEqual([1, 2, 3]);
    for (const { queue } of queued) {
      expect(queue?.expectedAt).toBeGreaterThan(filledAt + 59_900);
      expect(queue?.expectedAt).toBeLessThanOrEqual(filledAt + 60_000);
    }
    const [third] = (await harness.client.calls.list({ limit: 1 })).calls;
    expect(third).toEqual(queued[2]);
    expect(exotel.connects()).toHaveLength(limit);

    await clock.advance(61_000);
    for (const { id } of queued) await harness.reaches(id, 'completed');
    expect(left().slice(limit)).toEqual(queued.map((call) => call.number.entered));
    expect(exotel.connects()).toHaveLength(limit + 3);
    expect(harness.told.filter(({ reason }) => reason?.code === 'rate-limited')).toEqual([]);
  });

  it('can be withdrawn, is never sent then, and those behind it move up in every window', async () => {
    await fill();
    const [first, second, third] = await place(3, limit);
    if (first === undefined || second === undefined || third === undefined)
      throw new Error('Three were placed.');
    await harness.client.calls.withdraw({ id: second.id });
    await clock.advance(1000);
    expect(toldPlace(third.id)?.position).toBe(2);
    await clock.advance(60_000);
    await harness.reaches(third.id, 'completed');
    expect(left().slice(limit)).toEqual([first, third].map((call) => call.number.entered));
    expect(dialed()).not.toContain(`0${second.number.entered}`);
  });

  it('that was held comes back into its place by when it was placed', async () => {
    await fill();
    const [old] = await place(1, limit);
    if (old === undefined) throw new Error('One was placed.');
    await restart(61_000);
    expect((await harness.client.calls.get({ id: old.id })).call.status).toBe('held');
    // The last run's minute counts as sent just now: nobody knows how long the computer slept.
    const [young] = await place(1, limit + 1);
    expect(young).toMatchObject({ status: 'queued', queue: { position: 1 } });
    expect(await harness.client.calls.resume({ id: old.id })).toMatchObject({ queue: { position: 1 } });
    await clock.advance(60_000);
    await harness.reaches(young?.id ?? '', 'completed');
    expect(left()).toEqual([old, young].map((call) => call?.number.entered));
  });
});

describe('the account’s minute', () => {
  it('loses nothing to a call that was not sent after all', async () => {
    const [first] = await place(1);
    await harness.reaches(first?.id ?? '', 'completed');
    for (let n = 0; n < limit; n++) {
      await expect(harness.place('9845010000')).rejects.toMatchObject({ code: 'NEEDS_CONFIRMATION' });
    }
    for (const { id } of await place(limit - 1, 1)) await harness.reaches(id, 'completed');
  });

  it('holds reads too: one that finds no slot waits for it', async () => {
    await fill();
    const tested = harness.client.account.test();
    await clock.advance(59_000);
    expect(exotel.requests.filter(({ method }) => method === 'GET')).toEqual([]);
    await clock.advance(2000);
    await tested;
    expect(countedAt).toHaveLength(limit + 1);
  });

  it('survives a restart, with its reads', async () => {
    await place(limit - 1);
    await harness.client.account.test();
    await exotel.connect(limit - 1);
    await restart();
    const [waits] = await place(1, limit);
    expect(waits).toMatchObject({ status: 'queued', queue: { position: 1 } });
    await clock.advance(60_000);
    await harness.reaches(waits?.id ?? '', 'completed');
  });

  it('is no matter of the practice line', async () => {
    await fill();
    await harness.client.settings.update({ line: 'practice' });
    expect(await harness.place('9845099999')).toMatchObject({ status: 'dialing' });
  });
});

describe('a 429', () => {
  it('below our own count is waited for, and tells that others use the account', async () => {
    exotel.answer((_, response) => sendXml(response, 429, restException(429, 'Too many')));
    const [first] = await place(1);
    const waiting = await harness.reaches(first?.id ?? '', 'queued');
    expect(waiting.retryAt).toBeGreaterThan(clock.now());
    const [second] = await place(1, 1);
    expect(second).toMatchObject({ status: 'queued', queue: { position: 2 } });
    const status = await harness.client.app.status();
    expect((await status.next()).value).toMatchObject({ notices: [{ code: 'account-shared' }] });
    await status.return?.(undefined);
    countStrictly();
    await clock.advance(5000);
    await harness.reaches(second?.id ?? '', 'completed');
    expect(dialed()).toEqual(['09845010000', '09845010000', '09845010001']);
  });

  it('is still waited for after a restart, by later calls too', async () => {
    exotel.answer(tooMany(30));
    const [first] = await place(1);
    await harness.reaches(first?.id ?? '', 'queued');
    await restart(10_000);
    const [second] = await place(1, 1);
    expect(second).toMatchObject({ status: 'queued', queue: { position: 2 } });
    countStrictly();
    await clock.advance(19_000);
    expect(exotel.connects()).toHaveLength(1);
    await clock.advance(1000);
    await harness.reaches(second?.id ?? '', 'completed');
  });

  it('holds every call of its line after a restart, in whatever order they are taken up', async () => {
    exotel.answer(tooMany(30));
    const last = 'ffffffff-ffff-4fff-8fff-ffffffffffff';
    await harness.place('9845010000', { id: last });
    await harness.reaches(last, 'queued');
    // In the same millisecond: it is found first, and was not told to wait.
    const first = await harness.place('9845010001', { id: '00000000-0000-4000-8000-000000000000' });
    expect(first).toMatchObject({ status: 'queued', retryAt: null });
    await restart(10_000);
    for (const id of [first.id, last]) {
      const { call } = await harness.client.calls.get({ id });
      expect(call).toMatchObject({ status: 'queued', queue: { expectedAt: clock.now() + 20_000 } });
    }
    countStrictly();
    await clock.advance(20_000);
    expect(await harness.reaches(first.id, 'completed')).toMatchObject({ attempts: 1 });
    await harness.reaches(last, 'completed');
    expect(exotel.connects()).toHaveLength(3);
  });

  it('holds its line after a restart for as long as Exotel asked, though the call that it asked is held', async () => {
    exotel.answer(tooMany(120));
    const [asked] = await place(1);
    await harness.reaches(asked?.id ?? '', 'queued');
    const { retryAt } = (await harness.client.calls.get({ id: asked?.id ?? '' })).call;
    await clock.advance(70_000);
    const [later] = await place(1, 1);
    await restart(5000);
    expect((await harness.client.calls.get({ id: asked?.id ?? '' })).call.status).toBe('held');
    expect((await harness.client.calls.get({ id: later?.id ?? '' })).call).toMatchObject({
      status: 'queued',
      queue: { position: 1, expectedAt: retryAt },
    });
    expect(exotel.connects()).toHaveLength(1);
  });

  it('on a read makes calls wait as well', async () => {
    exotel.answer(tooMany(30));
    await expect(harness.client.account.test()).rejects.toMatchObject({ data: { code: 'rate-limited' } });
    const [waits] = await place(1);
    expect(waits).toMatchObject({ status: 'queued', queue: { expectedAt: clock.now() - 1 + 30_000 } });
  });
});

describe('a request that never left', () => {
  it('is tried again after one second and after two, and others pass it meanwhile', async () => {
    await exotel.close();
    const [call] = await place(1);
    const id = call?.id ?? '';
    const tries = () => harness.told.filter((told) => told.id === id && told.status === 'queued').length;
    const told = (times: number) => expect.poll(tries).toBe(times);
    await told(1);
    expect(await harness.place('9845010001', { accept: ['line-down'] })).toMatchObject({ status: 'dialing' });
    await clock.advance(900);
    expect(tries()).toBe(1);
    await clock.advance(100);
    await told(2);
    await clock.advance(1900);
    expect(harness.told.filter((told) => told.id === id).at(-1)).toMatchObject({ attempts: 2 });
    await clock.advance(100);
    expect(await harness.reaches(id, 'rejected')).toMatchObject({ attempts: 3 });
    exotel = await startFakeExotel();
  });
});
