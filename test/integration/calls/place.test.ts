import { DatabaseSync } from 'node:sqlite';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noDesktop } from '../../../src-main/desktop/no-desktop.ts';
import {
  accountSecrets,
  accountSettings,
  type CoreHarness,
  makeDataDir,
  startCoreHarness,
} from '../../support/core-harness.ts';
import {
  callXml,
  type FakeExotel,
  restException,
  sendXml,
  startFakeExotel,
  tooMany,
} from '../../support/fake-exotel.ts';

let exotel: FakeExotel;
let data: ReturnType<typeof makeDataDir>;
let harness: CoreHarness;

beforeEach(async () => {
  exotel = await startFakeExotel();
  data = makeDataDir();
  harness = await startCoreHarness({
    dataDir: data.dir,
    settings: accountSettings(exotel.origin),
    secrets: accountSecrets,
  });
});

afterEach(async () => {
  await harness.stop();
  await exotel.close();
  await data.remove();
});

describe('a call that Exotel accepts', () => {
  it('is on disk as dialing before its request arrives, and then in progress with its Sid', async () => {
    const onDisk: unknown[] = [];
    exotel.answer((_, response) => {
      const db = new DatabaseSync(path.join(data.dir, 'flowdial.db'), { readOnly: true });
      onDisk.push(
        ...db
          .prepare('SELECT status FROM calls')
          .all()
          .map((row) => row['status']),
      );
      db.close();
      sendXml(response, 200, callXml({ Sid: '12345678901234567890' }));
    });
    const placed = await harness.place('98450 12345');
    expect(placed).toMatchObject({ status: 'dialing', numberText: '+91 98450 12345', attempts: 1 });
    const call = await harness.reaches(placed.id, 'in-progress');
    expect(onDisk).toEqual(['dialing']);
    expect(call.sid).toBe('12345678901234567890');
  });

  it('carries the values that the settings ask for', async () => {
    const { id } = await harness.place('080 4123 4567');
    const request = await exotel.connect(1);
    expect(request.path).toBe('/v1/Accounts/acme1/Calls/connect');
    expect(request.headers.authorization).toBe(
      `Basic ${Buffer.from('key-of-the-test:token-of-the-test').toString('base64')}`,
    );
    const form = Object.fromEntries(request.form);
    expect(form).toMatchObject({
      From: '08041234567',
      CallerId: '08047191234',
      CallType: 'trans',
      Url: 'http://my.exotel.com/acme1/exoml/start_voice/29281',
      TimeLimit: '3600',
      TimeOut: '45',
    });
    expect(form['CustomField']).toMatch(new RegExp(`^1\\.${id}\\.[\\w-]{22}$`));
    // No public address is open: Exotel is not told of one, and the call is marked.
    expect(form['StatusCallback']).toBeUndefined();
    expect((await harness.reaches(id, 'in-progress')).byAsking).toBe(true);
  });
});

describe('at most once', () => {
  it('sends nothing more for the same id and number', async () => {
    const id = crypto.randomUUID();
    const calls = await Promise.all([1, 2, 3, 4, 5].map(() => harness.place('9845012345', { id })));
    expect(new Set(calls.map((call) => call.id))).toEqual(new Set([id]));
    await harness.reaches(id, 'in-progress');
    await harness.place('9845012345', { id });
    expect(exotel.connects()).toHaveLength(1);
  });

  it('rings a number once where two windows press at the same moment: the second person is asked', async () => {
    const placing = await Promise.allSettled([harness.place('9845012345'), harness.place('+919845012345')]);
    const refused = placing.flatMap((one): unknown[] => (one.status === 'rejected' ? [one.reason] : []));
    expect(refused).toMatchObject([{ code: 'NEEDS_CONFIRMATION' }]);
    const [id = ''] = placing.flatMap((one) => (one.status === 'fulfilled' ? [one.value.id] : []));
    await harness.reaches(id, 'in-progress');
    expect(exotel.connects()).toHaveLength(1);
  });

  it('refuses the same id with another number', async () => {
    const { id } = await harness.place('9845012345');
    await expect(harness.place('9845012346', { id })).rejects.toMatchObject({ code: 'ID_TAKEN' });
    expect(exotel.connects().length).toBeLessThanOrEqual(1);
  });

  it('asks before the same number is called again at once, and calls when the person insists', async () => {
    await harness.place('9845012345');
    const again = harness.place('+91 98450-12345');
    await expect(again).rejects.toMatchObject({
      code: 'NEEDS_CONFIRMATION',
      data: { warnings: [{ code: 'called-just-now' }] },
    });
    await exotel.connect(1);
    const insisted = await harness.place('+91 98450-12345', { accept: ['called-just-now'] });
    expect(insisted.overrode).toEqual(['called-just-now']);
    await exotel.connect(2);
  });

  it('refuses what was asked for more than 30 s ago', async () => {
    const old = harness.place('9845012345', { actedAt: Date.now() - 31_000 });
    await expect(old).rejects.toMatchObject({ code: 'TOO_OLD' });
    expect(exotel.connects()).toHaveLength(0);
  });

  it('never repeats a request that may have arrived', async () => {
    exotel.answer((_, response) => {
      response.destroy();
    });
    const { id } = await harness.place('9845012345');
    const call = await harness.reaches(id, 'unconfirmed');
    expect(call.reason).toMatchObject({ code: 'connection-lost', customerCalled: 'perhaps' });
    expect(exotel.connects()).toHaveLength(1);
  });
});

describe('a strip that cannot be shown', () => {
  it('keeps nothing of a call from being stored, nor from being told', async () => {
    await harness.stop();
    const showStrip = (shown: boolean) => {
      if (shown) throw new TypeError('Object has been destroyed');
    };
    harness = await startCoreHarness({
      dataDir: data.dir,
      settings: { ...accountSettings(exotel.origin), callStrip: true },
      secrets: accountSecrets,
      ports: {
        desktop: { ...noDesktop, windows: { ...noDesktop.windows, showStrip } },
      },
    });
    const { id } = await harness.place('9845012345');
    await harness.reaches(id, 'dialing');
    expect(await harness.reaches(id, 'in-progress')).toMatchObject({ sid: 'sid1' });
  });
});

describe('a call that is not accepted', () => {
  it.each([
    [400, "Invalid Call Parameters: No 'From' specified", 'bad-parameter'],
    [401, 'Authentication failed', 'credentials'],
    [402, 'Insufficient balance', 'balance'],
    [403, 'Call to this number is not allowed: TRAI NDNC', 'dnd'],
    [403, 'Account suspended', 'forbidden'],
    [404, 'Unknown account', 'not-found'],
    [409, 'Conflict', 'conflict'],
  ])('%i "%s" is rejected as %s, and the customer was not called', async (status, message, code) => {
    exotel.answer((_, response) => sendXml(response, status, restException(status, message)));
    const { id } = await harness.place('9845012345');
    const call = await harness.reaches(id, 'rejected');
    expect(call.reason).toEqual({ code, customerCalled: 'no', httpStatus: status, message });
    expect(call.endedAt).not.toBeNull();
  });

  it.each([
    [500, 'could-not-start', 'probably-not'],
    [504, 'could-not-start', 'probably-not'],
    [503, 'server-error', 'perhaps'],
  ])('%i leaves it unconfirmed as %s', async (status, code, customerCalled) => {
    exotel.answer((_, response) => sendXml(response, status, restException(status, 'Sorry')));
    const { id } = await harness.place('9845012345');
    const call = await harness.reaches(id, 'unconfirmed');
    expect(call.reason).toMatchObject({ code, customerCalled, httpStatus: status });
  });

  it('waits after a 429 as long as Exotel says, then sends once more, and later calls stay behind it', async () => {
    exotel.answer(tooMany(1));
    const first = await harness.place('9845012345');
    const waiting = await harness.reaches(first.id, 'queued');
    expect(waiting.retryAt).toBeGreaterThan(Date.now());
    exotel.answer((request, response) =>
      sendXml(response, 200, callXml({ Sid: request.form.get('From') ?? '' })),
    );
    const second = await harness.place('9845012346');
    expect(second.status).toBe('queued');
    await harness.reaches(first.id, 'in-progress');
    await harness.reaches(second.id, 'in-progress');
    expect(exotel.connects().map((request) => request.form.get('From'))).toEqual([
      '09845012345',
      '09845012345',
      '09845012346',
    ]);
  });

  it('can be withdrawn while it waits, and is never sent then', async () => {
    exotel.answer(tooMany(1));
    const { id } = await harness.place('9845012345');
    await harness.reaches(id, 'queued');
    expect(await harness.client.calls.withdraw({ id })).toMatchObject({ status: 'withdrawn' });
    const next = await harness.place('9845012346');
    exotel.answer((_, response) => sendXml(response, 200, callXml({ Sid: 'later' })));
    await harness.reaches(next.id, 'in-progress');
    expect(exotel.connects().filter((request) => request.form.get('From') === '09845012345')).toHaveLength(1);
    await expect(harness.client.calls.withdraw({ id })).rejects.toMatchObject({ code: 'TOO_LATE' });
  });

  it('is rejected as unreachable, after three tries, where this computer cannot reach Exotel', async () => {
    await exotel.close();
    const { id } = await harness.place('9845012345');
    const call = await harness.reaches(id, 'rejected');
    expect(call).toMatchObject({ attempts: 3, reason: { code: 'unreachable', customerCalled: 'no' } });
    exotel = await startFakeExotel();
  });
});

describe('before anything is written', () => {
  it.each(['', '12345', 'hello', '*100#', '1800 123 4567'].filter((text) => text !== ''))(
    'refuses "%s" as no number Exotel can dial',
    async (number) => {
      await expect(harness.place(number)).rejects.toMatchObject({
        code: 'NOT_DIALABLE',
        data: { entered: number },
      });
      expect((await harness.client.calls.list({})).calls).toEqual([]);
    },
  );

  it('refuses a number on do-not-call with who, when and why, from any of the contact’s numbers', async () => {
    const id = crypto.randomUUID();
    await harness.client.contacts.save({
      id,
      draft: {
        name: 'Priya Sharma',
        company: 'Acme',
        note: '',
        numbers: [
          { entered: '98450 12345', label: 'mobile' },
          { entered: '080 3075 2400', label: 'office' },
        ],
      },
    });
    await harness.client.doNotCall.add({
      target: { number: '08030752400' },
      why: 'Asked by mail',
      until: null,
    });
    await expect(harness.place('9845012345')).rejects.toMatchObject({
      code: 'DO_NOT_CALL',
      data: { why: 'Asked by mail', until: null },
    });
    expect(await harness.client.calls.check({ number: '9845012345' })).toMatchObject({
      doNotCall: { why: 'Asked by mail' },
      contact: { name: 'Priya Sharma' },
    });
    expect(exotel.connects()).toHaveLength(0);
    await harness.client.doNotCall.lift({ target: { id }, why: 'Asked us to call' });
    await harness.place('9845012345');
    await exotel.connect(1);
  });

  it('asks outside calling hours, and keeps that the person went on', async () => {
    await harness.client.settings.update({ callingHoursFrom: '00:00', callingHoursUntil: '00:00' });
    await expect(harness.place('9845012345')).rejects.toMatchObject({
      code: 'NEEDS_CONFIRMATION',
      data: { warnings: [{ code: 'outside-calling-hours', from: '00:00', until: '00:00' }] },
    });
    const call = await harness.place('9845012345', { accept: ['outside-calling-hours'] });
    expect(call.overrode).toEqual(['outside-calling-hours']);
  });

  it('names what the account lacks', async () => {
    await harness.client.settings.update({ callerId: '', flows: [] });
    await harness.client.settings.clearSecret({ name: 'exotelApiToken' });
    const lacking = { missing: ['exotelApiToken', 'callerId', 'flow'] };
    await expect(harness.place('9845012345')).rejects.toMatchObject({ code: 'NOT_SET_UP', data: lacking });
    expect(await harness.client.calls.check({ number: '9845012345' })).toMatchObject(lacking);
  });
});

describe('the line', () => {
  it('cannot be changed while a call is on the wire', async () => {
    let answerLater = () => {};
    exotel.answer((_, response) => {
      answerLater = () => sendXml(response, 200, callXml({ Sid: 'late' }));
    });
    const { id } = await harness.place('9845012345');
    await exotel.connect(1);
    const switching = harness.client.settings.update({ line: 'practice' });
    await expect(switching).rejects.toMatchObject({ code: 'CALLS_OUT', data: { count: 1 } });
    await expect(
      harness.client.settings.setSecret({ name: 'exotelApiToken', value: 'another' }),
    ).rejects.toMatchObject({ code: 'CALLS_OUT' });
    answerLater();
    await harness.reaches(id, 'in-progress');
    expect((await harness.client.settings.update({ line: 'practice' })).values.line).toBe('practice');
  });

  it('cannot be changed, nor its account, while a call is queued', async () => {
    exotel.answer(tooMany(60));
    const { id } = await harness.place('9845012345');
    await harness.reaches(id, 'queued');
    for (const change of [
      { line: 'practice' },
      { accountSid: 'acme2' },
      { host: 'api.exotel.com' },
    ] as const) {
      await expect(harness.client.settings.update(change)).rejects.toMatchObject({
        code: 'CALLS_OUT',
        data: { count: 1 },
      });
    }
    await harness.client.calls.withdraw({ id });
    expect((await harness.client.settings.update({ accountSid: 'acme2' })).values.accountSid).toBe('acme2');
  });
});
