import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { WakeReason } from '../../../src-main/ports.ts';
import { createForkedHelpers } from '../../../src-main/shells/browser/forked-helpers.ts';
import { checkReachable } from '../../../src-main/tunnel/check-reachable.ts';
import { ngrokTunnel } from '../../../src-main/tunnel/ngrok.ts';
import { noTunnel } from '../../../src-main/tunnel/no-tunnel.ts';
import { ownUrlTunnel } from '../../../src-main/tunnel/own-url.ts';
import type { Tunnel } from '../../../src-main/tunnel/tunnel.ts';
import { type WatchedTunnel, watchTunnel } from '../../../src-main/tunnel/watched-tunnel.ts';
import type { TunnelState } from '../../../src-shared/contract/app.ts';
import { listen, type ListeningServer } from '../../support/callback-server.ts';
import { countedHelpers } from '../../support/counted-helpers.ts';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts';
import { type Behaviour, startFakeNgrok } from '../../support/fake-ngrok/fake-ngrok.ts';
import { startPublicFront } from '../../support/public-front.ts';

const nothing = () => {};
const log = { info: nothing, warn: nothing, error: nothing };
/** Who answers at all answers at once here. */
const deadlineMs = 500;
const slept: WakeReason = { kind: 'woke', sleptMs: 60_000 };
const network: WakeReason = { kind: 'network' };

interface Watched {
  readonly watched: WatchedTunnel;
  /** Each state it was told to be in, in order. */
  readonly states: readonly TunnelState['state'][];
  /** How often it was told to have turned open. */
  readonly opened: () => number;
  /** How often it was told to have been proven. */
  readonly proven: () => number;
  readonly reach: (state: TunnelState['state']) => Promise<TunnelState>;
}

function watch(tunnel: Tunnel, clock: FakeClock, server: ListeningServer): Watched {
  const states: TunnelState['state'][] = [];
  const waiting = new Set<() => void>();
  let opened = 0;
  let proven = 0;
  const watched = watchTunnel(tunnel, {
    clock,
    log,
    reach: (publicUrl, signal) => checkReachable(publicUrl, server.probe, { signal, deadlineMs }),
    changed: () => {
      states.push(watched.state().state);
      for (const look of waiting) look();
    },
    opened: () => void opened++,
    proven: () => void proven++,
  });
  onTestFinished(() => watched.stop());
  return {
    watched,
    states,
    opened: () => opened,
    proven: () => proven,
    reach: (state) =>
      new Promise((resolve) => {
        const look = () => {
          const now = watched.state();
          if (now.state !== state) return;
          waiting.delete(look);
          resolve(now);
        };
        waiting.add(look);
        look();
      }),
  };
}

describe('an address of your own', () => {
  async function setUp() {
    const front = await startPublicFront();
    onTestFinished(() => front.close());
    const server = await listen();
    const clock = createFakeClock();
    return { front, server, clock, ...watch(ownUrlTunnel(front.url), clock, server) };
  }

  it('is open only once a request by it has come back', async () => {
    const { front, server, watched, states, opened, reach } = await setUp();
    await expect.poll(() => front.requests).toBe(1);
    expect(watched.state()).toEqual({ state: 'connecting', kind: 'url' });
    expect(watched.publicUrl()).toBeNull();
    front.leadTo(server.origin);
    expect(await reach('open')).toEqual({ state: 'open', kind: 'url', publicUrl: front.url });
    expect(watched.publicUrl()).toBe(front.url);
    expect([states, opened()]).toEqual([['open'], 1]);
  });

  it('is tried again, ever more rarely, while it does not lead here, and is open by itself when it does', async () => {
    const { front, server, clock, watched, opened, reach } = await setUp();
    front.leadNowhere();
    for (const seconds of [3, 5, 10, 30, 60, 60]) {
      const state = await reach('unreachable');
      expect(state).toEqual({
        state: 'unreachable',
        kind: 'url',
        publicUrl: front.url,
        problem: 'wrong-answer',
        detail: 'HTTP 502',
        retryAt: clock.now() + seconds * 1000,
      });
      expect(watched.publicUrl()).toBeNull();
      const before = front.requests;
      await clock.advance(seconds * 1000 - 1);
      expect(front.requests).toBe(before);
      front.hold();
      await clock.advance(1);
      expect(watched.state()).toMatchObject({ state: 'unreachable', retryAt: null });
      front.leadNowhere();
      await expect.poll(() => watched.state()).not.toMatchObject({ retryAt: null });
    }
    front.leadTo(server.origin);
    await clock.advance(60_000);
    await reach('open');
    expect(opened()).toBe(1);
    // The waits begin anew.
    front.leadNowhere();
    await clock.advance(300_000);
    expect(await reach('unreachable')).toMatchObject({ retryAt: clock.now() + 3000 });
    front.leadTo(server.origin);
    await clock.advance(3000);
    await reach('open');
    expect(opened()).toBe(2);
  });

  it('is checked every five minutes while it is open, and nobody is told where it still is', async () => {
    const { front, server, watched, clock, states, opened, proven, reach } = await setUp();
    front.leadTo(server.origin);
    await reach('open');
    for (let times = 2; times < 5; times++) {
      await clock.advance(299_999);
      expect(watched.provenAgoMs()).toBe(299_999);
      expect(front.requests).toBe(times - 1);
      await clock.advance(1);
      await expect.poll(() => front.requests).toBe(times);
      // The next wait begins when the answer is there.
      await expect.poll(() => clock.timers).toBe(1);
    }
    expect([states, opened()]).toEqual([['open'], 1]);
    // But the proof is young again, and that is told.
    await expect.poll(proven).toBe(4);
    expect(watched.provenAgoMs()).toBe(0);
  });

  it('is checked so often, where it is to be kept fresh, that the proof is never a minute old', async () => {
    const { front, server, watched, clock, proven, reach } = await setUp();
    front.leadTo(server.origin);
    await reach('open');
    await clock.advance(200_000);
    watched.keepFresh(true);
    // What was proven long ago is proven now.
    await expect.poll(proven).toBe(2);
    for (let times = 3; times < 6; times++) {
      await clock.advance(39_999);
      expect([front.requests, watched.provenAgoMs()]).toEqual([times - 1, 39_999]);
      await clock.advance(1);
      await expect.poll(proven).toBe(times);
    }
    watched.keepFresh(false);
    await clock.advance(40_000);
    await expect.poll(proven).toBe(6);
    await clock.advance(299_999);
    expect(front.requests).toBe(6);
  });

  it.each([slept, network])('is proven only by a request of after %j', async (why) => {
    const { front, server, watched, proven, reach } = await setUp();
    expect(watched.provenAgoMs()).toBeNull();
    front.leadTo(server.origin);
    await reach('open');
    expect(watched.provenAgoMs()).toBe(0);
    front.hold();
    watched.doubt(why);
    // It is still shown as open: one look says whether it is.
    expect([watched.state().state, watched.provenAgoMs()]).toEqual(['open', Number.POSITIVE_INFINITY]);
    front.leadTo(server.origin);
    await expect.poll(proven).toBe(2);
    expect(watched.provenAgoMs()).toBe(0);
  });

  it('is checked on demand, and the state follows what comes of it', async () => {
    const { front, server, watched, reach } = await setUp();
    front.leadTo(server.origin);
    await reach('open');
    expect(await watched.check()).toEqual({ ok: true, tookMs: expect.any(Number) });
    front.leadNowhere();
    expect(await watched.check()).toEqual({ ok: false, problem: 'wrong-answer', detail: 'HTTP 502' });
    expect(watched.state().state).toBe('unreachable');
    front.leadTo(server.origin);
    const before = front.requests;
    const both = await Promise.all([watched.check(), watched.check()]);
    expect(both).toMatchObject([{ ok: true }, { ok: true }]);
    // Who asks while one is under way gets its answer.
    expect(front.requests).toBe(before + 1);
    expect(watched.state().state).toBe('open');
  });

  it('is checked at once when a person wants it tried', async () => {
    const { front, server, watched, reach } = await setUp();
    front.leadNowhere();
    await reach('unreachable');
    front.leadTo(server.origin);
    watched.retry();
    await reach('open');
  });

  it.each([slept, network])('is checked at once after %j', async (why) => {
    const { front, server, clock, watched, reach } = await setUp();
    front.leadTo(server.origin);
    await reach('open');
    front.leadNowhere();
    watched.doubt(why);
    await reach('unreachable');
    front.leadTo(server.origin);
    watched.doubt(why);
    await reach('open');
    expect(clock.timers).toBe(1);
  });

  it('answers who asked for a check that a network change overtook with what the next one found', async () => {
    const { front, server, watched, reach } = await setUp();
    front.leadTo(server.origin);
    await reach('open');
    front.hold();
    const checking = watched.check();
    front.leadTo(server.origin);
    watched.doubt(network);
    expect(await checking).toMatchObject({ ok: true });
  });

  it('stops at once in the middle of a check, leaves no timer, and tells nobody', async () => {
    const { front, clock, watched, states } = await setUp();
    await expect.poll(() => front.requests).toBe(1);
    const checking = watched.check();
    await watched.stop();
    expect(await checking).toBeNull();
    await turn();
    expect([clock.timers, states]).toEqual([0, []]);
  });
});

describe('where there is nothing to prove', () => {
  it.each([
    ['no tunnel', noTunnel(), { state: 'off' }],
    ['an address that is none', ownUrlTunnel('ftp://x'), { state: 'failed', problem: 'bad-url' }],
  ])('%s: the state is as it is, and nothing is checked or tried', async (_what, tunnel, state) => {
    const clock = createFakeClock();
    const { watched, states, opened } = watch(tunnel, clock, await listen());
    expect(watched.state()).toMatchObject(state);
    expect(watched.publicUrl()).toBeNull();
    expect(await watched.check()).toBeNull();
    watched.retry();
    watched.doubt(slept);
    await turn();
    expect([watched.state().state, states, opened(), clock.timers]).toEqual([state.state, [], 0, 0]);
  });
});

/** Helpers are processes: a busy machine takes its time to start them. */
const soon = { timeout: 15_000 };

describe('an address by ngrok', () => {
  async function setUp(behaviour: Behaviour = 'accept') {
    const ngrok = await startFakeNgrok();
    onTestFinished(() => ngrok.close());
    ngrok.behave(behaviour);
    const server = await listen();
    const clock = createFakeClock();
    const helpers = countedHelpers(createForkedHelpers(process.env, log));
    const tunnel = ngrokTunnel({
      helpers,
      clock,
      log,
      authtoken: 'token-of-the-test',
      domain: '',
      targetPort: server.port,
      server: ngrok.server,
    });
    return { ngrok, server, clock, helpers, ...watch(tunnel, clock, server) };
  }

  it('is open once a request by it has come back', async () => {
    const { ngrok, watched, opened, reach } = await setUp();
    expect(await reach('open')).toEqual({ state: 'open', kind: 'ngrok', publicUrl: ngrok.publicUrl });
    expect(watched.publicUrl()).toBe(ngrok.publicUrl);
    expect(opened()).toBe(1);
  });

  it('that ngrok lost without a word is found out, and renewed when it is so twice', async () => {
    const { ngrok, clock, helpers, watched, opened, reach } = await setUp();
    await reach('open');
    const [first] = helpers.running;
    ngrok.forget();
    await clock.advance(300_000);
    expect(await reach('unreachable')).toMatchObject({
      problem: 'wrong-answer',
      detail: 'HTTP 404, ERR_NGROK_3200',
      retryAt: clock.now() + 3000,
    });
    expect(watched.publicUrl()).toBeNull();
    expect([...helpers.running][0]).toBe(first);
    await clock.advance(3000);
    await reach('open');
    await expect.poll(() => helpers.running.size, soon).toBe(1);
    expect([...helpers.running][0]).not.toBe(first);
    expect(opened()).toBe(2);
  });

  it('that goes silent is found out, and renewed', async () => {
    const { ngrok, clock, reach, opened } = await setUp();
    await reach('open');
    ngrok.goSilent();
    await clock.advance(300_000);
    expect(await reach('unreachable')).toMatchObject({ problem: 'no-answer' });
    await clock.advance(3000);
    await reach('open');
    expect(opened()).toBe(2);
  });

  it('that the SDK calls connected again, and that is silent, is not taken for open, and is renewed', async () => {
    const { ngrok, clock, helpers, watched, states, reach } = await setUp();
    await reach('open');
    const [first] = helpers.running;
    await ngrok.goAway();
    await reach('connecting');
    ngrok.behave('silent-login');
    await ngrok.comeBack();
    await reach('unreachable');
    expect(watched.publicUrl()).toBeNull();
    expect(states.filter((state) => state === 'open')).toHaveLength(1);
    ngrok.behave('accept');
    await clock.advance(3000);
    await reach('open');
    expect([...helpers.running][0]).not.toBe(first);
  });

  it('is renewed ever more rarely where a new process does not help either', async () => {
    const { ngrok, clock, reach } = await setUp('lead-nowhere');
    for (const [renewed, seconds] of [3, 10, 60, 60].entries()) {
      expect(await reach('unreachable')).toMatchObject({ retryAt: clock.now() + seconds * 1000 });
      expect(ngrok.logins).toHaveLength(renewed + 1);
      await clock.advance(seconds * 1000);
      await reach('connecting');
    }
    await reach('unreachable');
    ngrok.behave('accept');
    await clock.advance(60_000);
    await reach('open');
  });

  it('comes back at once after a sleep that its session cannot have outlived', async () => {
    const { ngrok, helpers, watched, reach } = await setUp();
    await reach('open');
    const [first] = helpers.running;
    ngrok.goSilent();
    watched.doubt(slept);
    expect(watched.state().state).toBe('connecting');
    await reach('open');
    expect([...helpers.running][0]).not.toBe(first);
  });

  it('keeps its process through a short sleep or another network where it still leads here, else renews it', async () => {
    const { ngrok, helpers, watched, reach } = await setUp();
    await reach('open');
    const [first] = helpers.running;
    for (const why of [{ kind: 'woke', sleptMs: 20_000 }, network] as const) {
      watched.doubt(why);
      expect(await watched.check()).toMatchObject({ ok: true });
    }
    expect([...helpers.running]).toEqual([first]);
    ngrok.forget();
    watched.doubt(network);
    await reach('connecting');
    await reach('open');
    expect([...helpers.running][0]).not.toBe(first);
  });

  it('ends the wait for the next try after a network change, a sleep, or when a person wants it', async () => {
    const { ngrok, watched, reach } = await setUp('domain-in-use');
    for (const again of [
      () => watched.doubt(network),
      () => watched.doubt({ kind: 'woke', sleptMs: 1000 }),
      () => watched.retry(),
    ]) {
      await reach('failed');
      again();
      expect(watched.state().state).toBe('connecting');
    }
    await reach('failed');
    expect(ngrok.logins).toHaveLength(4);
    ngrok.behave('accept');
    watched.retry();
    await reach('open');
  });

  it('tries a refused token only when a person wants it', async () => {
    const { ngrok, watched, reach } = await setUp('refuse-token');
    await reach('failed');
    watched.doubt(slept);
    watched.doubt(network);
    expect(watched.state().state).toBe('failed');
    ngrok.behave('accept');
    watched.retry();
    await reach('open');
    expect(ngrok.logins).toHaveLength(2);
  });

  it('that hangs in a connect through the old network starts anew on the new one', async () => {
    const { ngrok, watched, reach } = await setUp('silent');
    await expect.poll(() => ngrok.clients(), soon).toBe(1);
    ngrok.behave('accept');
    watched.doubt(network);
    await reach('open');
  });
});
