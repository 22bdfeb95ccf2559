import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallView, Warning } from '../../../src-shared/contract/calls.ts';
import {
  accountSecrets,
  accountSettings,
  type CoreHarness,
  makeDataDir,
  startCoreHarness,
} from '../../support/core-harness.ts';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts';
import { callXml, type FakeExotel, sendXml, startFakeExotel } from '../../support/fake-exotel.ts';

const minute = 60_000;
const priya = '9845012345';

let exotel: FakeExotel;
let data: ReturnType<typeof makeDataDir>;
let clock: FakeClock;
let harness: CoreHarness;

beforeEach(async () => {
  exotel = await startFakeExotel();
  // Each call is over at once, and nothing of it is left to ask for.
  exotel.answer((_, response) => {
    const Sid = `sid${exotel.connects().length}`;
    sendXml(response, 200, callXml({ Sid, Status: 'completed', Duration: '60', Price: '1.00' }));
  });
  data = makeDataDir();
  clock = createFakeClock();
  harness = await startCoreHarness({
    dataDir: data.dir,
    clock,
    settings: { ...accountSettings(exotel.origin), recentHours: 4, callsADay: 3 },
    secrets: accountSecrets,
  });
});

afterEach(async () => {
  await harness.stop();
  await exotel.close();
  await data.remove();
});

/** A call that went through, with what the person overrode. */
async function called(...accept: Warning['code'][]): Promise<CallView> {
  const { id } = await harness.place(priya, { accept });
  return harness.reaches(id, 'completed');
}

/** What is asked before a call, at the screen's look and at the press alike; nothing is sent. */
async function asks(number: string, ...accept: Warning['code'][]): Promise<Warning[]> {
  const sent = exotel.connects().length;
  const { warnings } = await harness.client.calls.check({ number });
  const pressed = await harness.place(number, { accept }).then(
    () => [],
    (error: { readonly data: { readonly warnings: Warning[] } }) => error.data.warnings,
  );
  expect(exotel.connects()).toHaveLength(sent);
  if (accept.length === 0) expect(pressed).toEqual(warnings);
  return pressed;
}

describe('a number that was called before', () => {
  it('is asked about within some seconds, then within hours, then no more', async () => {
    const { id: callId } = await called();
    await clock.advance(15_000);
    expect(await asks(priya)).toEqual([{ code: 'called-just-now', secondsAgo: 15, callId }]);
    await clock.advance(1);
    expect(await asks(priya)).toEqual([{ code: 'called-recently', minutesAgo: 0, callId }]);
    await clock.advance(4 * 60 * minute - 15_001);
    expect(await asks(priya)).toEqual([{ code: 'called-recently', minutesAgo: 240, callId }]);
    await clock.advance(1);
    await called();
  });

  it('is called by one yes, however soon it is', async () => {
    await called();
    await clock.advance(5000);
    expect(await asks(priya)).toMatchObject([{ code: 'called-just-now' }]);
    expect(await called('called-just-now')).toMatchObject({ overrode: ['called-just-now'] });
  });

  it('is asked about anew where it was called once more since the yes to a call of hours ago', async () => {
    await harness.client.settings.update({ callsADay: 0 });
    await called();
    await clock.advance(60 * minute);
    await called('called-recently');
    expect(await asks(priya, 'called-recently')).toMatchObject([{ code: 'called-just-now' }]);
  });

  it('is not asked about for another number', async () => {
    await called();
    await harness.place('9845012346');
    await exotel.connect(2);
  });

  it('is kept with the reason that the person gave', async () => {
    await called();
    await clock.advance(30 * minute);
    const { id } = await harness.client.calls.place({
      id: crypto.randomUUID(),
      number: priya,
      actedAt: clock.now(),
      accept: ['called-recently'],
      acceptWhy: '  She asked for a call after lunch.  ',
    });
    await harness.reaches(id, 'completed');
    const { call, events } = await harness.client.calls.get({ id });
    const kept = { overrode: ['called-recently'], overrodeWhy: 'She asked for a call after lunch.' };
    expect(call).toMatchObject(kept);
    expect(events[0]?.event).toMatchObject({ type: 'placed', ...kept });
  });
});

describe('a number that was called often today', () => {
  it('is asked about from the third call on, until the day ends in India', async () => {
    await harness.client.settings.update({ recentHours: 0 });
    for (let n = 0; n < 2; n++) {
      await called();
      await clock.advance(20 * minute);
    }
    expect(await asks(priya)).toEqual([{ code: 'called-often', times: 3 }]);
    expect(await called('called-often')).toMatchObject({ overrode: ['called-often'] });
    await clock.advance(20 * minute);
    expect(await asks(priya)).toEqual([{ code: 'called-often', times: 4 }]);
    // The test began at noon in India, an hour ago.
    await clock.advance(11 * 60 * minute - 2 * minute);
    expect(await asks(priya)).toEqual([{ code: 'called-often', times: 4 }]);
    await clock.advance(2 * minute);
    await called();
  });

  it('is asked about together with the call of a while ago, and each is a yes of its own', async () => {
    await called();
    await clock.advance(20 * minute);
    await called('called-recently');
    await clock.advance(20 * minute);
    expect(await asks(priya)).toMatchObject([
      { code: 'called-recently' },
      { code: 'called-often', times: 3 },
    ]);
    expect(await asks(priya, 'called-recently')).toMatchObject([{ code: 'called-often' }]);
    expect(await asks(priya, 'called-often')).toMatchObject([{ code: 'called-recently' }]);
    await called('called-recently', 'called-often');
  });
});

describe('a line that gave no answer', () => {
  /** Exotel hangs up on a call. */
  async function lost(): Promise<void> {
    exotel.answer((_, response) => void response.destroy());
    const { id } = await harness.place('8067676767');
    await harness.reaches(id, 'unconfirmed');
    exotel.answer((_, response) => {
      const fields = { Sid: 'later', Status: 'completed', Duration: '60', Price: '1.00' };
      sendXml(response, 200, callXml(fields));
    });
  }

  it('is asked about before the next call, whomever it is to, and no more once it answers', async () => {
    await lost();
    expect(await asks(priya)).toEqual([{ code: 'line-down' }]);
    expect(await called('line-down')).toMatchObject({ overrode: ['line-down'] });
    await harness.place('9845012346');
    await exotel.connect(3);
  });

  it('is asked about together with what speaks against the number: a person is asked once', async () => {
    await called();
    await lost();
    expect(await asks(priya)).toMatchObject([{ code: 'line-down' }, { code: 'called-just-now' }]);
    await called('line-down', 'called-just-now');
  });

  it('is not spoken of after a minute', async () => {
    await lost();
    await clock.advance(minute - 1);
    expect(await asks(priya)).toEqual([{ code: 'line-down' }]);
    await clock.advance(1);
    await called();
  });

  it('is not the practice line', async () => {
    await lost();
    await harness.client.settings.update({ line: 'practice' });
    expect(await asks(priya)).toEqual([]);
  });

  it('is none where Exotel said no', async () => {
    exotel.answer((_, response) => sendXml(response, 503, ''));
    const { id } = await harness.place('8067676767');
    await harness.reaches(id, 'unconfirmed');
    expect((await harness.client.calls.check({ number: priya })).warnings).toEqual([]);
  });
});
