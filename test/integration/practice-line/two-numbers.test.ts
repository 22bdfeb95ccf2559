import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PracticeLine } from '../../../src-main/practice-line/practice-line.ts';
import { startPracticeLine } from '../../../src-main/practice-line/start.ts';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts';
import { dial, search } from './dial.ts';
import { type Receiver, startReceiver } from './receiver.ts';

const rep = '+919876543210';

let clock: FakeClock;
let line: PracticeLine;
let receiver: Receiver;

beforeEach(async () => {
  clock = createFakeClock(Date.UTC(2026, 10, 23, 6, 30));
  line = await startPracticeLine({ clock, ringMs: 2000, talkMs: 3000 });
  receiver = await startReceiver();
});
afterEach(async () => {
  await line.close();
  await receiver[Symbol.asyncDispose]();
});

const turn = () => new Promise((resolve) => setImmediate(resolve));

const bothEvents = { 'StatusCallbackEvents[0]': 'terminal', 'StatusCallbackEvents[1]': 'answered' };

/** Asks to connect the rep and a customer with this ending; the practice phone rings. */
async function ringing(ending: string, more: Record<string, string> = {}): Promise<string> {
  const { sid } = await dial(line, {
    From: rep,
    To: `0984501${ending}`,
    TimeOut: '45',
    TimeLimit: '3600',
    StatusCallback: receiver.url,
    CustomField: '1.id.token',
    ...more,
  });
  await clock.advance(500);
  expect(line.phone()).toMatchObject({ state: 'ringing', sid, number: rep, customField: '1.id.token' });
  return sid;
}

/** The rep answers, and the customer's phone rings. */
async function answer(): Promise<void> {
  expect(line.answer()).toBe(true);
  await turn();
}

/** The rep answers, the customer picks up, and they talk. */
async function talk(ms: number): Promise<void> {
  await answer();
  await clock.advance(2000);
  await clock.advance(ms);
  line.hangUp();
  await settled();
}

/** What the end started has run. */
async function settled(): Promise<void> {
  await turn();
  await clock.advance(0);
}

describe('two numbers', () => {
  it('rings the rep, then the customer, and tells each pick-up and the end with the legs', async () => {
    const sid = await ringing('2345', bothEvents);
    await clock.advance(3000);
    await talk(130_000);

    const first = await receiver.next();
    expect(first.contentType).toMatch(/^multipart\/form-data; boundary=/);
    expect(first.fields).toMatchObject({
      EventType: 'answered',
      CallSid: sid,
      Status: 'in-progress',
      CustomField: '1.id.token',
      'Legs[0][Number]': rep,
      'Legs[0][Status]': 'in-progress',
      'Legs[1][Number]': '09845012345',
      'Legs[1][Status]': 'null',
      'Legs[1][AnsweredBy]': 'NA',
    });
    expect((await receiver.next()).fields).toMatchObject({
      EventType: 'answered',
      Status: 'in-progress',
      ConversationDuration: '0',
      'Legs[1][Status]': 'in-progress',
      'Legs[1][AnsweredBy]': 'Human',
    });
    expect((await receiver.next()).fields).toEqual({
      EventType: 'terminal',
      CallSid: sid,
      Status: 'completed',
      RecordingUrl: `${line.account.origin}/recordings/${sid}.wav`,
      DateUpdated: '2026-11-23 12:02:15',
      DateCreated: '2026-11-23 12:00:00',
      To: '09845012345',
      From: rep,
      PhoneNumberSid: line.callerId,
      StartTime: '2026-11-23 12:00:00',
      EndTime: '2026-11-23 12:02:15',
      ConversationDuration: '130',
      Direction: 'outbound-api',
      CustomField: '1.id.token',
      'Legs[0][Number]': rep,
      'Legs[0][Status]': 'completed',
      'Legs[0][OnCallDuration]': '132',
      'Legs[0][AnsweredBy]': 'Human',
      'Legs[1][Number]': '09845012345',
      'Legs[1][Status]': 'completed',
      'Legs[1][OnCallDuration]': '130',
      'Legs[1][AnsweredBy]': 'Human',
    });
  });

  it('tells the end alone, in four fields, where no events are asked for', async () => {
    const sid = await ringing('2345', { Record: 'false' });
    await talk(5000);
    expect((await receiver.next()).fields).toEqual({
      CallSid: sid,
      Status: 'completed',
      DateUpdated: '2026-11-23 12:00:07',
    });
  });

  it('tells no end where only pick-ups are asked for', async () => {
    await ringing('2345', { 'StatusCallbackEvents[0]': 'answered' });
    await talk(1000);
    const events = [await receiver.next(), await receiver.next()].map(({ fields }) => fields['EventType']);
    expect(events).toEqual(['answered', 'answered']);
    // The next that comes is of another call.
    const sid = await ringing('2346');
    line.decline();
    await settled();
    expect((await receiver.next()).fields['CallSid']).toBe(sid);
  });

  it('tells in JSON where that is asked for, with the legs as a list', async () => {
    await ringing('2345', { ...bothEvents, StatusCallbackContentType: 'application/json' });
    line.decline();
    await settled();
    const { contentType, fields } = await receiver.next();
    expect(contentType).toBe('application/json');
    expect(fields).toMatchObject({ EventType: 'terminal', Status: 'busy' });
    expect(JSON.parse(fields['Legs'] ?? '')).toEqual([
      { Number: rep, Status: 'busy', OnCallDuration: '0', AnsweredBy: 'NA' },
      { Number: '09845012345', Status: 'null', OnCallDuration: '0', AnsweredBy: 'NA' },
    ]);
  });

  it.each([
    ['is declined', 'busy', async (): Promise<void> => void line.decline()],
    ['rings out', 'no-answer', (): Promise<void> => clock.advance(45_000)],
  ] as const)('ends as the rep’s phone %s, and the customer is not called', async (_, status, act) => {
    await ringing('2345', bothEvents);
    await act();
    await settled();
    expect((await receiver.next()).fields).toMatchObject({
      EventType: 'terminal',
      Status: status,
      'Legs[0][Status]': status,
      'Legs[1][Status]': 'null',
      ConversationDuration: '0',
    });
  });

  it('ends without talk where the customer does not pick up', async () => {
    await ringing('0002', bothEvents);
    await answer();
    await clock.advance(2000);
    await settled();
    expect(line.phone().state).toBe('idle');
    await receiver.next();
    const { fields } = await receiver.next();
    expect(fields).toMatchObject({
      Status: 'no-answer',
      'Legs[0][Status]': 'completed',
      'Legs[0][OnCallDuration]': '2',
      'Legs[1][Status]': 'no-answer',
      'Legs[1][OnCallDuration]': '0',
    });
    expect(fields).not.toHaveProperty('RecordingUrl');
  });

  it('is canceled where the rep hangs up before the customer picks up', async () => {
    await ringing('2345', bothEvents);
    await answer();
    await clock.advance(1000);
    line.hangUp();
    await settled();
    await receiver.next();
    expect((await receiver.next()).fields).toMatchObject({
      Status: 'canceled',
      'Legs[1][Status]': 'canceled',
    });
  });

  it('is cut at TimeLimit', async () => {
    await ringing('2345', { TimeLimit: '60' });
    await answer();
    await clock.advance(2000);
    await clock.advance(60_000);
    expect(line.phone().state).toBe('idle');
  });

  it('0022: the customer hangs up while they talk', async () => {
    await ringing('0022', bothEvents);
    await answer();
    await clock.advance(5000);
    await settled();
    expect(line.phone().state).toBe('idle');
    await receiver.next();
    await receiver.next();
    expect((await receiver.next()).fields).toMatchObject({ ConversationDuration: '3' });
  });

  it('0030: the customer’s leg is told first', async () => {
    await ringing('0030', { 'StatusCallbackEvents[0]': 'terminal' });
    await talk(5000);
    expect((await receiver.next()).fields).toMatchObject({
      EventType: 'terminal',
      'Legs[0][Number]': '09845010030',
      'Legs[0][OnCallDuration]': '5',
      'Legs[1][Number]': rep,
      'Legs[1][OnCallDuration]': '7',
    });
  });

  it('is found by the rep’s number as From, and by the customer’s as To', async () => {
    const sid = await ringing('2345');
    const found = [{ Sid: sid, From: rep, To: '09845012345', PhoneNumberSid: line.callerId }];
    expect(await search(line, { From: rep })).toMatchObject(found);
    expect(await search(line, { To: '+919845012345' })).toMatchObject(found);
    expect(await search(line, { From: '+919845012345' })).toEqual([]);
  });

  it('plays the customer’s ending for the request too', async () => {
    const refusal = await dial(line, { From: rep, To: '09845010403' });
    expect(refusal.status).toBe(403);
    await clock.advance(500);
    expect(line.phone().state).toBe('idle');
  });
});
