import { request } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  accountSecrets,
  accountSettings,
  type CoreHarness,
  makeDataDir,
  startCoreHarness,
} from '../../support/core-harness.ts';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts';
import { callXml, type FakeExotel, sendXml, startFakeExotel } from '../../support/fake-exotel.ts';
import { type PublicFront, startPublicFront } from '../../support/public-front.ts';

let exotel: FakeExotel;
let front: PublicFront;
let data: ReturnType<typeof makeDataDir>;
let clock: FakeClock;
let harness: CoreHarness;

async function start(): Promise<CoreHarness> {
  return startCoreHarness({
    dataDir: data.dir,
    clock,
    settings: accountSettings(exotel.origin),
    secrets: accountSecrets,
    front,
  });
}

beforeEach(async () => {
  exotel = await startFakeExotel();
  front = await startPublicFront();
  data = makeDataDir();
  clock = createFakeClock();
  harness = await start();
});

afterEach(async () => {
  await harness.stop();
  await exotel.close();
  await front.close();
  await data.remove();
});

/** Posts a callback as Exotel does, to the public address it was given. */
async function post(statusCallback: string, fields: Record<string, string>): Promise<number> {
  expect(statusCallback.startsWith(front.url)).toBe(true);
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  const multipart = new Response(body);
  const { statusCode, body: answer } = await request(statusCallback, {
    method: 'POST',
    headers: { 'content-type': multipart.headers.get('content-type') ?? '' },
    body: Buffer.from(await multipart.arrayBuffer()),
  });
  await answer.dump();
  return statusCode;
}

async function placeAndGetCallback(): Promise<{ id: string; url: string }> {
  const { id } = await harness.place('9845012345');
  const url = (await exotel.connect(exotel.connects().length || 1)).form.get('StatusCallback');
  if (url === null) throw new Error('No StatusCallback was asked for.');
  return { id, url };
}

describe('a StatusCallback', () => {
  it('ends the call with its outcome, recording and time', async () => {
    const { id, url } = await placeAndGetCallback();
    await harness.reaches(id, 'in-progress');
    const fields = {
      CallSid: 'sid1',
      Status: 'completed',
      RecordingUrl: 'https://recordings.exotel.com/acme1/sid1.mp3',
      DateUpdated: '2026-11-23 12:03:10',
    };
    expect(await post(url, fields)).toBe(200);
    const call = await harness.reaches(id, 'completed');
    expect(call).toMatchObject({
      sid: 'sid1',
      recordingUrl: fields.RecordingUrl,
      dateUpdated: fields.DateUpdated,
      exotelStatus: 'completed',
    });
  });

  it.each([
    ['recordings.exotel.com', undefined, ['https://recordings.exotel.com/a.mp3']],
    ['evil.example', 'its address leads to evil.example, and not to Exotel', []],
  ] as const)('that names a recording at %s: opening it answers %s', async (host, problem, opened) => {
    const { id, url } = await placeAndGetCallback();
    await harness.reaches(id, 'in-progress');
    const RecordingUrl = `https://${host}/a.mp3`;
    const DateUpdated = '2026-11-23 12:03:10';
    await post(url, { CallSid: 'sid1', Status: 'completed', RecordingUrl, DateUpdated });
    await harness.reaches(id, 'completed');
    const answer = await harness.client.calls.openRecording({ id }).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(answer).toEqual(problem && expect.objectContaining({ code: 'NOT_OPENED', data: { problem } }));
    expect(harness.opened).toEqual(opened);
  });

  it('counts before the answer to the request has come, and the answer then adds nothing wrong', async () => {
    let answerNow = () => {};
    exotel.answer((_, response) => {
      answerNow = () => sendXml(response, 200, callXml({ Sid: 'sid1', Status: 'in-progress' }));
    });
    const { id, url } = await placeAndGetCallback();
    expect(await post(url, { CallSid: 'sid1', Status: 'busy', DateUpdated: '2026-11-23 12:03:10' })).toBe(
      200,
    );
    await harness.reaches(id, 'busy');
    answerNow();
    await expect.poll(async () => (await harness.client.calls.get({ id })).events.length).toBe(4);
    expect((await harness.client.calls.get({ id })).call.status).toBe('busy');
  });

  it('is one event however often it is repeated, and a repeat gets the same answer', async () => {
    const { id, url } = await placeAndGetCallback();
    const fields = {
      CallSid: 'sid1',
      Status: 'no-answer',
      RecordingUrl: 'null',
      DateUpdated: '2026-11-23 12:03:10',
    };
    for (let times = 0; times < 3; times++) expect(await post(url, fields)).toBe(200);
    const { call, events } = await harness.client.calls.get({ id });
    expect(call).toMatchObject({ status: 'no-answer', recordingUrl: null });
    expect(events.filter(({ event }) => event.type === 'reported')).toMatchObject([{ times: 3 }]);
  });

  it('proves a call whose answer was lost', async () => {
    exotel.answer((_, response) => {
      response.destroy();
    });
    const { id, url } = await placeAndGetCallback();
    await harness.reaches(id, 'unconfirmed');
    expect(await post(url, { CallSid: 'sid9', Status: 'completed' })).toBe(200);
    expect(await harness.reaches(id, 'completed')).toMatchObject({ sid: 'sid9', reason: null });
  });

  it('with a wrong token, or for no call, gets the same plain 404 and changes nothing', async () => {
    const { id, url } = await placeAndGetCallback();
    await harness.reaches(id, 'in-progress');
    const forged = url.slice(0, -22) + 'A'.repeat(22);
    const nobody = url.replace(id, crypto.randomUUID());
    expect(await post(forged, { CallSid: 'sid1', Status: 'completed' })).toBe(404);
    expect(await post(nobody, { CallSid: 'sid1', Status: 'completed' })).toBe(404);
    const { call, events } = await harness.client.calls.get({ id });
    expect(call.status).toBe('in-progress');
    expect(events).toHaveLength(3);
  });

  it('that comes after the end changes no status and is kept', async () => {
    const { id, url } = await placeAndGetCallback();
    await post(url, { CallSid: 'sid1', Status: 'completed' });
    await post(url, { CallSid: 'sid1', Status: 'failed' });
    const { call, events } = await harness.client.calls.get({ id });
    expect(call.status).toBe('completed');
    expect(events.filter(({ event }) => event.type === 'reported')).toHaveLength(2);
  });
});

describe('asking', () => {
  it('learns of the end at 15, 30, 60 s and each minute, where no callback comes, and then stops', async () => {
    const { id } = await placeAndGetCallback();
    await harness.reaches(id, 'in-progress');
    exotel.answer((_, response) => sendXml(response, 200, list('in-progress')));
    const asked = () => exotel.requests.filter((request) => request.method === 'GET').length;
    for (const [at, ms] of [15_000, 15_000, 30_000, 60_000].entries()) {
      await clock.advance(ms - 1);
      expect(asked()).toBe(at);
      await clock.advance(1);
      await expect.poll(asked).toBe(at + 1);
    }
    exotel.answer((_, response) =>
      sendXml(response, 200, list('completed', { Duration: '42', Price: '1.50' })),
    );
    await expect.poll(() => clock.timers).toBeGreaterThan(0);
    await clock.advance(60_000);
    expect(await harness.reaches(id, 'completed')).toMatchObject({ durationSeconds: 42, price: '1.50' });
    await clock.advance(600_000);
    expect(asked()).toBe(5);
  });

  it('asks for many calls at once, twenty in a request', async () => {
    const placed = await Promise.all(
      Array.from({ length: 25 }, (_, n) => harness.place(`98450${String(12_000 + n)}`)),
    );
    await Promise.all(placed.map(({ id }) => harness.reaches(id, 'in-progress')));
    await clock.advance(15_000);
    const reads = () => exotel.requests.filter((request) => request.method === 'GET');
    await expect.poll(() => reads().length).toBe(2);
    const sids = reads().map(
      (read) => new URL(read.path, exotel.origin).searchParams.get('Sid')?.split(',').length,
    );
    expect(sids).toEqual([20, 5]);
  });
});

describe('after a crash', () => {
  it('a call that was on the wire is unconfirmed, is told, and is not sent again', async () => {
    exotel.answer(() => {});
    const { id } = await placeAndGetCallback();
    // Quitting gives the request up; the write of its doubt is what a crash would leave to the next start.
    let isStopped = false;
    const stopped = harness.stop().then(() => {
      isStopped = true;
    });
    await expect
      .poll(async () => {
        await clock.advance(3000);
        return isStopped;
      })
      .toBe(true);
    await stopped;
    harness = await start();
    const { call } = await harness.client.calls.get({ id });
    expect(call).toMatchObject({ status: 'unconfirmed', reason: { customerCalled: 'perhaps' } });
    await clock.advance(120_000);
    expect(exotel.connects()).toHaveLength(1);
    // The window that never heard of it asks again for what it asked: by the same id.
    expect(await harness.place('9845012345', { id })).toMatchObject({ id, status: 'unconfirmed' });
    expect(exotel.connects()).toHaveLength(1);
  });

  it('a call that is out is asked for at once', async () => {
    const { id } = await placeAndGetCallback();
    await harness.reaches(id, 'in-progress');
    await harness.stop();
    await clock.advance(600_000);
    exotel.answer((_, response) => sendXml(response, 200, list('completed')));
    harness = await start();
    await clock.advance(0);
    await expect.poll(async () => (await harness.client.calls.get({ id })).call.status).toBe('completed');
  });

  it('a call that was queued is held until a person says Continue', async () => {
    exotel.answer((_, response) => sendXml(response, 429, '<TwilioResponse/>', { 'retry-after': '300' }));
    const { id } = await placeAndGetCallback();
    await harness.reaches(id, 'queued');
    await harness.stop();
    await clock.advance(61_000);
    exotel.answer((_, response) => sendXml(response, 200, callXml({ Sid: 'sid1' })));
    harness = await start();
    expect((await harness.client.calls.get({ id })).call.status).toBe('held');
    await expect(harness.client.settings.update({ line: 'practice' })).rejects.toMatchObject({
      code: 'CALLS_OUT',
    });
    await clock.advance(600_000);
    expect(exotel.connects()).toHaveLength(1);
    await harness.client.calls.resume({ id });
    await clock.advance(0);
    await harness.reaches(id, 'in-progress');
    expect(exotel.connects()).toHaveLength(2);
  });
});

/** A list answer with one call, as `GET /v1/Accounts/<sid>/Calls` gives it. */
function list(status: string, more: Record<string, string> = {}): string {
  return callXml({ Sid: 'sid1', Status: status, ...more })
    .replace('<Call>', '<Calls><Call>')
    .replace('</Call>', '</Call></Calls>');
}
