import { setTimeout as real } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallView } from '../../../src-shared/contract/calls.ts';
import type { PracticePhoneView } from '../../../src-shared/contract/practice.ts';
import { isTerminal } from '../../../src-shared/call.ts';
import { type CoreHarness, makeDataDir, startCoreHarness } from '../../support/core-harness.ts';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts';

let data: ReturnType<typeof makeDataDir>;
let clock: FakeClock;
let harness: CoreHarness;

beforeEach(async () => {
  data = makeDataDir();
  clock = createFakeClock();
  // The practice line's own flows, as a newcomer finds them.
  harness = await startCoreHarness({ dataDir: data.dir, clock, settings: { flows: [] } });
});
afterEach(async () => {
  await harness.stop();
  await data.remove();
});

/** A number whose customer does what this ending says. */
const numberOf = (ending: string) => `984501${ending}`;
const plain = numberOf('2345');

/** Lets time go on, as fast as what it sets off can follow, until it is so. */
async function until<T>(look: () => Promise<T | null>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    await clock.advance(20);
    await real(2);
  }
}

async function phone(): Promise<PracticePhoneView> {
  for await (const view of await harness.client.practice.phone()) return view;
  throw new Error('The core ended.');
}

const rings = () =>
  until(async () => {
    const view = await phone();
    return view.state === 'ringing' ? view : null;
  });
const get = async (id: string) => (await harness.client.calls.get({ id })).call;
const becomes = (id: string, is: (call: CallView) => boolean) =>
  until(async () => {
    const call = await get(id);
    return is(call) ? call : null;
  });
const ends = (id: string) => becomes(id, ({ status }) => isTerminal(status));
const state = async () => {
  for await (const view of await harness.client.rep.live()) return view.state;
  throw new Error('The core ended.');
};

/** Answers, talks for 10 s, and hangs up. */
async function talk(id: string): Promise<void> {
  await rings();
  await harness.client.practice.answer();
  await becomes(id, ({ conversation }) => conversation.state === 'talking');
  await clock.advance(10_000);
  await harness.client.practice.hangUp();
}

describe('a call on the practice line comes to its conversation', () => {
  it('talked: waiting, talking, talked with the seconds of the rep’s leg, then the wrap-up', async () => {
    const { id } = await harness.place(plain);
    expect(await rings()).toMatchObject({ callId: id, fromText: '080 4719 1234' });
    const waiting = await becomes(id, ({ conversation }) => conversation.state === 'waiting');
    expect(waiting).toMatchObject({ status: 'answered', conversation: { since: expect.any(Number) } });
    expect(await state()).toBe('on-a-call');
    await talk(id);
    const call = await ends(id);
    expect(call).toMatchObject({ status: 'completed', conversation: { state: 'talked', exact: true } });
    expect(call.conversation.seconds).toBeGreaterThanOrEqual(10);
    expect(call.recordingUrl).not.toBeNull();
    expect(await state()).toBe('wrap-up');
  });

  it('talked, though the customer hung up', async () => {
    const { id } = await harness.place(numberOf('0022'));
    await rings();
    await harness.client.practice.answer();
    expect(await ends(id)).toMatchObject({ status: 'completed', conversation: { state: 'talked' } });
    expect(await phone()).toEqual({ state: 'idle' });
  });

  it('missed: it rang until it was given up', async () => {
    const { id } = await harness.place(plain);
    await rings();
    await clock.advance(30_000);
    const call = await ends(id);
    expect(call).toMatchObject({ status: 'completed', conversation: { state: 'missed', why: 'no-answer' } });
    expect(call.conversation.seconds).toBeGreaterThanOrEqual(29);
  });

  it('declined', async () => {
    const { id } = await harness.place(plain);
    await rings();
    await harness.client.practice.decline();
    expect(await ends(id)).toMatchObject({
      status: 'completed',
      conversation: { state: 'missed', why: 'declined' },
    });
  });

  it('left: the customer hung up while waiting', async () => {
    const { id } = await harness.place(numberOf('0021'));
    expect(await ends(id)).toMatchObject({ status: 'completed', conversation: { state: 'left' } });
    expect(await phone()).toEqual({ state: 'idle' });
  });

  it('called off while it rang: the customer is told by the flow, the rep is not rung', async () => {
    const { id } = await harness.place(plain);
    await harness.client.calls.callOff({ id });
    expect(await ends(id)).toMatchObject({
      status: 'completed',
      calledOff: true,
      conversation: { state: 'missed', why: 'called-off' },
    });
    expect(await phone()).toEqual({ state: 'idle' });
  });

  it('Away in mid-ring', async () => {
    const { id } = await harness.place(plain);
    await harness.client.rep.set({ state: 'away' });
    expect(await ends(id)).toMatchObject({
      status: 'completed',
      conversation: { state: 'missed', why: 'away' },
    });
    expect(await phone()).toEqual({ state: 'idle' });
  });

  it('automated: nobody is rung, and nobody is kept', async () => {
    await harness.client.rep.set({ state: 'away' });
    const { id } = await harness.place(plain, { flowId: 'practice-reminder' });
    expect(await ends(id)).toMatchObject({
      status: 'completed',
      flow: { name: 'Demo reminder', kind: 'automated' },
      conversation: { state: 'automated', seconds: null },
    });
    expect(await state()).toBe('away');
  });

  it.each(['2345', '0030'])('ring me first: the rep, then the customer …%s', async (ending) => {
    await harness.client.settings.update({ statusCallbackEvents: true });
    const { id } = await harness.place(numberOf(ending), { ringMeFirst: true });
    expect(await rings()).toMatchObject({ callId: id });
    expect(await get(id)).toMatchObject({ conversation: { state: 'unknown' } });
    await harness.client.practice.answer();
    // The rep alone on the line is no talk.
    expect(await get(id)).toMatchObject({ conversation: { state: 'unknown' } });
    await becomes(id, ({ conversation }) => conversation.state === 'talking');
    await clock.advance(10_000);
    await harness.client.practice.hangUp();
    const call = await ends(id);
    expect(call).toMatchObject({ status: 'completed', conversation: { state: 'talked', exact: true } });
    expect(call.conversation.seconds).toBeGreaterThanOrEqual(10);
  });

  it('ring me first, declined: the customer is not rung', async () => {
    const { id } = await harness.place(plain, { ringMeFirst: true });
    await rings();
    await harness.client.practice.decline();
    expect(await ends(id)).toMatchObject({ status: 'busy', conversation: { state: 'unknown' } });
    expect(await state()).toBe('ready');
  });

  it.each([
    ['busy', '0001'],
    ['no-answer', '0002'],
  ])('a customer who is %s: nobody was on the line', async (status, ending) => {
    const { id } = await harness.place(numberOf(ending));
    expect(await ends(id)).toMatchObject({ status, conversation: { state: 'unknown' } });
    expect(await state()).toBe('ready');
  });

  it.each([
    ['Connect asks twice', '0023', true],
    ['no events of the leg are told', '0024', true],
    ['numbers are crossed', '0025', true],
    ['templates are not resolved', '0026', true],
    ['digits come in quotes', '0027', true],
    ['no Passthru comes', '0028', false],
    ['Passthru comes after the end', '0029', true],
  ])('talked, however the flow tells of it: %s', async (_, ending, exact) => {
    const { id } = await harness.place(numberOf(ending));
    await rings();
    await harness.client.practice.answer();
    await clock.advance(10_000);
    await harness.client.practice.hangUp();
    const call = await becomes(
      id,
      ({ status, conversation }) => isTerminal(status) && conversation.exact === exact,
    );
    expect(call).toMatchObject({ status: 'completed', conversation: { state: 'talked' } });
  });

  it('of the quoted digits the rep is told what was pressed', async () => {
    const { id } = await harness.place(numberOf('0027'));
    await rings();
    await harness.client.practice.decline();
    await ends(id);
    const { events } = await harness.client.calls.get({ id });
    expect(events.map(({ event }) => event.type)).toContain('passthru');
    expect(JSON.stringify(events)).not.toContain('\\"1\\"');
  });
});
