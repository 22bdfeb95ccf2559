import { request } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type {
  AppletFault,
  PastedUrls,
  PracticeFlow,
  PracticeLine,
  PracticePhone,
} from '../../../src-main/practice-line/practice-line.ts';
import { startPracticeLine } from '../../../src-main/practice-line/start.ts';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts';
import { dial, search } from './dial.ts';
import { type Doors, json, startDoors } from './doors.ts';
import { type Receiver, startReceiver } from './receiver.ts';

const all = { greeting: true, connect: true, legEvents: true, passthru: true };
const rep = '+919876543210';
const customField = '1.0b0e8d6c-2f2a-4b7a-9b0a-1d2c3e4f5a6b.token own text';
const destination = (more: Record<string, unknown> = {}) => ({
  fetch_after_attempt: false,
  destination: { numbers: [rep] },
  max_ringing_duration: 20,
  max_conversation_duration: 3600,
  ...more,
});

/** Of the rep's leg, where it is talked. */
const legSteps = ['Dial', 'Ringing', 'Answered', 'Terminal'];

let clock: FakeClock;
let line: PracticeLine;
let doors: Doors;
let urls: PastedUrls;
let receiver: Receiver;
let flows: Record<string, PracticeFlow>;
let phones: PracticePhone[];
let faults: AppletFault[];

beforeEach(async () => {
  clock = createFakeClock(Date.UTC(2026, 10, 23, 6, 30));
  doors = await startDoors();
  urls = doors.urls;
  doors.answer('/greeting', { headers: { 'content-type': 'text/plain' }, body: 'Namaste Priya' });
  doors.answer('/connect', json(destination()));
  receiver = await startReceiver();
  flows = { '100001': { kind: 'rings-me', asks: all } };
  phones = [];
  faults = [];
  line = await startPracticeLine({
    clock,
    ringMs: 2000,
    talkMs: 3000,
    flowOf: (appId) => flows[appId] ?? null,
    doors: () => urls,
    phoneChanged: (phone) => phones.push(phone),
    answerRefused: (fault) => faults.push(fault),
  });
});
afterEach(async () => {
  await line.close();
  await doors[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
});

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Lets requests and their answers go their way, without the clock. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await turn();
}

/** Nothing is on its way to a door: its deadline would be another timer. */
const quiet = (timers: number) => until(() => clock.timers === timers);

/** Dials a customer with this ending, who picks up. */
async function pickedUp(ending: string, appId = '100001'): Promise<string> {
  const { sid } = await dial(line, {
    From: `0984501${ending}`,
    Url: `http://my.exotel.in/exoml/start/${appId}`,
    StatusCallback: receiver.url,
    CustomField: customField,
  });
  await clock.advance(2000);
  return sid;
}

/** Dials, and waits for the practice phone. */
async function ringing(ending: string): Promise<string> {
  const sid = await pickedUp(ending);
  await until(() => line.phone().state === 'ringing');
  // How long it rings, and the customer's patience.
  await quiet(ending === '0021' ? 2 : 1);
  return sid;
}

/** Answers, and lets the talk begin. */
async function answer(isHangingUp = false): Promise<void> {
  expect(line.answer()).toBe(true);
  await turn();
  // How long they may talk, and how long the customer will.
  await quiet(isHangingUp ? 2 : 1);
}

/** Answers, and hangs up after so long. */
async function talk(ms: number): Promise<void> {
  await answer();
  await clock.advance(ms);
  line.hangUp();
}

/** The StatusCallback, once all that goes before it is on its way. */
async function statusCallback() {
  const next = receiver.next();
  const ended = next.then(() => true);
  while (!(await Promise.race([ended, turn().then(() => false)]))) await clock.advance(0);
  return (await next).fields;
}

/** What was told of the rep's leg, in order. */
const steps = () =>
  doors.requests.filter(({ what }) => what === 'GET /leg').map(({ query }) => query['EventType']);

describe('a flow that rings me', () => {
  it('greets, asks, rings, lets them talk, tells of the leg, of the branch, and of the end, in this order', async () => {
    const sid = await ringing('2345');
    await clock.advance(4000);
    await talk(130_000);
    expect(await statusCallback()).toMatchObject({
      CallSid: sid,
      Status: 'completed',
      RecordingUrl: `${line.account.origin}/recordings/${sid}.wav`,
    });
    expect(doors.asked()).toEqual([
      'HEAD /greeting',
      'GET /greeting',
      'GET /connect',
      ...legSteps.map(() => 'GET /leg'),
      'GET /passthru/talked',
    ]);
    expect(steps()).toEqual(legSteps);
    expect(faults).toEqual([]);
  });

  it('rings the number that the answer names, with what is known of the call', async () => {
    doors.answer(
      '/connect',
      json(
        destination({
          outgoing_phone_number: '+918047191234',
          start_call_playback: { playback_to: 'callee', type: 'text', value: 'Priya Sharma, Acme' },
        }),
      ),
    );
    const sid = await ringing('2345');
    expect(line.phone()).toEqual({
      state: 'ringing',
      sid,
      customField,
      number: rep,
      from: '+918047191234',
      since: clock.now(),
      whisper: 'Priya Sharma, Acme',
    });
    await talk(1000);
    await statusCallback();
    expect(phones.map(({ state }) => state)).toEqual(['ringing', 'talking', 'idle']);
  });

  it('asks Connect with its version and everything that Exotel tells', async () => {
    const sid = await ringing('2345');
    const { query, headers } = doors.last('GET /connect');
    expect(headers['exotel-version']).toBe('1.0');
    expect(query).toMatchObject({
      CallSid: sid,
      CallFrom: '08047191234',
      CallTo: '09845012345',
      StartTime: '2026-11-23 12:00:02',
      EndTime: '1970-01-01 05:30:00',
      CallType: 'call-attempt',
      digits: '""',
      CustomField: customField,
      flow_id: '100001',
    });
  });

  it('tells by Passthru how long they talked, and how long it took in all', async () => {
    const sid = await ringing('2345');
    await clock.advance(4000);
    await talk(130_000);
    await statusCallback();
    const { query } = doors.last('GET /passthru/talked');
    expect(query).toMatchObject({
      CallSid: sid,
      CallType: 'completed',
      DialCallStatus: 'completed',
      DialWhomNumber: rep,
      DialCallDuration: '134',
      'Legs[0][OnCallDuration]': '130',
      CustomField: customField,
    });
    const sound = await request(query['RecordingUrl'] ?? '');
    expect(sound.headers['content-type']).toBe('audio/wav');
    await sound.body.dump();
  });

  it('is missed where the phone rings out after the answer’s seconds', async () => {
    await ringing('2345');
    await clock.advance(19_999);
    expect(line.phone().state).toBe('ringing');
    await clock.advance(1);
    expect(await statusCallback()).not.toHaveProperty('RecordingUrl');
    expect(doors.last('GET /passthru/missed').query).toMatchObject({
      CallType: 'incomplete',
      DialCallStatus: 'no-answer',
      DialCallDuration: '20',
    });
    expect(steps()).toEqual(['Dial', 'Ringing', 'Terminal']);
  });

  it('is missed where the phone is declined', async () => {
    await ringing('2345');
    expect(line.decline()).toBe(true);
    await statusCallback();
    expect(doors.last('GET /passthru/missed').query).toMatchObject({
      CallType: 'incomplete',
      DialCallStatus: 'busy',
    });
  });

  it('is missed at once where the phone is in another call', async () => {
    await ringing('2345');
    await answer();
    const sid = await pickedUp('2346');
    expect(await statusCallback()).toMatchObject({ CallSid: sid });
    expect(doors.last('GET /passthru/missed').query).toMatchObject({ CallSid: sid, DialCallStatus: 'busy' });
    expect(line.phone().state).toBe('talking');
  });

  it('is cut at the answer’s limit', async () => {
    doors.answer('/connect', json(destination({ max_conversation_duration: 60 })));
    await ringing('2345');
    await answer();
    await clock.advance(59_999);
    expect(line.phone().state).toBe('talking');
    await clock.advance(1);
    expect(line.phone().state).toBe('idle');
    await statusCallback();
    expect(doors.last('GET /passthru/talked').query['Legs[0][OnCallDuration]']).toBe('60');
  });

  it('has no recording where the answer wants none', async () => {
    doors.answer('/connect', json(destination({ record: false })));
    await ringing('2345');
    await talk(5000);
    expect(await statusCallback()).not.toHaveProperty('RecordingUrl');
    expect(doors.last('GET /passthru/talked').query).not.toHaveProperty('RecordingUrl');
  });

  it('tries the numbers in order', async () => {
    doors.answer('/connect', json(destination({ destination: { numbers: [rep, '+919876543211'] } })));
    await ringing('2345');
    line.decline();
    await until(() => line.phone().state === 'ringing');
    expect(line.phone()).toMatchObject({ number: '+919876543211' });
    await talk(5000);
    await statusCallback();
    expect(doors.last('GET /passthru/talked').query['DialWhomNumber']).toBe('+919876543211');
  });

  it('asks again after an attempt where the answer says so, until it names nobody', async () => {
    const again = destination({ fetch_after_attempt: true });
    doors.answer('/connect', json(again), json({ ...again, destination: { numbers: [] } }));
    await ringing('2345');
    line.decline();
    await statusCallback();
    expect(doors.asked().filter((what) => what === 'GET /connect')).toHaveLength(2);
    expect(doors.last('GET /connect').query['DialCallStatus']).toBe('busy');
    expect(doors.asked().at(-1)).toBe('GET /passthru/missed');
  });

  it('asks only what it is set to ask: a number is typed in then', async () => {
    flows = {
      '100001': {
        kind: 'rings-me',
        asks: { greeting: false, connect: false, legEvents: false, passthru: false },
      },
    };
    await ringing('2345');
    await talk(5000);
    expect(await statusCallback()).toHaveProperty('RecordingUrl');
    expect(doors.asked()).toEqual([]);
  });

  it('walks nowhere where the customer does not pick up', async () => {
    await pickedUp('0001');
    expect(await statusCallback()).toMatchObject({ Status: 'busy' });
    expect([doors.asked(), phones]).toEqual([[], []]);
  });
});

describe('an answer of Connect that Exotel does not take', () => {
  const cases = [
    ['an unknown field', json(destination({ surprise: 1 })), 'Unrecognized key: "surprise"'],
    ['the wrong type', { headers: { 'content-type': 'text/plain' }, body: rep }, 'text/plain'],
    ['a redirect', { status: 302, headers: { location: '/elsewhere' } }, '302'],
  ] as const;

  it.each(cases)('%s: nobody is dialled', async (_, given, problem) => {
    doors.answer('/connect', given);
    const sid = await pickedUp('2345');
    expect(await statusCallback()).toMatchObject({ Status: 'completed' });
    expect(doors.asked().at(-1)).toBe('GET /passthru/nodial');
    expect(doors.last('GET /passthru/nodial').query).toMatchObject({ CallType: 'incomplete' });
    expect(faults).toEqual([{ sid, applet: 'connect', problem: expect.stringContaining(problem) }]);
    expect(phones).toEqual([]);
  });

  it('drops the call, without a Passthru, where the line is set so', async () => {
    line.setStrictness('drop');
    doors.answer('/connect', json(destination({ surprise: 1 })));
    await pickedUp('2345');
    expect(await statusCallback()).toMatchObject({ Status: 'completed' });
    expect(doors.asked().at(-1)).toBe('GET /connect');
  });

  it('nobody to dial is an answer like any other, however strict the line is', async () => {
    line.setStrictness('drop');
    doors.answer('/connect', json(destination({ destination: { numbers: [] } })));
    await pickedUp('2345');
    await statusCallback();
    expect(doors.asked().at(-1)).toBe('GET /passthru/nodial');
    expect(faults).toEqual([]);
  });

  it('is none where no URL is pasted into the flow', async () => {
    urls = { ...doors.urls, connect: '' };
    await pickedUp('2345');
    await statusCallback();
    expect(faults).toMatchObject([{ problem: 'no URL is pasted into the flow' }]);
    expect(doors.asked().at(-1)).toBe('GET /passthru/nodial');
  });

  it('is one that has not come after 5 seconds', async () => {
    doors.answer('/connect', 'silent');
    await pickedUp('2345');
    await until(() => doors.asked().includes('GET /connect'));
    await clock.advance(4999);
    await turn();
    expect(faults).toEqual([]);
    await clock.advance(1);
    await statusCallback();
    expect(faults).toMatchObject([{ problem: 'no answer within 5 s' }]);
    expect(doors.asked().at(-1)).toBe('GET /passthru/nodial');
  });
});

describe('a Greeting', () => {
  it('asks by HEAD and GET, with CustomField', async () => {
    await ringing('2345');
    for (const method of ['HEAD', 'GET']) {
      expect(doors.last(`${method} /greeting`).query).toMatchObject({
        To: '09845012345',
        CustomField: customField,
      });
    }
  });

  it.each([
    ['with a charset', { headers: { 'content-type': 'text/plain; charset=utf-8' }, body: 'Namaste' }, 'HEAD'],
    ['without text', { headers: { 'content-type': 'text/plain' }, body: ' ' }, 'GET'],
    ['refused', { status: 404, headers: { 'content-type': 'text/plain' } }, 'HEAD'],
  ] as const)('%s speaks nothing, and the flow goes on', async (_, given, method) => {
    doors.answer('/greeting', given);
    const sid = await ringing('2345');
    expect(faults).toEqual([{ sid, applet: 'greeting', problem: expect.stringContaining(method) }]);
  });
});

describe('a flow that rings my team', () => {
  it('talks with a colleague, and the practice phone stays still', async () => {
    flows = { '100001': { kind: 'rings-team', asks: all } };
    await pickedUp('2345');
    await until(() => steps().includes('Ringing'));
    await quiet(2);
    await clock.advance(4000);
    await quiet(2);
    await clock.advance(3000);
    await statusCallback();
    expect(steps()).toEqual(legSteps);
    expect(doors.last('GET /passthru/talked').query['Legs[0][OnCallDuration]']).toBe('3');
    expect(phones).toEqual([]);
  });
});

describe('an automated flow', () => {
  it('greets', async () => {
    flows = { '100001': { kind: 'automated', asks: all } };
    await pickedUp('2345');
    await until(() => doors.asked().includes('GET /greeting'));
    expect(doors.asked()).toEqual(['HEAD /greeting', 'GET /greeting']);
  });

  it('talks, and tells by a plain Passthru', async () => {
    flows = { '100001': { kind: 'automated', asks: { ...all, greeting: false } } };
    const sid = await pickedUp('2345');
    await clock.advance(3000);
    expect(await statusCallback()).toHaveProperty('RecordingUrl');
    expect(doors.asked()).toEqual(['GET /passthru']);
    expect(doors.last('GET /passthru').query).toMatchObject({ CallSid: sid, CustomField: customField });
  });
});

describe('a flow that Exotel does not know', () => {
  it('is refused as a bad parameter, and nobody is called', async () => {
    const refusal = await dial(line, {
      From: '09845012345',
      Url: 'http://my.exotel.in/exoml/start/999',
    });
    expect(refusal.status).toBe(400);
    expect(refusal.text).toContain('Url');
    expect(clock.timers).toBe(0);
  });
});

describe('the ending of the number chooses', () => {
  it('0021: the customer hangs up while the phone rings', async () => {
    await ringing('0021');
    await clock.advance(3000);
    expect(line.phone().state).toBe('idle');
    await statusCallback();
    expect(steps()).toEqual(['Dial', 'Ringing', 'Terminal']);
    expect(doors.last('GET /passthru/missed').query).toMatchObject({
      CallType: 'client-hangup',
      CallStatus: 'completed',
      DialCallStatus: 'canceled',
    });
  });

  it('0021: and not once they are talking', async () => {
    await ringing('0021');
    await talk(10_000);
    await statusCallback();
    expect(doors.last('GET /passthru/talked').query['Legs[0][OnCallDuration]']).toBe('10');
  });

  it('0022: the customer hangs up while they talk', async () => {
    await ringing('0022');
    await answer(true);
    await clock.advance(3000);
    expect(line.phone().state).toBe('idle');
    await statusCallback();
    expect(doors.last('GET /passthru/talked').query).toMatchObject({
      CallStatus: 'completed',
      'Legs[0][OnCallDuration]': '3',
    });
  });

  it('0023: Connect asks twice, and takes the same answer', async () => {
    await ringing('0023');
    expect(doors.asked().filter((what) => what === 'GET /connect')).toHaveLength(2);
    expect(faults).toEqual([]);
  });

  it('0023: and does not take another one', async () => {
    doors.answer('/connect', json(destination()), json(destination({ destination: { numbers: [] } })));
    await pickedUp('0023');
    await statusCallback();
    expect(faults).toMatchObject([{ problem: expect.stringContaining('another') }]);
    expect(doors.asked().at(-1)).toBe('GET /passthru/nodial');
  });

  it('0024: no events of the leg', async () => {
    await ringing('0024');
    await talk(1000);
    await statusCallback();
    expect(doors.asked().slice(2)).toEqual(['GET /connect', 'GET /passthru/talked']);
  });

  it('0025: From and To the other way round', async () => {
    await ringing('0025');
    expect(doors.last('GET /connect').query).toMatchObject({ CallFrom: '09845010025', To: '08047191234' });
  });

  it('0026: templates that nobody filled in', async () => {
    await ringing('0026');
    expect(doors.last('GET /connect').query).toMatchObject({
      CallSid: '{{CallSid}}',
      CustomField: customField,
    });
  });

  it('0027: a pressed key in quotes, with the first request only', async () => {
    await ringing('0027');
    await talk(1000);
    await statusCallback();
    expect(doors.last('GET /connect').query['digits']).toBe('"1"');
    expect(doors.last('GET /passthru/talked').query['digits']).toBe('""');
  });

  it('0028: no Passthru', async () => {
    await ringing('0028');
    await talk(1000);
    await statusCallback();
    expect(doors.asked().at(-1)).toBe('GET /leg');
  });

  it('0029: Passthru after the StatusCallback', async () => {
    await ringing('0029');
    await talk(1000);
    await statusCallback();
    await clock.advance(999);
    // A request that is on its way would have come by the end of another one.
    await search(line, {});
    expect(doors.asked()).not.toContain('GET /passthru/talked');
    await clock.advance(1);
    await until(() => doors.asked().at(-1) === 'GET /passthru/talked');
  });
});

it('forgets a ringing phone and its timers when it is closed', async () => {
  await ringing('2345');
  await line.close();
  expect(clock.timers).toBe(0);
  line.answer();
  expect(phones.map(({ state }) => state)).toEqual(['ringing']);
});
