import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultTimeouts, type Timeouts } from '../../src-main/exotel/transport.ts';
import type { CallStatus } from '../../src-shared/call.ts';
import type { CallReason } from '../../src-shared/errors.ts';
import {
  accountSecrets,
  accountSettings,
  type CoreHarness,
  makeDataDir,
  startCoreHarness,
} from '../support/core-harness.ts';
import {
  callXml,
  type FakeExotel,
  restException,
  sendXml,
  startFakeExotel,
  tooMany,
} from '../support/fake-exotel.ts';
import { type Fault, type FaultyProxy, startFaultyProxy } from '../support/faulty-proxy.ts';

/*
 * What a rep reads after each fault of the wire, against what Exotel really got. The number is never dialled again by
 * the program unless Exotel cannot have acted on it.
 */

let exotel: FakeExotel;
let wire: FaultyProxy;
let harness: CoreHarness;
let folder: ReturnType<typeof makeDataDir>;

beforeEach(async () => {
  exotel = await startFakeExotel();
  wire = await startFaultyProxy(exotel.origin);
  folder = makeDataDir();
  harness = await start();
});

function start(timeouts?: Timeouts): Promise<CoreHarness> {
  return startCoreHarness({
    dataDir: folder.dir,
    settings: accountSettings(wire.origin),
    secrets: accountSecrets,
    ...(timeouts === undefined ? {} : { timeouts }),
  });
}

afterEach(async () => {
  await harness.stop();
  await wire.close();
  await exotel.close();
  await folder.remove();
});

interface Told {
  readonly status: CallStatus;
  readonly code: CallReason['code'];
  readonly customerCalled: CallReason['customerCalled'];
}

async function dialAndExpect({ status, code, customerCalled }: Told): Promise<void> {
  const { id } = await harness.place('98450 12345');
  const call = await harness.reaches(id, status);
  expect(call.reason).toMatchObject({ code, customerCalled });
}

/** Nothing is waiting to be sent again: the program is free to end, and Exotel has what it had. */
async function expectSeen(requests: number): Promise<void> {
  expect(exotel.connects()).toHaveLength(requests);
  const { calls } = await harness.client.calls.list({});
  expect(calls.map((call) => call.status)).not.toContain('queued');
  expect(calls.map((call) => call.status)).not.toContain('dialing');
  expect(exotel.connects()).toHaveLength(requests);
}

it('a wire that refuses: tried three times, the customer was not called, and the rep is told', async () => {
  await wire.refuse();
  await dialAndExpect({ status: 'rejected', code: 'unreachable', customerCalled: 'no' });
  await expectSeen(0);
});

describe('the customer may have been called, and is not dialled again, where the wire', () => {
  it.each<[string, Fault]>([
    ['resets before the answer', 'reset-before-answer'],
    ['resets in the answer', 'reset-in-answer'],
    ['cuts the answer off', 'cut-answer'],
  ])('%s', async (_, fault) => {
    wire.fail(fault);
    await dialAndExpect({ status: 'unconfirmed', code: 'connection-lost', customerCalled: 'perhaps' });
    await expectSeen(1);
  });

  it.each<[string, Fault, number]>([
    ['keeps the answer for good', 'keep-answer', 1],
    ['swallows the request', 'swallow', 0],
  ])('%s', async (_, fault, seen) => {
    await harness.stop();
    harness = await start({ ...defaultTimeouts, callAnswer: 300 });
    wire.fail(fault);
    await dialAndExpect({ status: 'unconfirmed', code: 'timed-out', customerCalled: 'perhaps' });
    await expectSeen(seen);
  });

  it.each<[string, Fault, number]>([
    ['keeps the answer, and the program ends', 'keep-answer', 1],
    ['swallows the request, and the program ends', 'swallow', 0],
  ])('%s', async (_, fault, seen) => {
    wire.fail(fault);
    const { id } = await harness.place('98450 12345');
    if (seen > 0) await exotel.connect(1);
    await harness.stop();
    wire.fail('none');
    harness = await start();
    const { call } = await harness.client.calls.get({ id });
    expect(call).toMatchObject({ status: 'unconfirmed', reason: { customerCalled: 'perhaps' } });
    await expectSeen(seen);
  });
});

it.each<[string, Fault]>([
  ['a byte at a time', 'trickle'],
  ['and the connection is then reset', 'reset-after-answer'],
])('an answer that comes whole is the answer, even %s', async (_, fault) => {
  wire.fail(fault);
  const { id } = await harness.place('98450 12345');
  expect(await harness.reaches(id, 'in-progress')).toMatchObject({ sid: 'sid1', reason: null });
  await expectSeen(1);
});

describe('an answer that is not Exotel’s yes:', () => {
  const html = '<html><body>Bad Gateway</body></html>';

  it.each<[string, number, string, Record<string, string>, Told]>([
    ['500', 500, '', {}, { status: 'unconfirmed', code: 'could-not-start', customerCalled: 'probably-not' }],
    [
      '502 in HTML',
      502,
      html,
      { 'content-type': 'text/html' },
      { status: 'unconfirmed', code: 'server-error', customerCalled: 'perhaps' },
    ],
    [
      '503 in HTML',
      503,
      html,
      { 'content-type': 'text/html' },
      { status: 'unconfirmed', code: 'server-error', customerCalled: 'perhaps' },
    ],
    [
      '200 in HTML',
      200,
      html,
      { 'content-type': 'text/html' },
      { status: 'unconfirmed', code: 'unreadable-answer', customerCalled: 'perhaps' },
    ],
    [
      '200 with cut XML',
      200,
      callXml({ Sid: 'a' }).slice(0, 120),
      {},
      { status: 'unconfirmed', code: 'unreadable-answer', customerCalled: 'perhaps' },
    ],
    [
      '200 with nothing',
      200,
      '',
      {},
      { status: 'unconfirmed', code: 'unreadable-answer', customerCalled: 'perhaps' },
    ],
    [
      '400',
      400,
      restException(400, 'Bad From'),
      {},
      { status: 'rejected', code: 'bad-parameter', customerCalled: 'no' },
    ],
    [
      '407 from a proxy',
      407,
      html,
      { 'content-type': 'text/html' },
      { status: 'rejected', code: 'proxy-refused', customerCalled: 'no' },
    ],
  ])('%s is told for what it is, and sent once', async (_, httpStatus, body, headers, told) => {
    exotel.answer((__, response) => sendXml(response, httpStatus, body, headers));
    await dialAndExpect(told);
    await expectSeen(1);
  });
});

it('a storm of 429: each call goes out once it is let, in order, and none is lost or doubled', async () => {
  let storm = 12;
  exotel.answer((received, response) => {
    if (storm-- > 0) return tooMany(0)(received, response);
    sendXml(response, 200, callXml({ Sid: `sid${exotel.connects().length}` }));
  });
  const ids: string[] = [];
  for (let n = 0; n < 5; n++) ids.push((await harness.place(`98450 1234${n}`)).id);
  const calls = await Promise.all(ids.map((id) => harness.reaches(id, 'in-progress')));
  expect(new Set(calls.map((call) => call.sid)).size).toBe(5);
  await expectSeen(17);
});
