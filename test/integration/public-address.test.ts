import { describe, expect, it, onTestFinished } from 'vitest';
import { createSecrets } from '../../src-main/credentials/secrets.ts';
import { memoryVault } from '../../src-main/credentials/memory-vault.ts';
import { createConnector } from '../../src-main/exotel/connector.ts';
import type { Helpers, Ports } from '../../src-main/ports.ts';
import { createPublicAddress } from '../../src-main/public-address.ts';
import { createForkedHelpers } from '../../src-main/shells/browser/forked-helpers.ts';
import type { NgrokServer } from '../../src-main/tunnel/ngrok-messages.ts';
import { defaultSettings, type Settings } from '../../src-shared/settings.ts';
import { listen } from '../support/callback-server.ts';
import {
  accountSecrets,
  accountSettings,
  type CoreHarness,
  makeDataDir,
  reachesTunnel,
  startCoreHarness,
} from '../support/core-harness.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { callXml, sendXml, startFakeExotel } from '../support/fake-exotel.ts';
import { type FakeNgrok, startFakeNgrok } from '../support/fake-ngrok/fake-ngrok.ts';
import { helpersTo } from '../support/helpers-to.ts';
import { startPublicFront } from '../support/public-front.ts';

const nothing = () => {};
const log = { info: nothing, warn: nothing, error: nothing };

async function setUp(how: Partial<Parameters<typeof startCoreHarness>[0]> = {}) {
  const exotel = await startFakeExotel();
  const front = await startPublicFront();
  const data = makeDataDir();
  const harness: CoreHarness = await startCoreHarness({
    dataDir: data.dir,
    secrets: accountSecrets,
    ...how,
    settings: { ...accountSettings(exotel.origin), askAgainSeconds: 0, ...how.settings },
  });
  onTestFinished(async () => {
    await harness.stop();
    await exotel.close();
    await front.close();
    await data.remove();
  });
  /** The StatusCallback that the n-th call was sent with. */
  async function callbackOf(n: number): Promise<string | null> {
    await harness.place('9845012345');
    return (await exotel.connect(n)).form.get('StatusCallback');
  }
  return { exotel, front, harness, callbackOf };
}

/** With ngrok's real SDK, and this for its service. */
function by({ server }: FakeNgrok) {
  return {
    settings: { tunnel: 'ngrok' },
    secrets: { ...accountSecrets, ngrokAuthtoken: 'token-of-the-test' },
    ports: { helpers: helpersTo(server, realHelpers()) },
  } as const;
}

/** Places a call by this address. Exotel says from now on that it has ended, to whoever asks. */
async function callThatEnds(
  { exotel, harness }: Awaited<ReturnType<typeof setUp>>,
  address: string,
): Promise<string> {
  exotel.answer((_, response) => sendXml(response, 200, callXml({ Sid: 'sid1' })));
  const { id } = await harness.place('9845012345');
  expect((await exotel.connect(1)).form.get('StatusCallback')).toContain(address);
  await harness.reaches(id, 'in-progress');
  const ended = callXml({ Sid: 'sid1', Status: 'completed' });
  const list = ended.replace('<Call>', '<Calls><Call>').replace('</Call>', '</Call></Calls>');
  exotel.answer((_, response) => sendXml(response, 200, list));
  return id;
}

/** The call is known to have ended before so much time has passed, ms. */
async function endsWithin(
  harness: CoreHarness,
  id: string,
  clock: ReturnType<typeof createFakeClock>,
  ms: number,
): Promise<void> {
  const until = clock.now() + ms;
  await expect
    .poll(
      async () => {
        await clock.advance(Math.min(100, until - clock.now()));
        return (await harness.client.calls.get({ id })).call.status;
      },
      { timeout: 15_000 },
    )
    .toBe('completed');
}

describe('a call and the public address', () => {
  it('is sent without a callback address, and at once, until the address is proven and while it is not', async () => {
    const front = await startPublicFront();
    onTestFinished(() => front.close());
    const { harness, callbackOf } = await setUp({ settings: { tunnel: 'url', tunnelUrl: front.url } });
    // The core has started, and the check is still on its way.
    await reachesTunnel(harness.client, 'connecting');
    expect(await callbackOf(1)).toBeNull();
    front.leadTo(harness.core.callbacksOrigin);
    await reachesTunnel(harness.client, 'open');
    expect(await callbackOf(2)).toContain(`${front.url}/exotel/calls/`);
    front.leadNowhere();
    await expect(harness.client.app.checkTunnel()).rejects.toMatchObject({
      code: 'NOT_REACHED',
      data: { problem: 'wrong-answer', detail: 'HTTP 502' },
    });
    await reachesTunnel(harness.client, 'unreachable');
    expect(await callbackOf(3)).toBeNull();
    const dialed = () =>
      harness.told.filter((call) => call.status === 'dialing').map((call) => call.byAsking);
    await expect.poll(dialed).toEqual([true, false, true]);
    front.leadTo(harness.core.callbacksOrigin);
    expect(await harness.client.app.checkTunnel()).toEqual({ tookMs: expect.any(Number) });
    expect(await callbackOf(4)).toContain(front.url);
  });

  it('is asked for at once where the address changed while it was out: nobody can call the old one', async () => {
    const [first, second] = [await startPublicFront(), await startPublicFront()];
    onTestFinished(async () => {
      await first.close();
      await second.close();
    });
    const clock = createFakeClock();
    const world = await setUp({ clock, front: first });
    const id = await callThatEnds(world, first.url);
    second.leadTo(world.harness.core.callbacksOrigin);
    await world.harness.client.settings.update({ tunnelUrl: second.url });
    first.leadNowhere();
    // No time passes: what is asked is asked at once.
    await endsWithin(world.harness, id, clock, 0);
  });

  it('is asked for at once where ngrok gave another address after a break', async () => {
    const ngrok = await startFakeNgrok();
    onTestFinished(() => ngrok.close());
    const clock = createFakeClock();
    const world = await setUp({
      clock,
      ...by(ngrok),
    });
    await reachesTunnel(world.harness.client, 'open');
    const before = ngrok.publicUrl;
    const id = await callThatEnds(world, before);
    await ngrok.goAway();
    await ngrok.move();
    await ngrok.comeBack();
    // The first time that a call is asked about by itself comes after 15 s.
    await endsWithin(world.harness, id, clock, 14_000);
    await reachesTunnel(world.harness.client, 'open');
    expect(await world.callbackOf(2)).toContain(ngrok.publicUrl);
    expect(ngrok.publicUrl).not.toBe(before);
  });

  it('does not touch the practice line, which is on this computer', async () => {
    const { front, harness } = await setUp();
    front.leadNowhere();
    await harness.client.settings.update({ line: 'practice', tunnel: 'url', tunnelUrl: front.url });
    await reachesTunnel(harness.client, 'unreachable');
    const { id } = await harness.place('9845012345');
    const call = await harness.reaches(id, 'completed');
    expect(call.byAsking).toBe(false);
  });
});

describe('the public address', () => {
  it('is checked at once when the computer wakes, and when its network changes', async () => {
    const front = await startPublicFront();
    onTestFinished(() => front.close());
    const { harness } = await setUp({ front });
    for (const why of [{ kind: 'woke', sleptMs: 1000 }, { kind: 'network' }] as const) {
      front.leadNowhere();
      harness.wake(why);
      await reachesTunnel(harness.client, 'unreachable');
      front.leadTo(harness.core.callbacksOrigin);
      harness.wake(why);
      await reachesTunnel(harness.client, 'open');
    }
  });

  it('is tried at once when a person wants it', async () => {
    const front = await startPublicFront();
    onTestFinished(() => front.close());
    const { harness } = await setUp({ front, clock: createFakeClock() });
    front.leadNowhere();
    await expect(harness.client.app.checkTunnel()).rejects.toMatchObject({ code: 'NOT_REACHED' });
    front.leadTo(harness.core.callbacksOrigin);
    await harness.client.app.retryTunnel();
    await reachesTunnel(harness.client, 'open');
  });

  it('cannot be checked where none is wanted, and trying it is no error', async () => {
    const { harness } = await setUp();
    await expect(harness.client.app.checkTunnel()).rejects.toMatchObject({ code: 'NO_TUNNEL' });
    await harness.client.app.retryTunnel();
    await reachesTunnel(harness.client, 'off');
  });

  it('by ngrok, that the settings ask for, is proven too', async () => {
    const ngrok = await startFakeNgrok();
    onTestFinished(() => ngrok.close());
    const { harness, callbackOf } = await setUp(by(ngrok));
    await reachesTunnel(harness.client, 'open');
    expect(await callbackOf(1)).toContain(`${ngrok.publicUrl}/exotel/calls/`);
    ngrok.forget();
    await expect(harness.client.app.checkTunnel()).rejects.toMatchObject({ code: 'NOT_REACHED' });
  });

  it('tells each time it turned open, also after another was chosen, and never else', async () => {
    const server = await listen();
    const [first, second] = [await startPublicFront(), await startPublicFront()];
    let settings: Settings = { ...defaultSettings, tunnel: 'url', tunnelUrl: first.url };
    let reopened = 0;
    const clock = createFakeClock();
    const address = createPublicAddress({
      settings: () => settings,
      secrets: createSecrets({ vault: memoryVault('This is a test.'), provisioned: {} }),
      helpers: noHelpers,
      clock,
      log,
      targetPort: server.port,
      probe: server.probe,
      connect: createConnector({ timeoutMs: 1000, proxyFor: () => Promise.resolve(null) }),
      changed: nothing,
      reopened: () => void reopened++,
      proven: nothing,
    });
    onTestFinished(async () => {
      await address.stop();
      await first.close();
      await second.close();
    });
    first.leadTo(server.origin);
    second.leadTo(server.origin);
    await address.follow();
    await expect.poll(() => address.publicUrl()).toBe(first.url);
    expect(reopened).toBe(1);
    await address.check();
    await address.follow();
    expect(reopened).toBe(1);
    first.leadNowhere();
    await address.check();
    first.leadTo(server.origin);
    await address.check();
    expect(reopened).toBe(2);
    settings = { ...settings, tunnelUrl: second.url };
    await address.follow();
    await expect.poll(() => address.publicUrl()).toBe(second.url);
    expect(reopened).toBe(3);
    settings = { ...settings, tunnel: 'none' };
    await address.follow();
    expect([address.state(), address.publicUrl(), reopened]).toEqual([{ state: 'off' }, null, 3]);
  });
});

describe('quitting', () => {
  it.each<[string, (server: NgrokServer) => Partial<Ports>]>([
    ['while ngrok hangs in a connect', (server) => ({ helpers: helpersTo(server, realHelpers()) })],
    ['while a helper cannot be killed', () => ({ helpers: undying })],
    ['while the keychain waits for a password', () => ({ vault: lockedVault })],
  ])('ends promptly %s', async (_what, ports) => {
    const ngrok = await startFakeNgrok();
    onTestFinished(() => ngrok.close());
    ngrok.behave('silent');
    const data = makeDataDir();
    onTestFinished(() => data.remove());
    const clock = createFakeClock();
    const vault = memoryVault('This is a test.');
    await vault.set('ngrokAuthtoken', 'token-of-the-test');
    const harness = await startCoreHarness({
      dataDir: data.dir,
      clock,
      settings: { tunnel: 'ngrok' },
      ports: { vault, ...ports(ngrok.server) },
    });
    let stopped = false;
    const stopping = harness.stop().then(() => (stopped = true));
    const asked = clock.now();
    await expect
      .poll(async () => {
        await clock.advance(250);
        return stopped;
      })
      .toBe(true);
    await stopping;
    // By the program's own clock; the shells leave ten seconds.
    expect(clock.now() - asked).toBeLessThan(5000);
  });
});

const realHelpers = () => createForkedHelpers(process.env, log);

const noHelpers: Helpers = {
  start: () => {
    throw new Error('A helper was started.');
  },
};

const undying: Helpers = { start: () => ({ send: nothing, kill: nothing }) };

const lockedVault: Ports['vault'] = {
  ...memoryVault('This is a test.'),
  get: () => new Promise(nothing),
};
