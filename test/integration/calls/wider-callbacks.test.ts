import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
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
import { multipart, multipartType } from '../../support/raw-http.ts';

let exotel: FakeExotel;
let front: PublicFront;
let data: ReturnType<typeof makeDataDir>;
let clock: FakeClock;
let harness: CoreHarness;

beforeEach(async () => {
  exotel = await startFakeExotel();
  front = await startPublicFront();
  data = makeDataDir();
  clock = createFakeClock();
  exotel.answer((_, response) => sendXml(response, 200, callXml({ Sid: 'sid1' })));
  harness = await startCoreHarness({
    dataDir: data.dir,
    clock,
    settings: { ...accountSettings(exotel.origin), statusCallbackEvents: true, customField: 'Priya, demo' },
    secrets: accountSecrets,
    front,
  });
});

afterEach(async () => {
  await harness.stop();
  await exotel.close();
  await front.close();
  await data.remove();
});

interface Placed {
  readonly id: string;
  /** Its StatusCallback URL. */
  readonly url: string;
  readonly customField: string;
}

async function place(): Promise<Placed> {
  const { id } = await harness.place('9845012345');
  const { form } = await exotel.connect(1);
  expect(form.get('StatusCallbackEvents[0]')).toBe('terminal');
  expect(form.get('StatusCallbackEvents[1]')).toBe('answered');
  await harness.reaches(id, 'in-progress');
  return { id, url: form.get('StatusCallback') ?? '', customField: form.get('CustomField') ?? '' };
}

type Fields = Readonly<Record<string, unknown>> & {
  readonly Legs?: readonly Readonly<Record<string, string>>[];
};

/** The wider payload of both events, by Exotel's names. */
function answeredAndEnded({ customField }: Placed): readonly [Fields, Fields] {
  const both = {
    CallSid: 'sid1',
    DateCreated: '2026-11-23 12:00:00',
    From: '09845012345',
    To: '08047191234',
    PhoneNumberSid: '08047191234',
    StartTime: '2026-11-23 12:00:01',
    Direction: 'outbound-api',
    CustomField: customField,
  };
  return [
    { ...both, EventType: 'answered', Status: 'in-progress', Legs: [{ Status: 'in-progress' }] },
    {
      ...both,
      EventType: 'terminal',
      Status: 'completed',
      DateUpdated: '2026-11-23 12:01:10',
      EndTime: '2026-11-23 12:01:09',
      ConversationDuration: '54',
      RecordingUrl: 'https://recordings.exotel.com/acme1/sid1.mp3',
      Legs: [
        { OnCallDuration: '61', Status: 'completed', AnsweredBy: 'Human' },
        { OnCallDuration: '54', Status: 'completed', AnsweredBy: 'NA' },
      ],
    },
  ];
}

function flat(fields: Fields): [string, string][] {
  return Object.entries(fields).flatMap(([name, value]) =>
    name === 'Legs'
      ? (fields.Legs ?? []).flatMap((leg, n) =>
          Object.entries(leg).map(([key, text]): [string, string] => [`Legs[${n}][${key}]`, text]),
        )
      : [[name, String(value)] as [string, string]],
  );
}

const bodies = {
  'multipart/form-data': (fields: Fields) => ({ type: multipartType, body: multipart(flat(fields)) }),
  'application/x-www-form-urlencoded': (fields: Fields) => ({
    type: 'application/x-www-form-urlencoded',
    body: new URLSearchParams(flat(fields)).toString(),
  }),
  'application/json': (fields: Fields) => ({ type: 'application/json', body: JSON.stringify(fields) }),
} as const;

async function post(url: string, { type, body }: { type: string; body: string | Buffer }): Promise<number> {
  const answer = await request(url, { method: 'POST', headers: { 'content-type': type }, body });
  await answer.body.dump();
  return answer.statusCode;
}

const reported = async (id: string) =>
  (await harness.client.calls.get({ id })).events.filter(
    ({ event }) => event.type === 'reported' && event.source === 'callback',
  );

describe.each(Object.entries(bodies))('the wider StatusCallback as %s', (_type, write) => {
  it('moves a call to Answered, and then to its end with its duration', async () => {
    const call = await place();
    const [answered, ended] = answeredAndEnded(call);
    expect(await post(call.url, write(answered))).toBe(200);
    await harness.reaches(call.id, 'answered');
    expect((await harness.client.calls.get({ id: call.id })).call.endedAt).toBeNull();
    expect(await post(call.url, write(ended))).toBe(200);
    expect(await harness.reaches(call.id, 'completed')).toMatchObject({
      sid: 'sid1',
      durationSeconds: 54,
      dateUpdated: '2026-11-23 12:01:10',
      endTime: '2026-11-23 12:01:09',
      recordingUrl: 'https://recordings.exotel.com/acme1/sid1.mp3',
    });
  });

  it('gets its 200 again after 5 and 15 minutes, and has no second effect', async () => {
    const call = await place();
    const [answered, ended] = answeredAndEnded(call);
    await post(call.url, write(answered));
    await post(call.url, write(ended));
    const { status, endedAt, durationSeconds } = (await harness.client.calls.get({ id: call.id })).call;
    for (const minutes of [5, 10]) {
      await clock.advance(minutes * 60_000);
      expect(await post(call.url, write(answered))).toBe(200);
      expect(await post(call.url, write(ended))).toBe(200);
    }
    expect(status).toBe('completed');
    expect((await harness.client.calls.get({ id: call.id })).call).toMatchObject({
      status,
      endedAt,
      durationSeconds,
    });
    expect(await reported(call.id)).toMatchObject([{ times: 3 }, { times: 3 }]);
  });

  it('is stored without our token, and with the rep’s own text', async () => {
    const call = await place();
    for (const fields of answeredAndEnded(call)) await post(call.url, write(fields));
    await harness.reaches(call.id, 'completed');
    await harness.core.stop();
    const db = new DatabaseSync(path.join(data.dir, 'flowdial.db'), { readOnly: true });
    const raws = db.prepare('SELECT raw FROM call_events WHERE raw IS NOT NULL').all();
    db.close();
    expect(raws).toHaveLength(2);
    for (const { raw } of raws) {
      expect(JSON.parse(String(raw))).toMatchObject({ CustomField: `1.${call.id}.… Priya, demo` });
    }
    const [, , token = ''] = call.customField.split(/[. ]/);
    expect(token).toMatch(/^[\w-]{22}$/);
    for (const name of readdirSync(data.dir, { recursive: true, withFileTypes: true })) {
      if (!name.isFile()) continue;
      const content = readFileSync(path.join(name.parentPath, name.name), 'latin1');
      expect(content.includes(token), name.name).toBe(false);
    }
  });
});

it('an unknown status moves nothing and is kept; so does an unknown event', async () => {
  const call = await place();
  const write = bodies['application/json'];
  for (const fields of [
    { CallSid: 'sid1', EventType: 'terminal', Status: 'teleported' },
    { CallSid: 'sid1', EventType: 'whispered' },
  ]) {
    expect(await post(call.url, write(fields))).toBe(200);
  }
  const { call: after } = await harness.client.calls.get({ id: call.id });
  expect(after).toMatchObject({ status: 'in-progress', exotelStatus: 'teleported', endedAt: null });
  expect(await reported(call.id)).toHaveLength(2);
});

it('an Answered that comes after the end is kept and moves nothing', async () => {
  const call = await place();
  const [answered, ended] = answeredAndEnded(call);
  const write = bodies['multipart/form-data'];
  await post(call.url, write(ended));
  await post(call.url, write(answered));
  expect((await harness.client.calls.get({ id: call.id })).call).toMatchObject({
    status: 'completed',
    durationSeconds: 54,
  });
  expect(await reported(call.id)).toHaveLength(2);
});

it('the events are not asked for until a person turns them on, and at once then', async () => {
  await harness.client.settings.update({ statusCallbackEvents: false, askAgainSeconds: 0 });
  await harness.place('9845012345');
  const { form } = await exotel.connect(1);
  expect([...form.keys()]).toEqual([
    'From',
    'CallerId',
    'CallType',
    'Url',
    'TimeLimit',
    'TimeOut',
    'StatusCallback',
    'CustomField',
  ]);
  await harness.client.settings.update({ statusCallbackEvents: true });
  await harness.place('9845012345');
  expect((await exotel.connect(2)).form.get('StatusCallbackEvents[1]')).toBe('answered');
});
