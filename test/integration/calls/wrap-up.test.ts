import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { request } from 'undici';
import { multipart, multipartType } from '../../support/raw-http.ts';
import { type Dialed, type DoorsWorld, startDoorsWorld } from './doors-world.ts';

let world: DoorsWorld;
beforeEach(async () => {
  world = await startDoorsWorld();
});
afterEach(() => world.close());

const calls = () => world.harness.client.calls;

/** The customer picked up, and talked with the rep for so long. */
async function talk({ id, sid, customField, statusCallback }: Dialed, seconds: number): Promise<void> {
  const query = new URLSearchParams({
    CallSid: sid,
    CustomField: customField,
    CallType: 'completed',
    DialWhomNumber: '09876543210',
    DialCallStatus: 'completed',
    'Legs[0][OnCallDuration]': String(seconds),
  });
  const told = await request(`${world.urls.talked}?${query.toString()}`);
  await told.body.dump();
  const ended = await request(statusCallback, {
    method: 'POST',
    headers: { 'content-type': multipartType },
    body: multipart([
      ['CallSid', sid],
      ['Status', 'completed'],
    ]),
  });
  await ended.body.dump();
  await world.becomes(id, ({ status, conversation }) => status === 'completed' && conversation.exact);
}

describe('after a call', () => {
  it('an outcome that says so puts the number on do-not-call; no flow, and no override, calls it again', async () => {
    const dialed = await world.dial();
    await talk(dialed, 11);
    expect(await calls().setOutcome({ id: dialed.id, outcome: 'Do not call' })).toMatchObject({
      outcome: 'Do not call',
    });
    await world.harness.client.rep.set({ state: 'ready' });
    for (const more of [{}, { flowId: 'plain' }, { ringMeFirst: true }]) {
      await expect(world.harness.place('9845012345', more)).rejects.toMatchObject({
        code: 'DO_NOT_CALL',
        data: { why: 'Do not call' },
      });
    }
    expect(world.exotel.connects()).toHaveLength(1);
  });

  it('the same outcome of a practice call blocks nobody: whoever practises asked nobody', async () => {
    const { client } = world.harness;
    await client.settings.update({ line: 'practice' });
    const { id } = await world.harness.place('9845012345', { flowId: 'plain' });
    expect(await calls().setOutcome({ id, outcome: 'Do not call' })).toMatchObject({
      outcome: 'Do not call',
      line: { kind: 'practice' },
    });
    expect((await calls().check({ number: '9845012345' })).doNotCall).toBeNull();
  });

  it('an outcome can be changed and taken back; any other blocks nothing', async () => {
    const { id } = await world.dial();
    await calls().setOutcome({ id, outcome: 'Interested' });
    expect(await calls().setOutcome({ id, outcome: null })).toMatchObject({ outcome: null });
    expect((await calls().check({ number: '9845012345' })).doNotCall).toBeNull();
  });

  it('a note is saved as it is typed, as one event', async () => {
    const { id } = await world.dial();
    const text = 'Wants the annual plan.';
    await Promise.all(Array.from(text, (_, n) => calls().note({ id, text: text.slice(0, n + 1) })));
    expect(await world.get(id)).toMatchObject({ note: text });
    expect((await world.events(id)).filter(({ type }) => type === 'noted')).toEqual([
      expect.objectContaining({ text }),
    ]);
    // What came between makes the next one a note of its own.
    await calls().setOutcome({ id, outcome: 'Interested' });
    await calls().note({ id, text: `${text} For 20 desks.` });
    expect((await world.events(id)).filter(({ type }) => type === 'noted')).toHaveLength(2);
  });

  it('a follow-up is kept, moved and taken back', async () => {
    const { id } = await world.dial();
    const due = world.clock.now() + 86_400_000;
    expect(await calls().followUp({ id, due })).toMatchObject({ followUpAt: due });
    expect(await calls().followUp({ id, due: due + 1 })).toMatchObject({ followUpAt: due + 1 });
    expect(await calls().followUp({ id, due: null })).toMatchObject({ followUpAt: null });
  });

  it('what is written after the end changes neither status nor conversation, nor the rep', async () => {
    const dialed = await world.dial();
    await talk(dialed, 11);
    await world.harness.client.rep.set({ state: 'ready' });
    const before = await world.get(dialed.id);
    await calls().note({ id: dialed.id, text: 'Later.' });
    const { status, conversation } = await world.get(dialed.id);
    expect({ status, conversation }).toEqual({ status: before.status, conversation: before.conversation });
    for await (const view of await world.harness.client.rep.live()) {
      expect(view.state).toBe('ready');
      break;
    }
  });

  it('the figures count talk, never “completed”, and the history filters by it', async () => {
    const talked = await world.dial('9845012345');
    await talk(talked, 11);
    await world.harness.client.rep.set({ state: 'ready' });
    const silent = await world.dial('9845012346');
    const ended = await request(silent.statusCallback, {
      method: 'POST',
      headers: { 'content-type': multipartType },
      body: multipart([
        ['CallSid', silent.sid],
        ['Status', 'completed'],
      ]),
    });
    await ended.body.dump();
    expect(await calls().figures()).toEqual({ calls: 2, talked: 1, talkSeconds: 11 });
    const listed = await calls().list({ conversations: ['talked'] });
    expect(listed.calls.map(({ id }) => id)).toEqual([talked.id]);
    const unknown = await calls().list({ conversations: ['unknown'] });
    expect(unknown.calls.map(({ id }) => id)).toEqual([silent.id]);
  });

  it("offers the number's last flow again, and another number the default", async () => {
    await world.dial('9845012345', { flowId: 'plain' });
    expect(await calls().check({ number: '9845012345' })).toMatchObject({
      flow: { id: 'plain' },
      flowBy: 'last',
    });
    expect(await calls().check({ number: '9845012346' })).toMatchObject({
      flow: { id: 'lead' },
      flowBy: 'default',
    });
    // And dials it.
    const { id } = await world.dial('9845012345');
    expect(await world.get(id)).toMatchObject({ flow: { id: 'plain' } });
    expect(await calls().check({ number: '9845012345', flowId: 'lead' })).toMatchObject({ flowBy: 'asked' });
  });
});

describe('call off', () => {
  it('is for a call that rings, of a flow that rings the rep, once', async () => {
    const ringing = await world.dial();
    expect(await calls().callOff({ id: ringing.id })).toMatchObject({
      calledOff: true,
      status: 'in-progress',
    });
    await expect(calls().callOff({ id: ringing.id })).rejects.toMatchObject({ code: 'TOO_LATE' });
    const plain = await world.dial('9845012346', { flowId: 'plain' });
    await expect(calls().callOff({ id: plain.id })).rejects.toMatchObject({ code: 'TOO_LATE' });
  });

  it('leaves the end to Exotel: the customer’s phone may ring on', async () => {
    const { id, statusCallback, sid } = await world.dial();
    await calls().callOff({ id });
    const ended = await request(statusCallback, {
      method: 'POST',
      headers: { 'content-type': multipartType },
      body: multipart([
        ['CallSid', sid],
        ['Status', 'no-answer'],
      ]),
    });
    await ended.body.dump();
    expect(await world.get(id)).toMatchObject({
      calledOff: true,
      status: 'no-answer',
      conversation: { state: 'unknown' },
    });
  });
});
