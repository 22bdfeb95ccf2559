import { spawnSync } from 'node:child_process';
import { request } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectFields } from '../../support/applet-asker.ts';
import { multipart, multipartType } from '../../support/raw-http.ts';
import { type Dialed, type DoorsWorld, rep, startDoorsWorld } from './doors-world.ts';

const hasCurl = spawnSync('curl', ['--version']).status === 0;
const tokenOf = (customField: string) => /^1\.[^.]+\.(\S+)/.exec(customField)?.[1] ?? '';
const noCall = crypto.randomUUID();

let world: DoorsWorld;
beforeEach(async () => {
  world = await startDoorsWorld();
});
afterEach(() => world.close());

const refusals = async () =>
  (await world.status()).doorRefusals.map(({ door, code, times }) => [door, code, times]);
const heard = async () => (await world.status()).doorsHeard;

/** As it ends for Exotel; resolves when it is taken. */
async function statusCallback({ statusCallback: url, sid }: Dialed, status: string): Promise<void> {
  const answer = await request(url, {
    method: 'POST',
    headers: { 'content-type': multipartType },
    body: multipart([
      ['CallSid', sid],
      ['Status', status],
    ]),
  });
  await answer.body.dump();
  expect(answer.statusCode).toBe(200);
}

describe.skipIf(!hasCurl)(`a flow asks by a real curl${hasCurl ? '' : ' (skipped: no curl)'}`, () => {
  it("gives Connect the rep's phone, with the flow's own limits and nothing that was not asked for", async () => {
    const { id, customField } = await world.dial();
    const fields = { ...connectFields, CustomField: customField };
    const got = await world.applets.ask(world.urls.connect, fields, { version: '1.0' });
    expect(got).toMatchObject({ status: 200, type: 'application/json' });
    expect(JSON.parse(got.body)).toEqual({
      fetch_after_attempt: false,
      destination: { numbers: [rep] },
      max_ringing_duration: 20,
      max_conversation_duration: 1800,
      music_on_hold: { type: 'default_tone' },
    });
    const call = await world.becomes(id, ({ conversation }) => conversation.state === 'waiting');
    expect(call).toMatchObject({ status: 'answered', sid: 'sid1' });
    expect(await world.events(id)).toContainEqual(
      expect.objectContaining({ type: 'connect-asked', to: rep, refused: null, sid: 'sid1' }),
    );
  });

  it('gives Dial Whom, which sends no Exotel-Version, one number as text', async () => {
    const { customField } = await world.dial();
    const got = await world.applets.ask(world.urls.connect, { ...connectFields, CustomField: customField });
    expect(got).toEqual({ status: 200, type: 'text/plain', body: '09876543210' });
  });

  it('finds the CustomField of a real request again in Greeting, Connect and each Passthru', async () => {
    const { id, customField } = await world.dial();
    const echoed = { CallSid: 'sid1', CustomField: customField };
    expect(customField).toMatch(new RegExp(`^1\\.${id}\\.\\S{22} Priya, demo$`));

    const greeting = await world.applets.ask(world.urls.greeting, echoed);
    expect(greeting).toEqual({ status: 200, type: 'text/plain', body: 'Hello, please hold the line.' });
    expect(await world.applets.connect(customField)).toEqual([rep]);
    await world.becomes(id, ({ conversation }) => conversation.state === 'waiting');
    await world.applets.ask(world.urls.leg, {
      ...echoed,
      DialWhomNumber: '09876543210',
      EventType: 'Answered',
    });
    await world.becomes(id, ({ conversation }) => conversation.state === 'talking');
    await world.applets.ask(world.urls.talked, {
      ...connectFields,
      CustomField: customField,
      CallType: 'completed',
      DialCallStatus: 'completed',
      DialWhomNumber: '09876543210',
      DialCallDuration: '13',
      'Legs[0][OnCallDuration]': '11',
    });
    const call = await world.becomes(id, ({ conversation }) => conversation.exact);
    expect(call.conversation).toMatchObject({ state: 'talked', seconds: 11 });
    await world.applets.ask(world.urls.plain, { ...echoed, digits: '"2"' });
    await expect
      .poll(async () => (await world.events(id)).filter(({ type }) => type === 'passthru').length)
      .toBe(2);
    expect(await world.events(id)).toContainEqual(
      expect.objectContaining({ type: 'passthru', branch: 'plain', digits: '2' }),
    );
    expect(await refusals()).toEqual([]);
  });

  it('greets by name, from memory', async () => {
    const { client } = world.harness;
    await client.contacts.save({
      id: crypto.randomUUID(),
      draft: {
        name: 'Priya Sharma',
        company: '',
        note: '',
        numbers: [{ entered: '98450 12345', label: '' }],
      },
    });
    const { customField } = await world.dial();
    const got = await world.applets.ask(world.urls.greeting, { CallSid: 'sid1', CustomField: customField });
    expect(got.body).toBe('Namaste Priya, please hold the line.');
  });

  it('finds a popup that brings no CustomField by its Sid', async () => {
    const { id, customField } = await world.dial();
    await world.applets.connect(customField);
    await world.applets.ask(world.urls.leg, {
      CallSid: 'sid1',
      From: '09845012345',
      DialWhomNumber: '09876543210',
      Status: 'busy',
      EventType: 'Answered',
    });
    await world.becomes(id, ({ conversation }) => conversation.state === 'talking');
  });

  it('gives a repeat the same answer, and counts it as one event', async () => {
    const { id, customField } = await world.dial();
    expect(await world.applets.connect(customField)).toEqual([rep]);
    await world.becomes(id, ({ conversation }) => conversation.state === 'waiting');
    // The rep's phone rings by now: whoever leaves the desk is rung all the same.
    await world.harness.client.rep.set({ state: 'away' });
    expect(await world.applets.connect(customField, { CurrentTime: '2026-11-23 12:00:12' })).toEqual([rep]);
    const { events } = await world.harness.client.calls.get({ id });
    await expect
      .poll(async () => (await world.harness.client.calls.get({ id })).events.at(-1))
      .toMatchObject({ event: { type: 'connect-asked' }, times: 2 });
    expect(events.filter(({ event }) => event.type === 'connect-asked')).toHaveLength(1);
  });

  it('gives a HEAD what a GET would get, and takes nothing from it', async () => {
    const { id, customField } = await world.dial();
    const before = await world.events(id);
    const echoed = { ...connectFields, CustomField: customField };
    for (const url of Object.values(world.urls)) {
      const got = await world.applets.ask(url, echoed, { method: 'HEAD', version: '1.0' });
      expect(got.status).toBe(200);
    }
    const forged = { ...echoed, CustomField: customField.slice(0, -14) };
    await world.applets.ask(world.urls.connect, forged, { method: 'HEAD', version: '1.0' });
    expect(await world.events(id)).toEqual(before);
    expect(await world.get(id)).toMatchObject({ status: 'in-progress', conversation: { state: 'unknown' } });
    expect(await heard()).toEqual({ connect: null, leg: null, passthru: null, greeting: null });
    expect(await refusals()).toEqual([]);
  });
});

describe.skipIf(!hasCurl)('who is no call of ours', () => {
  const other = 'x'.repeat(22);
  const strangers: readonly [string, string, (dialed: Dialed, reminder: Dialed) => string][] = [
    ['a forged secret', 'forged', ({ id }) => `1.${id}.${other} Priya, demo`],
    ["another call's secret", 'forged', ({ id }, { customField }) => `1.${id}.${tokenOf(customField)}`],
    ['an unknown call', 'foreign', () => `1.${noCall}.${other}`],
    ["another program's CustomField", 'foreign', () => 'lead-4711'],
    ['no CustomField', 'foreign', () => ''],
    ['a secret too short', 'foreign', ({ id }) => `1.${id}.short`],
  ];

  it.each(strangers)('%s gets nobody, changes nothing, and is told as %s', async (_, code, forge) => {
    const dialed = await world.dial();
    const reminder = await world.dial('9845012346', { flowId: 'plain' });
    const before = [await world.events(dialed.id), await world.get(dialed.id)];
    const customField = forge(dialed, reminder);
    // Its Sid is not taken for a proof where whom to ring is asked.
    expect(await world.applets.connect(customField)).toEqual([]);
    const text = await world.applets.ask(world.urls.connect, { ...connectFields, CustomField: customField });
    expect(text).toEqual({ status: 200, type: 'text/plain', body: '' });
    const echoed = { CallSid: 'not-ours', CustomField: customField };
    const greeting = await world.applets.ask(world.urls.greeting, echoed);
    expect(greeting).toEqual({ status: 200, type: 'text/plain', body: 'Hello.' });
    const talked = { ...echoed, CallType: 'completed', 'Legs[0][OnCallDuration]': '11' };
    expect(await world.applets.ask(world.urls.talked, talked)).toMatchObject({ status: 200, body: '' });
    await world.applets.ask(world.urls.leg, { ...echoed, EventType: 'Answered' });

    await expect.poll(refusals).toEqual(
      expect.arrayContaining([
        ['connect', code, 2],
        ['greeting', code, 1],
        ['passthru', code, 1],
        ['leg', code, 1],
      ]),
    );
    expect([await world.events(dialed.id), await world.get(dialed.id)]).toEqual(before);
    expect(await heard()).toEqual({ connect: null, leg: null, passthru: null, greeting: null });
    // And the real one is still answered.
    expect(await world.applets.connect(dialed.customField)).toEqual([rep]);
  });

  it('a wrong secret in the path gets the 404 of any other path', async () => {
    const { customField } = await world.dial();
    const wrong = world.urls.connect.replace(/[0-9a-f]{32}$/, 'f'.repeat(32));
    const got = await world.applets.ask(wrong, { ...connectFields, CustomField: customField });
    expect(got).toEqual(await world.applets.ask(world.urls.connect.replace('connect', 'nothing'), {}));
    expect(got.status).toBe(404);
  });

  it('an old path is dead once its secret is replaced', async () => {
    const { customField } = await world.dial();
    await world.harness.client.flows.replaceDoor({ door: 'connect' });
    const got = await world.applets.ask(world.urls.connect, { ...connectFields, CustomField: customField });
    expect(got.status).toBe(404);
  });
});

describe.skipIf(!hasCurl)('a customer who cannot be connected', () => {
  it('to who called it off gets nobody', async () => {
    const { id, customField } = await world.dial();
    await world.harness.client.calls.callOff({ id });
    expect(await world.applets.connect(customField)).toEqual([]);
    expect(await refusals()).toEqual([['connect', 'called-off', 1]]);
    const call = await world.becomes(id, ({ conversation }) => conversation.state === 'missed');
    expect(call).toMatchObject({ status: 'answered', conversation: { why: 'called-off' } });
    // Too late now.
    await expect(world.harness.client.calls.callOff({ id })).rejects.toMatchObject({ code: 'TOO_LATE' });
  });

  it('to who went Away while it rang gets nobody, and who comes back is not rung for it', async () => {
    const { id, customField } = await world.dial();
    await world.harness.client.rep.set({ state: 'away' });
    expect(await world.applets.connect(customField)).toEqual([]);
    await world.becomes(id, ({ conversation }) => conversation.why === 'away');
    await world.harness.client.rep.set({ state: 'ready' });
    expect(await world.applets.connect(customField)).toEqual([]);
    expect(await refusals()).toEqual([['connect', 'away', 2]]);
  });

  it('to whose computer went to sleep while it rang gets nobody', async () => {
    const { customField } = await world.dial();
    world.harness.wake({ kind: 'woke', sleptMs: 61_000 });
    expect(await world.applets.connect(customField)).toEqual([]);
    expect(await refusals()).toEqual([['connect', 'away', 1]]);
  });

  it('gets nobody where the two talk already', async () => {
    const { id, customField } = await world.dial();
    await world.applets.connect(customField);
    await world.applets.ask(world.urls.leg, {
      CallSid: 'sid1',
      CustomField: customField,
      EventType: 'Answered',
    });
    await world.becomes(id, ({ conversation }) => conversation.state === 'talking');
    expect(await world.applets.connect(customField)).toEqual([]);
    expect(await refusals()).toEqual([['connect', 'already-talking', 1]]);
    expect(await world.get(id)).toMatchObject({ conversation: { state: 'talking' } });
  });

  it('of a call that is over gets nobody', async () => {
    const dialed = await world.dial();
    await statusCallback(dialed, 'no-answer');
    await world.becomes(dialed.id, ({ status }) => status === 'no-answer');
    expect(await world.applets.connect(dialed.customField)).toEqual([]);
    expect(await refusals()).toEqual([['connect', 'ended', 1]]);
    expect(await world.get(dialed.id)).toMatchObject({ status: 'no-answer' });
  });
});
