import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { request } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PracticeLine } from '../../../src-main/practice-line/practice-line.ts';
import { startPracticeLine } from '../../../src-main/practice-line/start.ts';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts';
import { type Receiver, startReceiver } from './receiver.ts';

/** Long enough for every scripted outcome to have ended, with its latest callback. */
const longAfterMs = 60 * 60_000;

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

async function ask(path: string, options: { form?: Record<string, string>; authorization?: string } = {}) {
  const { apiKey, apiToken, origin } = line.account;
  const basic = `Basic ${Buffer.from(`${apiKey}:${apiToken}`).toString('base64')}`;
  const answer = await request(new URL(path, origin), {
    method: options.form ? 'POST' : 'GET',
    headers: {
      authorization: options.authorization ?? basic,
      ...(options.form && { 'content-type': 'application/x-www-form-urlencoded' }),
    },
    ...(options.form && { body: new URLSearchParams(options.form).toString() }),
  });
  return { status: answer.statusCode, headers: answer.headers, body: await answer.body.text() };
}

const accountPath = () => `/v1/Accounts/${line.account.accountSid}`;

const formFor = (from: string): Record<string, string> => ({
  From: from,
  CallerId: line.callerId,
  CallType: 'trans',
  Url: line.flowUrl,
  TimeLimit: '3600',
  TimeOut: '45',
  StatusCallback: receiver.url,
  CustomField: '1.id.token',
});

const dial = (ending: string, more: Record<string, string> = {}) =>
  ask(`${accountPath()}/Calls/connect`, { form: { ...formFor(`0984501${ending}`), ...more } });

function parseXml(text: string) {
  expect(XMLValidator.validate(text)).toBe(true);
  const isArray = (_: string, path: unknown) => path === 'TwilioResponse.Calls.Call';
  return new XMLParser({ parseTagValue: false, ignoreDeclaration: true, isArray }).parse(text).TwilioResponse;
}

const sidOf = (answer: { body: string }): string => parseXml(answer.body).Call.Sid;

/** The call as asking shows it. */
async function details(sid: string) {
  return parseXml((await ask(`${accountPath()}/Calls/${sid}`)).body).Call;
}

/** Every call to this number, as JSON. */
async function allCalls() {
  const { Calls } = JSON.parse((await ask(`${accountPath()}/Calls.json`)).body);
  return Calls;
}

/** That no callback came: one asked for later is the first that does. */
async function expectNoCallbackYet() {
  const sid = sidOf(await dial('0001'));
  await clock.advance(2000);
  expect((await receiver.next()).fields).toMatchObject({ CallSid: sid });
}

describe('a call that is accepted', () => {
  it('is answered with the XML of the seed, element for element', async () => {
    const answer = await dial('2345');
    const sid = sidOf(answer);
    const { accountSid } = line.account;
    expect(answer.status).toBe(200);
    expect(answer.body).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<TwilioResponse>',
        ' <Call>',
        `  <Sid>${sid}</Sid>`,
        '  <ParentCallSid/>',
        '  <DateCreated>2026-11-23 12:00:00</DateCreated>',
        '  <DateUpdated>2026-11-23 12:00:00</DateUpdated>',
        `  <AccountSid>${accountSid}</AccountSid>`,
        `  <To>${line.callerId}</To>`,
        '  <From>09845012345</From>',
        `  <PhoneNumberSid>${line.callerId}</PhoneNumberSid>`,
        '  <Status>in-progress</Status>',
        '  <StartTime>2026-11-23 12:00:00</StartTime>',
        '  <EndTime/>',
        '  <Duration></Duration>',
        '  <Price></Price>',
        '  <Direction>outbound-api</Direction>',
        '  <AnsweredBy/>',
        '  <ForwardedFrom/>',
        '  <CallerName/>',
        '  <RecordingUrl/>',
        `  <Uri>/v1/Accounts/${accountSid}/Calls/${sid}</Uri>`,
        ' </Call>',
        '</TwilioResponse>',
        '',
      ].join('\n'),
    );
  });

  it('is answered in JSON where .json is appended', async () => {
    const answer = await ask(`${accountPath()}/Calls/connect.json`, { form: formFor('+919845012345') });
    expect(JSON.parse(answer.body).Call).toMatchObject({ From: '+919845012345', EndTime: null });
  });

  it('is queued, rings, talks and completes, as asking shows', async () => {
    const sid = sidOf(await dial('2345'));
    const seen = [(await details(sid)).Status];
    for (const ms of [500, 1500, 3000]) {
      await clock.advance(ms);
      seen.push((await details(sid)).Status);
    }
    expect(seen).toEqual(['queued', 'ringing', 'in-progress', 'completed']);
    expect(await details(sid)).toMatchObject({
      EndTime: '2026-11-23 12:00:05',
      Duration: '5',
      Price: '0.00',
    });
  });

  it('tells its end by a multipart StatusCallback with a recording that can be heard', async () => {
    const sid = sidOf(await dial('2345'));
    await clock.advance(5000);
    const { contentType, fields } = await receiver.next();
    expect(contentType).toMatch(/^multipart\/form-data; boundary=/);
    const url = `${line.account.origin}/recordings/${sid}.wav`;
    expect(fields).toEqual({
      CallSid: sid,
      Status: 'completed',
      RecordingUrl: url,
      DateUpdated: '2026-11-23 12:00:05',
    });
    const sound = await request(url);
    expect(sound.headers['content-type']).toBe('audio/wav');
    const bytes = Buffer.from(await sound.body.arrayBuffer());
    expect([bytes.toString('latin1', 0, 4), bytes.readUInt32LE(4)]).toEqual(['RIFF', bytes.length - 8]);
  });

  it('sends no StatusCallback where none was asked for', async () => {
    const { StatusCallback: _, ...form } = formFor('09845012345');
    await ask(`${accountPath()}/Calls/connect`, { form });
    await clock.advance(longAfterMs);
    await expectNoCallbackYet();
  });
});

describe('the ending of the number chooses the outcome', () => {
  it.each([
    ['0001', 'busy'],
    ['0002', 'no-answer'],
    ['0003', 'failed'],
    ['0004', 'canceled'],
  ])('%s: %s, without a recording', async (ending, status) => {
    const sid = sidOf(await dial(ending));
    await clock.advance(2000);
    const { fields } = await receiver.next();
    expect(fields).toEqual({ CallSid: sid, Status: status, DateUpdated: '2026-11-23 12:00:02' });
    expect((await details(sid)).Status).toBe(status);
  });

  it.each([
    ['0400', 400],
    ['0401', 401],
    ['0402', 402],
    ['0403', 403],
    ['0404', 404],
    ['0409', 409],
    ['0500', 500],
    ['0504', 504],
  ])('%s: a RestException with that status, and no call', async (ending, status) => {
    const answer = await dial(ending);
    expect(answer.status).toBe(status);
    expect(parseXml(answer.body).RestException.Status).toBe(String(status));
    expect(await allCalls()).toEqual([]);
  });

  it('0403 speaks of DND in the words of Exotel', async () => {
    expect((await dial('0403')).body).toContain('TRAI NDNC');
  });

  it('0429: refused once, with Retry-After, then taken', async () => {
    const first = await dial('0429');
    expect([first.status, first.headers['retry-after']]).toEqual([429, '2']);
    expect(await allCalls()).toEqual([]);
    const sid = sidOf(await dial('0429'));
    await clock.advance(5000);
    expect((await receiver.next()).fields).toMatchObject({ CallSid: sid, Status: 'completed' });
    expect((await dial('0429')).status).toBe(429);
  });

  it('0503: the HTML of a proxy', async () => {
    const answer = await dial('0503');
    expect([answer.status, answer.headers['content-type']]).toEqual([503, 'text/html; charset=utf-8']);
    expect(answer.body).toContain('<html>');
  });

  it('0010: answers after 8 seconds, and only then rings', async () => {
    const slow = dial('0010');
    await expect.poll(() => clock.timers).toBe(1);
    await clock.advance(7999);
    expect(await allCalls()).toEqual([]);
    await clock.advance(1);
    const sid = sidOf(await slow);
    await clock.advance(5000);
    expect((await receiver.next()).fields['CallSid']).toBe(sid);
  });

  it('0011: the connection is lost before the answer, and the callback comes', async () => {
    await expect(dial('0011')).rejects.toMatchObject({ code: 'ECONNRESET' });
    await clock.advance(5000);
    expect((await receiver.next()).fields).toMatchObject({ Status: 'completed' });
  });

  it('0012: no callback; asking tells', async () => {
    const sid = sidOf(await dial('0012'));
    await clock.advance(longAfterMs);
    expect((await details(sid)).Status).toBe('completed');
    await expectNoCallbackYet();
  });

  it('0013: the same callback twice', async () => {
    await dial('0013');
    await clock.advance(6000);
    const first = await receiver.next();
    expect((await receiver.next()).fields).toEqual(first.fields);
  });

  it('0014: the callback comes 20 seconds late; asking tells before', async () => {
    const sid = sidOf(await dial('0014'));
    await clock.advance(5000);
    expect((await details(sid)).Status).toBe('completed');
    await expectNoCallbackYet();
    await clock.advance(20_000);
    expect((await receiver.next()).fields).toMatchObject({
      CallSid: sid,
      DateUpdated: '2026-11-23 12:00:05',
    });
  });

  it('0015: no answer and no callback', async () => {
    await expect(dial('0015')).rejects.toMatchObject({ code: 'ECONNRESET' });
    await clock.advance(longAfterMs);
    expect(await allCalls()).toHaveLength(1);
    await expectNoCallbackYet();
  });

  it('0017: no answer and no callback, and the list never shows it', async () => {
    await expect(dial('0017')).rejects.toMatchObject({ code: 'ECONNRESET' });
    await clock.advance(longAfterMs);
    expect(await allCalls()).toEqual([]);
    await expectNoCallbackYet();
  });

  it('0018: no answer and no callback, and the list shows it twice', async () => {
    await expect(dial('0018')).rejects.toMatchObject({ code: 'ECONNRESET' });
    await clock.advance(longAfterMs);
    const calls = await allCalls();
    expect(calls.map((call: { readonly Status: string }) => call.Status)).toEqual(['completed', 'completed']);
    expect(new Set(calls.map((call: { readonly Sid: string }) => call.Sid)).size).toBe(2);
    await expectNoCallbackYet();
  });

  it('0016: XML that breaks off, for a call that is placed', async () => {
    const answer = await dial('0016');
    expect(answer.status).toBe(200);
    expect(XMLValidator.validate(answer.body)).not.toBe(true);
    await clock.advance(5000);
    expect((await receiver.next()).fields).toMatchObject({ Status: 'completed' });
  });
});

describe('asking for many', () => {
  it('lists the calls with these Sids, and leaves out what it does not know', async () => {
    const sids = [sidOf(await dial('2345')), sidOf(await dial('0001'))];
    const answer = await ask(`${accountPath()}/Calls?Sid=${[...sids, 'unknown'].join(',')}`);
    const { Calls, Metadata } = parseXml(answer.body);
    expect(Calls.Call.map(({ Sid }: { Sid: string }) => Sid)).toEqual(sids);
    expect(Metadata).toMatchObject({ Total: '2', NextPageUri: '' });
  });

  it('answers an empty list where it knows none', async () => {
    const answer = await ask(`${accountPath()}/Calls?Sid=unknown`);
    expect([answer.status, parseXml(answer.body).Calls]).toEqual([200, '']);
  });

  it('answers 404 to a Sid it does not know', async () => {
    expect((await ask(`${accountPath()}/Calls/unknown`)).status).toBe(404);
  });

  it('lists its ExoPhone in the shape of each host', async () => {
    const v1 = await ask(`${accountPath()}/IncomingPhoneNumbers.json`);
    expect(JSON.parse(v1.body).IncomingPhoneNumbers[0].IncomingPhoneNumber.PhoneNumber).toBe(line.callerId);
    const v2 = await ask(`/v2_beta/Accounts/${line.account.accountSid}/IncomingPhoneNumbers`);
    expect(JSON.parse(v2.body).incoming_phone_numbers[0].phone_number).toBe(line.callerId);
  });
});

describe('a request that Exotel would refuse', () => {
  it.each(['From', 'CallerId', 'CallType', 'Url'])('without %s', async (name) => {
    const { [name]: _, ...form } = formFor('09845012345');
    const answer = await ask(`${accountPath()}/Calls/connect`, { form });
    expect(answer.status).toBe(400);
    expect(answer.body).toBe(
      [
        '<TwilioResponse>',
        '  <RestException>',
        '    <Status>400</Status>',
        `    <Message>Invalid Call Parameters: No '${name}' specified</Message>`,
        '  </RestException>',
        '</TwilioResponse>',
        '',
      ].join('\n'),
    );
  });

  it.each([
    ['From', '9845012345'],
    ['CallerId', '08040001234'],
    ['CallType', 'promo'],
    ['Url', 'http://example.com/flow'],
    ['TimeLimit', '14401'],
    ['TimeLimit', '0'],
    ['TimeOut', '61'],
    ['StatusCallback', 'not a url'],
    ['CustomField', 'x'.repeat(129)],
  ])('with %s %s', async (name, value) => {
    const answer = await dial('2345', { [name]: value });
    expect(answer.status).toBe(400);
    expect(parseXml(answer.body).RestException.Message).toContain(name);
  });

  it.each(['', 'Basic d3Jvbmc6d3Jvbmc='])('with the wrong credentials %j', async (authorization) => {
    const form = formFor('09845012345');
    const answer = await ask(`${accountPath()}/Calls/connect`, { form, authorization });
    expect(answer.status).toBe(401);
    expect(await allCalls()).toEqual([]);
  });

  it('with the wrong account', async () => {
    const form = formFor('09845012345');
    expect((await ask('/v1/Accounts/other/Calls/connect', { form })).status).toBe(404);
  });
});

it('has other credentials at each start', async () => {
  const other = await startPracticeLine({ clock });
  expect(other.account.apiToken).not.toBe(line.account.apiToken);
  await other.close();
});

it('forgets its timers and connections when it is closed, whatever it was doing', async () => {
  await dial('2345');
  const waiting = dial('0010').catch((error: unknown) => error);
  await expect.poll(() => clock.timers).toBe(3);
  await line.close();
  expect(clock.timers).toBe(0);
  expect(await waiting).toBeInstanceOf(Error);
});
