import { request } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryVault } from '../../../src-main/credentials/memory-vault.ts';
import type { CallView } from '../../../src-shared/contract/calls.ts';
import type { AppStatus } from '../../../src-shared/contract/app.ts';
import { exotelTimeText } from '../../../src-shared/exotel-fields.ts';
import type { Settings } from '../../../src-shared/settings.ts';
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
  type ReceivedRequest,
  restException,
  sendXml,
  startFakeExotel,
  tooMany,
} from '../../support/fake-exotel.ts';
import { freePort } from '../../support/free-port.ts';

const minute = 60_000;
const customer = '+919845012345';

/** A call as Exotel's list has it. */
interface Listed {
  readonly sid: string;
  readonly createdAt: number;
  readonly status: string;
  readonly from?: string;
  readonly duration?: string;
  readonly price?: string;
}

let exotel: FakeExotel;
let data: ReturnType<typeof makeDataDir>;
let clock: FakeClock;
let harness: CoreHarness;
let list: Listed[];
let answersConnect: 'accept' | 'lose' | 'refuse' | 'too-many';
let hasList: boolean;
let isDown: boolean;
/** Exotel's clock less ours. */
let aheadMs: number;

type Options = Partial<Parameters<typeof startCoreHarness>[0]>;

async function start(more: Options = {}): Promise<CoreHarness> {
  return startCoreHarness({
    dataDir: data.dir,
    clock,
    settings: accountSettings(exotel.origin),
    secrets: accountSecrets,
    ...more,
  });
}

/** Starts the program again over the same data. */
async function restart(more: Options = {}): Promise<void> {
  await harness.stop();
  harness = await start(more);
}

beforeEach(async () => {
  list = [];
  answersConnect = 'lose';
  hasList = true;
  isDown = false;
  aheadMs = 0;
  exotel = await startFakeExotel();
  data = makeDataDir();
  clock = createFakeClock();
  exotel.answer((received, response) => {
    response.sendDate = false;
    response.setHeader('date', new Date(clock.now() + aheadMs).toUTCString());
    if (received.method === 'POST') {
      if (answersConnect === 'lose') return response.destroy() && undefined;
      if (answersConnect === 'too-many') return tooMany(1)(received, response);
      if (answersConnect === 'refuse') return sendXml(response, 400, restException(400, 'Invalid From'));
      return sendXml(response, 200, callXml({ Sid: `sid${exotel.connects().length}` }));
    }
    if (isDown) return sendXml(response, 503, '');
    if (!hasList) return sendXml(response, 404, restException(404, 'Not found'));
    sendXml(response, 200, listXml(asked(received)));
  });
  harness = await start();
});

afterEach(async () => {
  await harness.stop();
  await exotel.close();
  await data.remove();
});

/** What the list holds of what was asked for. */
function asked(received: ReceivedRequest): Listed[] {
  const query = new URL(received.path, exotel.origin).searchParams;
  const sids = query.get('Sid')?.split(',');
  const [from, until] = ['gte', 'lte'].map(
    (bound) => new RegExp(`${bound}:([^;]+)`).exec(query.get('DateCreated') ?? '')?.[1] ?? '',
  );
  return list.filter((call) => {
    const created = exotelTimeText(call.createdAt);
    return sids === undefined
      ? query
          .get('From')
          ?.split(',')
          .includes(call.from ?? customer) === true &&
          created >= (from ?? '') &&
          created <= (until ?? '')
      : sids.includes(call.sid);
  });
}

function listXml(calls: readonly Listed[]): string {
  const inner = calls.map(
    ({ sid, createdAt, status, from = customer, duration = '', price = '' }) =>
      `<Call><Sid>${sid}</Sid><Status>${status}</Status><From>${from}</From><PhoneNumberSid>08047191234</PhoneNumberSid>` +
      `<Direction>outbound-api</Direction><DateCreated>${exotelTimeText(createdAt)}</DateCreated>` +
      `<Duration>${duration}</Duration><Price>${price}</Price></Call>`,
  );
  return `<TwilioResponse><Calls>${inner.join('')}</Calls></TwilioResponse>`;
}

/** Requests for calls: of the list by Sid, or of the search. */
function reads(kind: 'Sid' | 'From'): ReceivedRequest[] {
  return exotel.requests.filter(
    ({ method, path }) => method === 'GET' && new URL(path, exotel.origin).searchParams.has(kind),
  );
}

async function call(id: string): Promise<CallView> {
  return (await harness.client.calls.get({ id })).call;
}

/** Time passes, and what it set off is answered. */
async function pass(ms: number, kind: 'Sid' | 'From', answered: number): Promise<void> {
  await clock.advance(ms);
  await expect
    .poll(async () => {
      // What waits for the answer before it is due by now.
      await clock.advance(0);
      return reads(kind).length;
    })
    .toBe(answered);
}

/** Settings under which Exotel reaches this computer, without a tunnel. */
async function reachableSettings(): Promise<Partial<Settings>> {
  const callbackPort = await freePort();
  return {
    ...accountSettings(exotel.origin),
    callbackPort,
    tunnel: 'url',
    tunnelUrl: `http://127.0.0.1:${callbackPort}`,
  };
}

async function isReachable(): Promise<void> {
  await expect.poll(async () => (await status()).tunnel.state).toBe('open');
}

async function post(placed: ReceivedRequest | undefined, fields: Record<string, string>): Promise<void> {
  const url = placed?.form.get('StatusCallback');
  if (typeof url !== 'string') throw new Error('No StatusCallback was asked for.');
  const answer = await request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });
  await answer.body.dump();
  expect(answer.statusCode).toBe(200);
}

/** A call whose answer was lost. */
async function placeLost(number = customer): Promise<string> {
  const { id } = await harness.place(number, { accept: ['called-just-now', 'line-down'] });
  await harness.reaches(id, 'unconfirmed');
  return id;
}

describe('a call whose answer was lost', () => {
  it('is found by number and time, and says that this is all that speaks for it', async () => {
    const id = await placeLost();
    list = [{ sid: 'found', createdAt: clock.now() + 1000, status: 'in-progress' }];
    await clock.advance(20_000);
    expect(await harness.reaches(id, 'in-progress')).toMatchObject({
      sid: 'found',
      match: { by: 'search', doubt: { code: 'connection-lost' } },
      reason: null,
    });
    list = [{ sid: 'found', createdAt: clock.now(), status: 'completed', duration: '42', price: '1.50' }];
    await clock.advance(minute);
    expect(await harness.reaches(id, 'completed')).toMatchObject({ durationSeconds: 42, price: '1.50' });
    expect(exotel.connects()).toHaveLength(1);
  });

  describe('by a clock that is an hour behind Exotel’s', () => {
    const hour = 60 * minute;

    beforeEach(() => {
      aheadMs = hour;
    });

    it('is found: the first search tells how far off it is, a second one looks at the right time', async () => {
      const id = await placeLost();
      list = [{ sid: 'found', createdAt: clock.now() + hour + 1000, status: 'completed' }];
      await pass(20_000, 'From', 2);
      expect(await harness.reaches(id, 'completed')).toMatchObject({ sid: 'found', match: { by: 'search' } });
      await placeLost('+919845012346');
      await pass(20_000, 'From', 3);
    });

    it('is found after a restart too, when all that is not found would be given up', async () => {
      const id = await placeLost();
      list = [{ sid: 'found', createdAt: clock.now() + hour + 1000, status: 'completed' }];
      await harness.stop();
      await clock.advance(40 * minute);
      harness = await start();
      await clock.advance(0);
      expect(await harness.reaches(id, 'completed')).toMatchObject({ sid: 'found', settled: null });
    });
  });

  it('goes back into doubt by "not mine", is not given the same call again, and is then not found', async () => {
    const id = await placeLost();
    const sentAt = clock.now();
    list = [{ sid: 'other', createdAt: sentAt, status: 'completed', duration: '5', price: '1' }];
    await clock.advance(20_000);
    await harness.reaches(id, 'completed');
    expect(await harness.client.calls.notMine({ id, sid: 'other' })).toMatchObject({
      status: 'unconfirmed',
      sid: null,
      durationSeconds: null,
      notMine: ['other'],
    });
    await expect(harness.client.calls.notMine({ id, sid: 'other' })).rejects.toMatchObject({
      code: 'TOO_LATE',
    });
    for (const [nr, waitMs] of [40_000, minute, 3 * minute, 5 * minute, 10 * minute].entries()) {
      await pass(waitMs, 'From', nr + 2);
      expect((await call(id)).settled).toBeNull();
    }
    await clock.advance(10 * minute);
    await expect.poll(async () => (await call(id)).settled).toBe('not-found');
    expect(await call(id)).toMatchObject({ status: 'unconfirmed', reason: { code: 'connection-lost' } });
    const soFar = reads('From').length;
    await clock.advance(60 * minute);
    expect(reads('From')).toHaveLength(soFar);
  });

  it('shows several to choose from, and the person’s choice counts', async () => {
    const id = await placeLost();
    list = ['one', 'two', 'three'].map((sid, nr) => ({
      sid,
      createdAt: clock.now() + nr * 1000,
      status: 'completed',
    }));
    await clock.advance(20_000);
    await expect
      .poll(async () => (await call(id)).candidates.map(({ sid }) => sid))
      .toEqual(['one', 'two', 'three']);
    await harness.client.calls.notMine({ id, sid: 'two' });
    await expect(harness.client.calls.chooseMatch({ id, sid: 'two' })).rejects.toMatchObject({
      code: 'TOO_LATE',
    });
    expect(await harness.client.calls.chooseMatch({ id, sid: 'three' })).toMatchObject({
      status: 'completed',
      sid: 'three',
      match: { by: 'rep' },
      candidates: [],
    });
  });

  it('asks the person about the only one, where others dial through the account', async () => {
    await restart({ settings: { ...accountSettings(exotel.origin), accountShared: true } });
    const id = await placeLost();
    list = [{ sid: 'perhaps', createdAt: clock.now(), status: 'completed' }];
    await clock.advance(20_000);
    await expect.poll(async () => (await call(id)).candidates).toMatchObject([{ sid: 'perhaps' }]);
    expect((await call(id)).status).toBe('unconfirmed');
  });

  it('asks the person too where an answer 429 below our own count showed that others dial through it', async () => {
    answersConnect = 'too-many';
    const early = await harness.place('+919845012346');
    await expect.poll(notices).toContain('account-shared');
    answersConnect = 'accept';
    await clock.advance(1000);
    await harness.reaches(early.id, 'in-progress');
    answersConnect = 'lose';
    const id = await placeLost();
    list = [{ sid: 'perhaps', createdAt: clock.now(), status: 'completed' }];
    await pass(15_000, 'Sid', 1);
    await pass(5000, 'From', 1);
    await expect.poll(async () => (await call(id)).candidates).toMatchObject([{ sid: 'perhaps' }]);
    expect(await call(id)).toMatchObject({ status: 'unconfirmed', match: null });
  });

  it('on a host without a list: that is said once, and it stays in doubt', async () => {
    hasList = false;
    const id = await placeLost();
    await pass(20_000, 'From', 1);
    await expect
      .poll(async () => (await notices()).filter((code) => code === 'list-unavailable'))
      .toHaveLength(1);
    await harness.client.app.dismissNotice({ code: 'list-unavailable' });
    await clock.advance(60 * minute);
    expect(await call(id)).toMatchObject({ status: 'unconfirmed', settled: null });
    expect(await notices()).not.toContain('list-unavailable');
    expect(reads('From')).toHaveLength(1);
  });

  it('gives a match up where the Sid is proven to be another call’s', async () => {
    const id = await placeLost();
    list = [{ sid: 'sid2', createdAt: clock.now(), status: 'in-progress' }];
    await clock.advance(20_000);
    await harness.reaches(id, 'in-progress');
    answersConnect = 'accept';
    const { id: other } = await harness.place(customer, { accept: ['called-just-now', 'line-down'] });
    expect(await harness.reaches(other, 'in-progress')).toMatchObject({ sid: 'sid2', match: null });
    await expect.poll(async () => call(id)).toMatchObject({ status: 'unconfirmed', notMine: ['sid2'] });
  });

  it('leaves its match for what a callback of its own address tells', async () => {
    await restart({ settings: await reachableSettings() });
    await isReachable();
    const id = await placeLost();
    list = [{ sid: 'other', createdAt: clock.now(), status: 'completed', duration: '9', price: '1' }];
    await clock.advance(20_000);
    await harness.reaches(id, 'completed');
    await post(exotel.connects().at(-1), { CallSid: 'ours', Status: 'no-answer' });
    expect(await call(id)).toMatchObject({
      status: 'no-answer',
      sid: 'ours',
      match: null,
      durationSeconds: null,
    });
  });
});

async function status(): Promise<AppStatus> {
  for await (const first of await harness.client.app.status()) return first;
  throw new Error('The program told no status.');
}

/** How many calls the rep is told to have changed while they were away. */
async function changedAway(): Promise<number> {
  const notice = (await status()).notices.find(({ code }) => code === 'calls-changed-away');
  return notice?.code === 'calls-changed-away' ? notice.count : 0;
}

async function notices(): Promise<string[]> {
  return (await status()).notices.map(({ code }) => code);
}

describe('a call whose Sid is known', () => {
  beforeEach(() => {
    answersConnect = 'accept';
  });

  async function placeTaken(): Promise<string> {
    const { id } = await harness.place(customer);
    await harness.reaches(id, 'in-progress');
    return id;
  }

  it('is asked for its duration and price 3 minutes after its end, until they are known', async () => {
    const id = await placeTaken();
    list = [{ sid: 'sid1', createdAt: clock.now(), status: 'completed' }];
    await clock.advance(15_000);
    await harness.reaches(id, 'completed');
    expect(reads('Sid')).toHaveLength(1);
    await pass(3 * minute, 'Sid', 2);
    list = [{ sid: 'sid1', createdAt: clock.now(), status: 'completed', duration: '61', price: '0.80' }];
    await pass(3 * minute, 'Sid', 3);
    await expect.poll(async () => call(id)).toMatchObject({ durationSeconds: 61, price: '0.80' });
    await clock.advance(60 * minute);
    expect(reads('Sid')).toHaveLength(3);
  });

  it('is asked for them after a restart too', async () => {
    const id = await placeTaken();
    list = [{ sid: 'sid1', createdAt: clock.now(), status: 'completed' }];
    await clock.advance(15_000);
    await harness.reaches(id, 'completed');
    await clock.advance(10 * minute);
    list = [{ sid: 'sid1', createdAt: clock.now(), status: 'completed', duration: '61', price: '0.80' }];
    await restart();
    await clock.advance(0);
    await expect.poll(async () => call(id)).toMatchObject({ durationSeconds: 61, price: '0.80' });
  });

  it.each([
    ['by a list without it', true],
    ['by a 404, from a host without a list', false],
  ])('is settled as forgotten where Exotel has not known it for a day, %s', async (_, listed) => {
    hasList = listed;
    const id = await placeTaken();
    await pass(15_000, 'Sid', 1);
    // The computer was off meanwhile.
    await harness.stop();
    await clock.advance(24 * 60 * minute - minute);
    harness = await start();
    await pass(0, 'Sid', 2);
    expect((await call(id)).settled).toBeNull();
    await clock.advance(5 * minute);
    await expect.poll(async () => (await call(id)).settled).toBe('forgotten');
    const soFar = reads('Sid').length;
    await clock.advance(60 * minute);
    expect(reads('Sid')).toHaveLength(soFar);
  });

  it('leaves a host that fails alone for longer each time, and asks at once where the network comes back', async () => {
    await placeTaken();
    isDown = true;
    await pass(15_000, 'Sid', 1);
    for (const [waitMs, count] of [
      [30_000, 2],
      [60_000, 3],
      [120_000, 4],
    ] as const) {
      await clock.advance(waitMs - 1000);
      expect(reads('Sid')).toHaveLength(count - 1);
      await pass(1000, 'Sid', count);
    }
    await clock.advance(30_000);
    harness.wake({ kind: 'network' });
    await pass(0, 'Sid', 5);
  });

  it('is asked for soon where a callback brought a word that nobody knows', async () => {
    await restart({ settings: await reachableSettings() });
    await isReachable();
    const id = await placeTaken();
    await pass(15_000, 'Sid', 1);
    await post(exotel.connects().at(-1), { CallSid: 'sid1', Status: 'teleported' });
    expect(await call(id)).toMatchObject({ status: 'in-progress', exotelStatus: 'teleported' });
    await clock.advance(4000);
    expect(reads('Sid')).toHaveLength(1);
    await pass(1000, 'Sid', 2);
  });

  it('tells how many calls changed while the program was away', async () => {
    const first = await placeTaken();
    const { id: second } = await harness.place('+919845012346');
    await harness.reaches(second, 'in-progress');
    await harness.stop();
    await clock.advance(30 * minute);
    list = ['sid1', 'sid2'].map((sid) => ({ sid, createdAt: clock.now(), status: 'no-answer' }));
    harness = await start();
    await clock.advance(0);
    await harness.reaches(first, 'no-answer');
    await harness.reaches(second, 'no-answer');
    await expect.poll(changedAway).toBe(2);
  });

  it('tells it where the computer slept', async () => {
    const id = await placeTaken();
    await pass(15_000, 'Sid', 1);
    list = [{ sid: 'sid1', createdAt: clock.now(), status: 'busy' }];
    await clock.advance(14_000);
    harness.wake({ kind: 'woke', sleptMs: 8 * 60 * minute });
    await clock.advance(0);
    await harness.reaches(id, 'busy');
    await expect.poll(changedAway).toBe(1);
  });

  it('is asked for every 5 minutes while the rep is Away, and at once as they are back', async () => {
    const id = await placeTaken();
    await harness.client.rep.set({ state: 'away' });
    await pass(15_000, 'Sid', 1);
    await pass(15_000, 'Sid', 2);
    await pass(30_000, 'Sid', 3);
    await clock.advance(3 * minute);
    expect(reads('Sid')).toHaveLength(3);
    list = [{ sid: 'sid1', createdAt: clock.now(), status: 'busy' }];
    await harness.client.rep.set({ state: 'ready' });
    await clock.advance(0);
    await harness.reaches(id, 'busy');
  });

  it('says nothing of an absence where the call was placed after it', async () => {
    const id = await placeTaken();
    list = [{ sid: 'sid1', createdAt: clock.now(), status: 'busy' }];
    await clock.advance(15_000);
    await harness.reaches(id, 'busy');
    expect(await notices()).toEqual([]);
  });

  it('is asked for when the computer wakes, and by its own account where another is set up', async () => {
    const vault = memoryVault('This is a test.');
    await restart({ ports: { vault } });
    const id = await placeTaken();
    const other = await startFakeExotel();
    try {
      await harness.client.settings.update({ host: other.origin, accountSid: 'other1' });
      await harness.client.settings.setSecret({ name: 'exotelApiToken', value: 'another-token' });
      await restart({
        settings: { ...accountSettings(other.origin), accountSid: 'other1' },
        secrets: {},
        ports: { vault },
      });
      list = [{ sid: 'sid1', createdAt: clock.now(), status: 'busy' }];
      await clock.advance(2 * minute);
      harness.wake({ kind: 'woke', sleptMs: 5 * minute });
      await clock.advance(0);
      await harness.reaches(id, 'busy');
      const key = Buffer.from(`${accountSecrets.exotelApiKey}:${accountSecrets.exotelApiToken}`);
      expect(reads('Sid').at(-1)).toMatchObject({
        headers: { authorization: `Basic ${key.toString('base64')}` },
      });
      expect(other.requests).toEqual([]);
    } finally {
      await other.close();
    }
  });
});

describe('calls that wait for their turn', () => {
  /** One takes the only slot, the other waits. */
  async function placeTwo(): Promise<string> {
    // Refused, so that nothing is asked: that would take the slot.
    answersConnect = 'refuse';
    const first = await harness.place(customer);
    await harness.reaches(first.id, 'rejected');
    answersConnect = 'accept';
    const waiting = await harness.place('+919845012346');
    expect(waiting.status).toBe('queued');
    return waiting.id;
  }

  it('are held by a sleep of more than a minute, and sent again only by a person', async () => {
    await restart({ rateLimit: 1 });
    const waiting = await placeTwo();
    harness.wake({ kind: 'woke', sleptMs: minute });
    expect((await call(waiting)).status).toBe('queued');
    harness.wake({ kind: 'woke', sleptMs: minute + 1 });
    await harness.reaches(waiting, 'held');
    await clock.advance(10 * minute);
    expect(exotel.connects()).toHaveLength(1);
    await harness.client.calls.resume({ id: waiting });
    await harness.reaches(waiting, 'in-progress');
  });

  it('are held where the sleep is noticed only as their turn comes', async () => {
    let asleep = () => {};
    await restart({ rateLimit: 1, asleep: () => asleep() });
    const waiting = await placeTwo();
    asleep = () => harness.wake({ kind: 'woke', sleptMs: 8 * 60 * minute });
    await clock.advance(2 * minute);
    await harness.reaches(waiting, 'held');
    expect(exotel.connects()).toHaveLength(1);
  });

  it('are held by a restart after which the clock is set back: how long they waited cannot be told', async () => {
    await restart({ rateLimit: 1 });
    const waiting = await placeTwo();
    await harness.stop();
    clock.jump(-60 * minute);
    harness = await start({ rateLimit: 1 });
    expect((await call(waiting)).status).toBe('held');
    await clock.advance(10 * minute);
    expect(exotel.connects()).toHaveLength(1);
  });
});
