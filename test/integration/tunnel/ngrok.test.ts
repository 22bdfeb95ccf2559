import { readFile } from 'node:fs/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Helpers, Log } from '../../../src-main/ports.ts';
import { createForkedHelpers } from '../../../src-main/shells/browser/forked-helpers.ts';
import { checkReachable } from '../../../src-main/tunnel/check-reachable.ts';
import { type NgrokTunnelOptions, ngrokTunnel } from '../../../src-main/tunnel/ngrok.ts';
import type { Tunnel } from '../../../src-main/tunnel/tunnel.ts';
import type { TunnelState } from '../../../src-shared/contract/app.ts';
import { callPath, listen } from '../../support/callback-server.ts';
import { countedHelpers } from '../../support/counted-helpers.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { makeCertificates } from '../../support/fake-ngrok/certificates.ts';
import { type Behaviour, startFakeNgrok } from '../../support/fake-ngrok/fake-ngrok.ts';

const authtoken = '2abcDEFghiJKLmnoPQRstuVWXyz_4f5Gh6Jk7Lm8Np9Qr';

/** Helpers are processes: a busy machine takes its time to start them. */
const soon = { timeout: 15_000 };

/** A tunnel by the real SDK in a real process to a fake ngrok service, on a clock that the test moves. */
async function setUp(how: { behaviour?: Behaviour; away?: boolean } & Partial<NgrokTunnelOptions> = {}) {
  const ngrok = await startFakeNgrok();
  onTestFinished(() => ngrok.close());
  if (how.behaviour !== undefined) ngrok.behave(how.behaviour);
  if (how.away) await ngrok.goAway();
  const server = await listen();
  const clock = createFakeClock();
  const lines: string[] = [];
  const keep: Log['info'] = (message, data) => void lines.push(JSON.stringify([message, data]));
  const log = { info: keep, warn: keep, error: keep };
  const helpers = countedHelpers(createForkedHelpers(process.env, log));
  const tunnel = ngrokTunnel({
    helpers,
    clock,
    log,
    authtoken,
    domain: '',
    targetPort: server.port,
    server: ngrok.server,
    ...how,
  });
  onTestFinished(() => tunnel.stop());
  return { ngrok, server, helpers, clock, tunnel, lines };
}

/** Waits for the tunnel to be in this state. */
function reach<S extends TunnelState['state']>(tunnel: Tunnel, wanted: S): Promise<TunnelState> {
  return new Promise((resolve) => {
    const look = (state: TunnelState) => state.state === wanted && resolve(state);
    look(tunnel.state());
    tunnel.onChange(look);
  });
}

describe('an ngrok tunnel that is accepted', () => {
  it('opens, and what is asked at its public URL comes to the callback server', async () => {
    const { tunnel, ngrok, server } = await setUp({ domain: 'acme.ngrok.app' });
    expect(tunnel.state()).toEqual({ state: 'connecting', kind: 'ngrok' });
    await reach(tunnel, 'open');
    expect(tunnel.state()).toEqual({ state: 'open', kind: 'ngrok', publicUrl: ngrok.publicUrl });
    expect(ngrok.logins).toEqual([{ authtoken }]);
    expect(ngrok.domains).toEqual(['acme.ngrok.app']);

    expect(await checkReachable(ngrok.publicUrl, server.probe)).toMatchObject({ ok: true });
    const form = new FormData();
    form.set('Status', 'completed');
    const answer = await fetch(ngrok.publicUrl + callPath, { method: 'POST', body: form });
    expect(answer.status).toBe(200);
    expect(server.delivered).toMatchObject([{ report: { status: 'completed' } }]);
  });

  it.runIf(process.platform === 'linux')(
    'gives the token by message only: no argv, no environment',
    async () => {
      const { tunnel } = await setUp();
      await reach(tunnel, 'open');
      const children = await readFile(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8');
      const files = children
        .trim()
        .split(' ')
        .flatMap((pid) => [`/proc/${pid}/cmdline`, `/proc/${pid}/environ`]);
      const seen = (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join();
      expect(seen).toContain('ngrok-helper');
      expect(seen).not.toContain(authtoken);
    },
  );
});

describe('an ngrok tunnel that is refused', () => {
  it('says that the token is bad, without the token, and does not try it again by itself', async () => {
    const { tunnel, clock, helpers, lines } = await setUp({ behaviour: 'refuse-token' });
    const state = await reach(tunnel, 'failed');
    expect(state).toMatchObject({ problem: 'bad-token', retryAt: null });
    expect(state).toMatchObject({ message: expect.stringContaining('ERR_NGROK_107') });
    expect(JSON.stringify([state, lines])).not.toContain(authtoken);
    expect(clock.timers).toBe(0);
    await expect.poll(() => helpers.running.size, soon).toBe(0);
  });

  it('says that the domain is refused, and tries again: it may be free by then', async () => {
    const { tunnel, ngrok, clock } = await setUp({ behaviour: 'refuse-domain', domain: 'acme.ngrok.app' });
    const state = await reach(tunnel, 'failed');
    expect(state).toMatchObject({ problem: 'domain-refused', retryAt: clock.now() + 1000 });
    expect(state).toMatchObject({ message: expect.stringContaining('ERR_NGROK_320') });
    ngrok.behave('accept');
    await clock.advance(1000);
    expect(tunnel.state().state).toBe('connecting');
    await reach(tunnel, 'open');
  });
});

describe('an ngrok account or domain that is in use elsewhere', () => {
  it.each([
    ['session-in-use', 'ERR_NGROK_108'],
    ['domain-in-use', 'ERR_NGROK_334'],
  ] as const)(
    '%s: is said, is tried again ever more rarely, and opens once it is free',
    async (behaviour, code) => {
      const { tunnel, ngrok, clock } = await setUp({ behaviour, domain: 'acme.ngrok.app' });
      for (const seconds of [5, 15, 30, 60, 300, 300]) {
        const state = await reach(tunnel, 'failed');
        expect(state).toMatchObject({ problem: behaviour, retryAt: clock.now() + seconds * 1000 });
        expect(state).toMatchObject({ message: expect.stringContaining(code) });
        await clock.advance(seconds * 1000);
        expect(tunnel.state().state).toBe('connecting');
      }
      await reach(tunnel, 'failed');
      expect(ngrok.logins).toHaveLength(7);
      ngrok.behave('accept');
      await clock.advance(300_000);
      await reach(tunnel, 'open');
    },
  );

  it('is tried soon where something else kept it down before: a break is not held against it', async () => {
    const { tunnel, ngrok, clock } = await setUp({ away: true });
    for (const seconds of [1, 2, 5, 8, 8]) {
      await reach(tunnel, 'failed');
      await clock.advance(seconds * 1000);
    }
    await reach(tunnel, 'failed');
    await ngrok.comeBack();
    ngrok.behave('domain-in-use');
    await clock.advance(8000);
    expect(await reach(tunnel, 'failed')).toMatchObject({
      problem: 'domain-in-use',
      retryAt: clock.now() + 5000,
    });
  });
});

describe('an ngrok tunnel on a bad network', () => {
  it.each(['silent', 'silent-login'] as const)(
    '%s: is given up after 7 s each time, and tried again 1 s later, so that it is back within 10 s',
    async (behaviour) => {
      const { tunnel, ngrok, clock, helpers } = await setUp({ behaviour });
      for (let nr = 1; nr <= 5; nr++) {
        await expect.poll(() => ngrok.clients() === 1 && helpers.messages, soon).toBe(nr);
        await clock.advance(6999);
        expect(tunnel.state().state).toBe('connecting');
        await clock.advance(1);
        expect(tunnel.state()).toMatchObject({
          state: 'failed',
          problem: 'no-answer',
          retryAt: clock.now() + 1000,
        });
        await expect.poll(() => helpers.running.size + ngrok.clients(), soon).toBe(0);
        await clock.advance(1000);
      }
      await expect.poll(() => ngrok.clients() === 1 && helpers.messages, soon).toBe(6);
      // It answers the next one, but not the one that has just begun to hang.
      ngrok.behave('accept');
      await clock.advance(7000);
      expect(tunnel.state().state).toBe('failed');
      await clock.advance(1000);
      await reach(tunnel, 'open');
    },
  );

  it('waits longer after each failure, 8 s at most, so that it is back within 10 s, and begins anew once it was open', async () => {
    const { tunnel, ngrok, clock, lines } = await setUp({ away: true });
    for (const seconds of [1, 2, 5, 8, 8, 8]) {
      const state = await reach(tunnel, 'failed');
      expect(state).toMatchObject({ problem: 'offline', retryAt: clock.now() + seconds * 1000 });
      await clock.advance(seconds * 1000);
      expect(tunnel.state().state).toBe('connecting');
    }
    await reach(tunnel, 'failed');
    expect(lines.filter((line) => line.includes('offline'))).toHaveLength(1);
    await ngrok.comeBack();
    await clock.advance(8000);
    await reach(tunnel, 'open');
    await ngrok.goAway();
    await reach(tunnel, 'connecting');
    await clock.advance(5000);
    expect(await reach(tunnel, 'failed')).toMatchObject({ retryAt: clock.now() + 1000 });
  });

  it('says that the service is not trusted where another certificate is shown', async () => {
    const ngrok = await startFakeNgrok();
    onTestFinished(() => ngrok.close());
    const server = { address: ngrok.server.address, caCert: makeCertificates().ca };
    const { tunnel } = await setUp({ server });
    expect(await reach(tunnel, 'failed')).toMatchObject({ problem: 'untrusted' });
  });

  it('is not open while the connection is cut, and open again where the SDK mends it at once', async () => {
    const { tunnel, ngrok, helpers, server } = await setUp();
    await reach(tunnel, 'open');
    const [before] = helpers.running;
    await ngrok.goAway();
    await reach(tunnel, 'connecting');
    await ngrok.comeBack();
    await reach(tunnel, 'open');
    await expect.poll(() => ngrok.domains.length, soon).toBe(2);
    expect([...helpers.running][0]).toBe(before);
    expect(await checkReachable(ngrok.publicUrl, server.probe)).toMatchObject({ ok: true });
  });

  it('is opened by a new process where the SDK did not mend it within 5 s', async () => {
    const { tunnel, ngrok, clock, helpers, server } = await setUp();
    await reach(tunnel, 'open');
    const [first] = helpers.running;
    await ngrok.goAway();
    await reach(tunnel, 'connecting');
    await clock.advance(5000);
    expect(await reach(tunnel, 'failed')).toMatchObject({ problem: 'offline' });
    await ngrok.comeBack();
    await clock.advance(1000);
    await reach(tunnel, 'open');
    expect([...helpers.running][0]).not.toBe(first);
    expect(await checkReachable(ngrok.publicUrl, server.probe)).toMatchObject({ ok: true });
  });

  it.each([
    ['a token that was revoked', 'refuse-token', 'bad-token'],
    ['a session that was taken elsewhere', 'session-in-use', 'session-in-use'],
  ] as const)('learns of %s meanwhile: the SDK does not tell', async (_, behaviour, problem) => {
    const { tunnel, ngrok, clock } = await setUp();
    await reach(tunnel, 'open');
    const states: string[] = [];
    tunnel.onChange(({ state }) => void states.push(state));
    await ngrok.goAway();
    await reach(tunnel, 'connecting');
    ngrok.behave(behaviour);
    await ngrok.comeBack();
    // To the SDK it was connected and cut once more.
    await expect.poll(() => states, soon).toEqual(['connecting', 'open', 'connecting']);
    expect(ngrok.logins).toHaveLength(2);
    await clock.advance(5000);
    expect(await reach(tunnel, 'failed')).toMatchObject({ problem });
  });

  it('comes back where its process dies', async () => {
    const { tunnel, clock, helpers } = await setUp();
    await reach(tunnel, 'open');
    for (const helper of helpers.running) helper.kill();
    expect(await reach(tunnel, 'failed')).toMatchObject({ problem: 'stopped', retryAt: clock.now() + 1000 });
    await clock.advance(1000);
    await reach(tunnel, 'open');
  });
});

describe('renewing', () => {
  it('ends a wait for the next try, and the waits begin anew', async () => {
    const { tunnel, ngrok, clock } = await setUp({ behaviour: 'session-in-use' });
    await reach(tunnel, 'failed');
    await clock.advance(5000);
    expect(await reach(tunnel, 'failed')).toMatchObject({ retryAt: clock.now() + 15_000 });
    tunnel.renew?.();
    expect(tunnel.state().state).toBe('connecting');
    expect(await reach(tunnel, 'failed')).toMatchObject({ retryAt: clock.now() + 5000 });
    ngrok.behave('accept');
    tunnel.renew?.();
    await reach(tunnel, 'open');
    const logins = ngrok.logins.length;
    await clock.advance(60_000);
    expect(ngrok.logins).toHaveLength(logins);
  });

  it('tries a token again that was refused', async () => {
    const { tunnel, ngrok } = await setUp({ behaviour: 'refuse-token' });
    await reach(tunnel, 'failed');
    ngrok.behave('accept');
    tunnel.renew?.();
    await reach(tunnel, 'open');
  });

  it('exchanges the process of an open tunnel, and nothing of the old one is heard any more', async () => {
    const { tunnel, helpers, ngrok, server } = await setUp();
    await reach(tunnel, 'open');
    const [first] = helpers.running;
    const states: string[] = [];
    tunnel.onChange(({ state }) => void states.push(state));
    tunnel.renew?.();
    await reach(tunnel, 'open');
    await expect.poll(() => helpers.running.size, soon).toBe(1);
    expect([...helpers.running][0]).not.toBe(first);
    expect(states).toEqual(['connecting', 'open']);
    expect(await checkReachable(ngrok.publicUrl, server.probe)).toMatchObject({ ok: true });
  });
});

describe('stopping', () => {
  it('leaves no process, no timer and no connection: open', async () => {
    const { tunnel, ngrok, clock, helpers } = await setUp();
    await reach(tunnel, 'open');
    await tunnel.stop();
    expect(helpers.running.size).toBe(0);
    expect(clock.timers).toBe(0);
    await expect.poll(() => ngrok.clients(), soon).toBe(0);
  });

  it('leaves nothing: hanging in a connect, and tells nobody', async () => {
    const { tunnel, ngrok, clock, helpers } = await setUp({ behaviour: 'silent' });
    await expect.poll(() => ngrok.clients(), soon).toBe(1);
    const told: TunnelState[] = [];
    tunnel.onChange((state) => void told.push(state));
    await tunnel.stop();
    expect(helpers.running.size).toBe(0);
    expect(clock.timers).toBe(0);
    expect(told).toEqual([]);
  });

  it('leaves nothing: waiting for the next try', async () => {
    const { tunnel, clock, helpers } = await setUp({ away: true });
    await reach(tunnel, 'failed');
    await tunnel.stop();
    expect(helpers.running.size).toBe(0);
    expect(clock.timers).toBe(0);
  });

  it('does not wait for a process that does not die', async () => {
    const undying: Helpers = { start: () => ({ send: () => {}, kill: () => {} }) };
    const { tunnel, clock } = await setUp({ helpers: undying });
    let stopped = false;
    const stopping = tunnel.stop().then(() => (stopped = true));
    await clock.advance(1999);
    expect(stopped).toBe(false);
    await clock.advance(1);
    await stopping;
    expect(clock.timers).toBe(0);
  });
});
