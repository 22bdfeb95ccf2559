import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  accountSecrets,
  accountSettings,
  type CoreHarness,
  makeDataDir,
  startCoreHarness,
} from '../../support/core-harness.ts';
import { type FakeExotel, restException, sendXml, startFakeExotel } from '../../support/fake-exotel.ts';

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

describe('settings', () => {
  it('are refused as a whole where one value does not fit', async () => {
    const before = await harness.client.settings.get();
    await expect(
      harness.client.settings.update({ timeOutSeconds: 61, timeLimitSeconds: 60 }),
    ).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(await harness.client.settings.get()).toEqual(before);
  });

  it('tell that a secret is set, and nothing of it', async () => {
    const view = await harness.client.settings.setSecret({ name: 'ngrokAuthtoken', value: 'ngrok-secret' });
    expect(view.secrets).toMatchObject({ ngrokAuthtoken: { set: true, locked: false } });
    expect(JSON.stringify(view)).not.toMatch(/ngrok-secret|token-of-the-test|key-of-the-test/);
    const cleared = await harness.client.settings.clearSecret({ name: 'ngrokAuthtoken' });
    expect(cleared.secrets.ngrokAuthtoken).toEqual({ set: false, locked: false });
  });

  it('change in every window at once', async () => {
    const live = await harness.client.settings.live();
    const next = live.next();
    await harness.client.settings.update({ repName: 'Asha' });
    expect((await next).value).toMatchObject({ values: { repName: 'Asha' } });
    await live.return?.(undefined);
  });
});

describe('testing the account', () => {
  it('lists its ExoPhones and rings nobody', async () => {
    exotel.answer((request, response) => {
      expect(request.method).toBe('GET');
      response.writeHead(200, { 'content-type': 'application/json' }).end(
        JSON.stringify({
          incoming_phone_numbers: [{ sid: 'phone1', phone_number: '+918047191234', friendly_name: 'Sales' }],
        }),
      );
    });
    const tested = await harness.client.account.test();
    expect(tested.exoPhones).toMatchObject([{ sid: 'phone1', text: '080 4719 1234', name: 'Sales' }]);
    expect(exotel.connects()).toHaveLength(0);
  });

  it('says why Exotel refused', async () => {
    exotel.answer((_, response) => sendXml(response, 401, restException(401, 'Authentication failed')));
    await expect(harness.client.account.test()).rejects.toMatchObject({
      code: 'FAILED',
      data: { code: 'credentials', httpStatus: 401 },
    });
  });

  it('names what is missing', async () => {
    await harness.client.settings.update({ accountSid: '' });
    await expect(harness.client.account.test()).rejects.toMatchObject({
      code: 'NOT_SET_UP',
      data: { missing: ['accountSid'] },
    });
  });
});

describe('the recording', () => {
  it('is not opened where there is none', async () => {
    const { id } = await harness.place('9845012345');
    await expect(harness.client.calls.openRecording({ id })).rejects.toMatchObject({ code: 'NO_RECORDING' });
    expect(harness.opened).toEqual([]);
  });
});
