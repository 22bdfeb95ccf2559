import { request } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exotelTimeText } from '../../../src-shared/exotel-fields.ts';
import { callXml, sendXml } from '../../support/fake-exotel.ts';
import { multipart, multipartType } from '../../support/raw-http.ts';
import { type DoorsWorld, rep, startDoorsWorld } from './doors-world.ts';

let world: DoorsWorld;
beforeEach(async () => {
  world = await startDoorsWorld({
    ringMeFirstRecording: 'dual',
    ringMeFirstWaitUrl: 'https://acme.example.com/wait.wav',
  });
});
afterEach(() => world.close());

const customer = '9845012345';
const dial = () => world.dial(customer, { ringMeFirst: true });

/** The wider payload, as Exotel posts it. */
async function tell(url: string, fields: readonly (readonly [string, string])[]): Promise<number> {
  const answer = await request(url, {
    method: 'POST',
    headers: { 'content-type': multipartType },
    body: multipart([['CallSid', 'sid1'], ...fields]),
  });
  await answer.body.dump();
  return answer.statusCode;
}

type Leg = readonly [number: string, status: string, seconds: number];

const legsOf = (...legs: readonly Leg[]) =>
  legs.flatMap(([number, status, seconds], n) => [
    [`Legs[${n}][Number]`, number] as const,
    [`Legs[${n}][Status]`, status] as const,
    [`Legs[${n}][OnCallDuration]`, String(seconds)] as const,
  ]);
const answered = (...legs: readonly Leg[]) =>
  [['EventType', 'answered'], ['Status', 'in-progress'], ...legsOf(...legs)] as const;

describe('ring me first', () => {
  it('asks for the two numbers, the rep first, to be told of by legs; no flow', async () => {
    const { id, form } = await dial();
    const { StatusCallback: _, CustomField: customField, ...sent } = Object.fromEntries(form);
    expect(sent).toEqual({
      From: '09876543210',
      To: '09845012345',
      CallerId: '08047191234',
      CallType: 'trans',
      TimeLimit: '3600',
      TimeOut: '45',
      'StatusCallbackEvents[0]': 'terminal',
      'StatusCallbackEvents[1]': 'answered',
      Record: 'true',
      RecordingChannels: 'dual',
      WaitUrl: 'https://acme.example.com/wait.wav',
    });
    expect(customField).toMatch(new RegExp(`^1\\.${id}\\.`));
    expect(await world.get(id)).toMatchObject({ ringMeFirst: true, flow: null, flowUrl: '', repNumber: rep });
  });

  it('needs neither a flow, nor an address, nor Ready; a phone it needs, and no other call', async () => {
    const { client } = world.harness;
    await client.settings.update({ flows: [], tunnel: 'none' });
    await client.rep.set({ state: 'away' });
    const { form } = await dial();
    expect(form.has('StatusCallback')).toBe(false);
    expect(form.has('StatusCallbackEvents[0]')).toBe(false);
    await expect(world.harness.place('9845012346', { ringMeFirst: true })).rejects.toMatchObject({
      code: 'BLOCKED',
      data: { blocks: ['on-a-call'] },
    });
    await client.settings.update({ phones: [] });
    await expect(world.harness.place('9845012346', { ringMeFirst: true })).rejects.toMatchObject({
      code: 'BLOCKED',
      data: { blocks: ['no-phone', 'on-a-call'] },
    });
  });

  it("is not placed to the rep's own phone", async () => {
    await expect(world.harness.place('98765 43210', { ringMeFirst: true })).rejects.toMatchObject({
      code: 'BAD_VALUE',
      data: { field: 'To' },
    });
  });

  it.each([
    ['the rep first', (rep_: Leg, customer_: Leg) => [rep_, customer_]],
    ['crossed', (rep_: Leg, customer_: Leg) => [customer_, rep_]],
  ] as const)('follows both legs by their numbers: %s', async (_, order) => {
    const { id, statusCallback } = await dial();
    const alone = order(['09876543210', 'in-progress', 0], ['09845012345', 'null', 0]);
    expect(await tell(statusCallback, answered(...alone))).toBe(200);
    expect(await world.get(id)).toMatchObject({ status: 'in-progress', conversation: { state: 'unknown' } });

    const both = order(['09876543210', 'in-progress', 9], ['09845012345', 'in-progress', 0]);
    expect(await tell(statusCallback, answered(...both))).toBe(200);
    expect(await world.get(id)).toMatchObject({ status: 'answered', conversation: { state: 'talking' } });

    const ended = order(['09876543210', 'completed', 71], ['09845012345', 'completed', 60]);
    expect(
      await tell(statusCallback, [
        ['EventType', 'terminal'],
        ['Status', 'completed'],
        ['ConversationDuration', '60'],
        ...legsOf(...ended),
      ]),
    ).toBe(200);
    expect(await world.get(id)).toMatchObject({
      status: 'completed',
      conversation: { state: 'talked', seconds: 60, exact: true },
    });
    for await (const view of await world.harness.client.rep.live()) {
      expect(view).toMatchObject({ state: 'wrap-up', callId: id });
      break;
    }
  });

  it('whose customer does not pick up was no talk', async () => {
    const { id, statusCallback } = await dial();
    await tell(statusCallback, answered(['09876543210', 'in-progress', 0], ['09845012345', 'ringing', 0]));
    await tell(statusCallback, [
      ['EventType', 'terminal'],
      ['Status', 'no-answer'],
      ['ConversationDuration', '0'],
      ...legsOf(['09876543210', 'completed', 31], ['09845012345', 'no-answer', 0]),
    ]);
    expect(await world.get(id)).toMatchObject({ status: 'no-answer', conversation: { state: 'unknown' } });
  });

  it("whose Sid was lost is found by the rep's number and the customer's", async () => {
    const { exotel, clock } = world;
    const listed = (sid: string, from: string, to: string) => ({
      sid,
      xml: callXml({
        Sid: sid,
        DateCreated: exotelTimeText(clock.now()),
        From: from,
        To: to,
        PhoneNumberSid: '08047191234',
        Status: 'in-progress',
        Direction: 'outbound-api',
      }),
    });
    const inner = (xml: string) => /<Call>.*<\/Call>/s.exec(xml)?.[0] ?? '';
    const calls = [
      // The rep rang somebody else; the customer was rung by a flow.
      listed('other1', '09876543210', '09845012399'),
      listed('other2', '09845012345', '08047191234'),
      listed('ours', '09876543210', '09845012345'),
    ];
    exotel.answer(({ method }, response) => {
      response.sendDate = false;
      response.setHeader('date', new Date(clock.now()).toUTCString());
      if (method === 'POST') return void response.socket?.resetAndDestroy();
      const xml = `<TwilioResponse><Metadata/><Calls>${calls.map(({ xml: each }) => inner(each)).join('')}</Calls></TwilioResponse>`;
      sendXml(response, 200, xml);
    });
    const { id } = await world.harness.place(customer, { ringMeFirst: true });
    await world.harness.reaches(id, 'unconfirmed');
    const found = world.becomes(id, ({ sid }) => sid !== null);
    await clock.advance(20_000);
    expect(await found).toMatchObject({ sid: 'ours', match: { by: 'search' }, status: 'in-progress' });
    const searched = exotel.requests.filter(({ method, path }) => method === 'GET' && path.includes('From='));
    expect(searched.length).toBeGreaterThan(0);
    for (const { path } of searched) expect(decodeURIComponent(path)).toContain('9876543210');
  });
});
