import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Warning, warningCodes } from '../../../src-shared/contract/calls.ts';
import { type Flow, flowSchema } from '../../../src-shared/flow.ts';
import type { Block } from '../../../src-shared/rep.ts';
import type { Settings } from '../../../src-shared/settings.ts';
import {
  accountSecrets,
  accountSettings,
  type CoreHarness,
  makeDataDir,
  plainFlow,
  startCoreHarness,
} from '../../support/core-harness.ts';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts';
import { type FakeExotel, sendXml, startFakeExotel } from '../../support/fake-exotel.ts';
import { type PublicFront, startPublicFront } from '../../support/public-front.ts';
import { scriptedDesktop } from '../../support/scripted-desktop.ts';

const number = '98450 12345';
const ist = (time: string) => Date.parse(`2026-11-23T${time}:00+05:30`);
const everything = [...warningCodes];

const leadFlow: Flow = flowSchema.parse({ id: 'lead', name: 'New lead', kind: 'rings-me', appId: '29282' });
const me = { number: '+919876543210', label: 'Mobile' };

let exotel: FakeExotel;
let data: ReturnType<typeof makeDataDir>;
let clock: FakeClock;
let desktop: ReturnType<typeof scriptedDesktop>;
let harness: CoreHarness;
let front: PublicFront | null;

async function start(settings: Partial<Settings> = {}, at = ist('12:00')): Promise<void> {
  clock = createFakeClock(at);
  desktop = scriptedDesktop();
  harness = await startCoreHarness({
    dataDir: data.dir,
    clock,
    settings: {
      ...accountSettings(exotel.origin),
      callingHoursFrom: '09:00',
      callingHoursUntil: '20:45',
      recentHours: 4,
      callsADay: 3,
      ...settings,
    },
    secrets: accountSecrets,
    ports: { desktop: desktop.desktop },
    ...(front === null ? {} : { front }),
  });
}

beforeEach(async () => {
  exotel = await startFakeExotel();
  data = makeDataDir();
  front = null;
});

afterEach(async () => {
  await harness.stop();
  await front?.close();
  await exotel.close();
  await data.remove();
});

const check = (entered = number, more: { flowId?: string; ringMeFirst?: boolean } = {}) =>
  harness.client.calls.check({ number: entered, ...more });

/** Says no with these warnings, and then goes in spite of them, with the reason. */
async function warnsAndGoes(warnings: readonly Partial<Warning>[]): Promise<void> {
  const before = exotel.connects().length;
  expect((await check()).warnings).toMatchObject(warnings);
  await expect(harness.place(number)).rejects.toMatchObject({
    code: 'NEEDS_CONFIRMATION',
    data: { warnings },
  });
  expect(exotel.connects()).toHaveLength(before);
  const codes = (await check()).warnings.map(({ code }) => code);
  const call = await harness.place(number, { accept: codes, acceptWhy: 'She asked me to ring again' });
  expect(call).toMatchObject({ overrode: codes, overrodeWhy: 'She asked me to ring again' });
  await exotel.connect(before + 1);
}

async function placeThrough(): Promise<string> {
  const { id } = await harness.place(number, { accept: everything });
  await harness.reaches(id, 'in-progress');
  return id;
}

describe('a warning, which a person overrides with a reason', () => {
  it('nothing speaks against a first call at noon', async () => {
    await start();
    expect(await check()).toMatchObject({ warnings: [], blocks: [], doNotCall: null, missing: [] });
    expect(await harness.place(number)).toMatchObject({ overrode: [], overrodeWhy: '' });
  });

  it('called within the last hours: how long ago, and which call', async () => {
    await start();
    const callId = await placeThrough();
    await clock.advance(90 * 60_000);
    await warnsAndGoes([{ code: 'called-recently', minutesAgo: 90, callId }]);
  });

  it('called just now', async () => {
    await start();
    const callId = await placeThrough();
    await clock.advance(10_000);
    await warnsAndGoes([{ code: 'called-just-now', secondsAgo: 10, callId }]);
  });

  it('called so many times today: which this one would be', async () => {
    await start({ recentHours: 0, askAgainSeconds: 0 });
    await placeThrough();
    expect((await check()).warnings).toEqual([]);
    await placeThrough();
    await warnsAndGoes([{ code: 'called-often', times: 3 }]);
    // Another day begins at midnight IST.
    await clock.advance(ist('23:59') - clock.now());
    await clock.advance(10 * 3_600_000);
    expect((await check()).warnings).toEqual([]);
  });

  it.each([
    ['08:59', ['outside-calling-hours']],
    ['09:00', []],
    ['20:44', []],
    ['20:45', ['outside-calling-hours']],
  ])('outside calling hours: at %s IST %j', async (time, codes) => {
    await start({}, ist(time));
    expect((await check()).warnings.map(({ code }) => code)).toEqual(codes);
    if (codes.length > 0) {
      await warnsAndGoes([{ code: 'outside-calling-hours', from: '09:00', until: '20:45', now: time }]);
    } else {
      await harness.place(number);
    }
  });

  it('Exotel gave the account’s last request no answer: until one comes, or a minute has passed', async () => {
    await start({ recentHours: 0, askAgainSeconds: 0, callsADay: 0 });
    exotel.answer((_, response) => void response.destroy());
    const first = await harness.place(number);
    await harness.reaches(first.id, 'unconfirmed');
    await warnsAndGoes([{ code: 'line-down' }]);
    await expect.poll(() => harness.told.filter(({ status }) => status === 'unconfirmed')).toHaveLength(2);
    await clock.advance(60_000);
    expect((await check()).warnings).toEqual([]);
  });

  it('several are told together, and each must be overridden', async () => {
    await start({}, ist('20:30'));
    await placeThrough();
    await clock.advance(20 * 60_000);
    const warnings = [{ code: 'outside-calling-hours' }, { code: 'called-recently' }] as const;
    expect((await check()).warnings).toMatchObject(warnings);
    const half = harness.place(number, { accept: ['outside-calling-hours'], acceptWhy: 'Late' });
    await expect(half).rejects.toMatchObject({ data: { warnings: [warnings[1]] } });
    await harness.place(number, { accept: ['outside-calling-hours', 'called-recently'], acceptWhy: 'Late' });
  });

  it('the reason stays with the call, and goes with it into an export', async () => {
    await start({}, ist('21:00'));
    const why = 'Asked for a call after work, "not before nine"';
    const { id } = await harness.place(number, { accept: ['outside-calling-hours'], acceptWhy: why });
    await harness.reaches(id, 'in-progress');
    const { call, events } = await harness.client.calls.get({ id });
    expect(call).toMatchObject({ overrode: ['outside-calling-hours'], overrodeWhy: why });
    expect(events[0]?.event).toMatchObject({ type: 'placed', overrodeWhy: why });
    let folder = '';
    for await (const word of await harness.client.storage.export()) {
      if (word.state === 'done') folder = word.folder;
    }
    const [header = '', row = ''] = readFileSync(path.join(folder, 'calls.csv'), 'utf8').split('\n');
    expect(header).toContain(',overrode,overrode_why,');
    expect(row).toContain(',outside-calling-hours,"Asked for a call after work, ""not before nine""",');
    expect(readFileSync(path.join(folder, 'calls.jsonl'), 'utf8')).toContain(JSON.stringify(why));
  });
});

describe('what nothing overrides', () => {
  /** Every warning overridden, with a reason. */
  const insist = (more: Parameters<CoreHarness['place']>[1] = {}) =>
    harness.place(number, { accept: everything, acceptWhy: 'I insist', ...more });

  it.each(['12345', 'Invoice 42 of 2026', '*121#', '1800 123 4567'])(
    'no number to call: %s',
    async (entered) => {
      await start();
      expect((await check(entered)).number).toEqual({ entered, e164: null });
      await expect(harness.place(entered, { accept: everything })).rejects.toMatchObject({
        code: 'NOT_DIALABLE',
        data: { entered },
      });
      expect(exotel.requests).toEqual([]);
    },
  );

  it('do-not-call: who, when and why', async () => {
    await start();
    await harness.client.doNotCall.add({ target: { number }, why: 'Asked by mail', until: null });
    const entry = { why: 'Asked by mail', at: clock.now(), until: null };
    expect((await check()).doNotCall).toMatchObject(entry);
    await expect(insist()).rejects.toMatchObject({ code: 'DO_NOT_CALL', data: entry });
    await expect(insist({ ringMeFirst: true })).rejects.toMatchObject({ code: 'DO_NOT_CALL' });
    expect(exotel.requests).toEqual([]);
  });

  /** The four rules of "the rep's phone rings": a number, ready, no other call, an address that Exotel reaches. */
  async function blocks(expected: readonly Block[]): Promise<void> {
    expect(await check()).toMatchObject({ blocks: expected });
    await expect(insist()).rejects.toMatchObject({ code: 'BLOCKED', data: { blocks: expected } });
  }

  const lead = {
    flows: [leadFlow, plainFlow],
    phones: [me],
    askAgainSeconds: 0,
    recentHours: 0,
    callsADay: 0,
  };

  it('the rep has no phone', async () => {
    front = await startPublicFront();
    await start({ ...lead, phones: [] });
    await blocks(['no-phone']);
    expect((await check()).alternatives).toEqual(['automated-flow']);
  });

  it.each(['away', 'wrap-up'] as const)('the rep is in %s', async (state) => {
    front = await startPublicFront();
    await start(lead);
    await harness.client.rep.set({ state });
    await blocks([state]);
    expect((await check()).alternatives).toEqual(['ready', 'ring-me-first', 'automated-flow']);
    await harness.client.rep.set({ state: 'ready' });
    await insist();
  });

  it('another call of theirs runs', async () => {
    front = await startPublicFront();
    await start(lead);
    const { id } = await insist();
    await harness.reaches(id, 'in-progress');
    await blocks(['on-a-call']);
    // One that rings nobody here goes all the same.
    await insist({ flowId: plainFlow.id });
  });

  it('Exotel has no address to ask at', async () => {
    await start(lead);
    await blocks(['no-address']);
    expect((await check()).alternatives).toEqual(['ring-me-first', 'automated-flow']);
  });

  it('the address was not proven of late, and cannot be now', async () => {
    front = await startPublicFront();
    await start(lead);
    front.leadNowhere();
    await clock.advance(61_000);
    expect((await check()).blocks).toEqual(['address-unproven']);
    await expect(insist()).rejects.toMatchObject({
      code: 'BLOCKED',
      data: { blocks: ['address-unproven'] },
    });
  });
});

describe('at the last moment, between the look and the press', () => {
  it('a do-not-call entry counts', async () => {
    await start();
    expect((await check()).doNotCall).toBeNull();
    await harness.client.doNotCall.add({ target: { number }, why: 'Asked on the phone', until: null });
    await expect(harness.place(number)).rejects.toMatchObject({ code: 'DO_NOT_CALL' });
    expect(exotel.requests).toEqual([]);
  });

  it('a do-not-call entry counts that is written while the press is on its way', async () => {
    await start();
    const entry = harness.client.doNotCall.add({ target: { number }, why: 'Asked', until: null });
    const call = harness.place(number);
    await entry;
    await expect(call).rejects.toMatchObject({ code: 'DO_NOT_CALL' });
    expect(exotel.requests).toEqual([]);
  });

  it('a do-not-call entry counts that is written while the call waits for its turn', async () => {
    await start();
    exotel.answer((_, response) => sendXml(response, 429, '', { 'retry-after': '20' }));
    const { id } = await harness.place(number);
    await harness.reaches(id, 'queued');
    await harness.client.doNotCall.add({ target: { number }, why: 'Asked by mail', until: null });
    await clock.advance(21_000);
    await harness.reaches(id, 'withdrawn');
    expect(exotel.connects()).toHaveLength(1);
  });

  it('a call placed elsewhere counts', async () => {
    await start();
    expect((await check()).warnings).toEqual([]);
    const callId = await placeThrough();
    await clock.advance(60_000);
    await expect(harness.place(number)).rejects.toMatchObject({
      code: 'NEEDS_CONFIRMATION',
      data: { warnings: [{ code: 'called-recently', callId }] },
    });
    expect(exotel.connects()).toHaveLength(1);
  });

  it('of two that are pressed at once in two windows one asks first', async () => {
    await start();
    const pressed = await Promise.allSettled([harness.place(number), harness.place(number)]);
    expect(pressed.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await exotel.connect(1);
    expect(exotel.connects()).toHaveLength(1);
  });

  it('the hour counts', async () => {
    await start({}, ist('20:44'));
    expect((await check()).warnings).toEqual([]);
    await clock.advance(60_000);
    await expect(harness.place(number)).rejects.toMatchObject({
      data: { warnings: [{ code: 'outside-calling-hours', now: '20:45' }] },
    });
  });

  it('a rep who leaves counts', async () => {
    front = await startPublicFront();
    await start({ flows: [leadFlow], phones: [me] });
    expect((await check()).blocks).toEqual([]);
    desktop.lock();
    await expect(harness.place(number)).rejects.toMatchObject({
      code: 'BLOCKED',
      data: { blocks: ['away'] },
    });
    expect(exotel.requests).toEqual([]);
  });
});

describe('on the practice line', () => {
  it('which rings nobody, neither the hour nor yesterday’s calls speak against one, and it is told as practice', async () => {
    await start({ line: 'practice', flows: [], askAgainSeconds: 0 }, ist('23:00'));
    const verdict = await check(number, { flowId: 'practice-reminder' });
    expect(verdict).toMatchObject({ warnings: [], blocks: [], flow: { id: 'practice-reminder' } });
    const call = await harness.place(number, { flowId: 'practice-reminder' });
    expect(call.line).toEqual({ kind: 'practice' });
    expect((await check(number, { flowId: 'practice-reminder' })).warnings).toEqual([]);
    expect(desktop.trayModel?.tooltip).toContain('practice line');
    expect(exotel.requests).toEqual([]);
  });

  it('do-not-call holds there too: practice is for learning what happens', async () => {
    await start({ line: 'practice', flows: [] });
    await harness.client.doNotCall.add({ target: { number }, why: 'Asked', until: null });
    await expect(harness.place(number, { accept: everything })).rejects.toMatchObject({
      code: 'DO_NOT_CALL',
    });
  });
});
