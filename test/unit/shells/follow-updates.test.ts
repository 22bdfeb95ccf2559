import { describe, expect, it } from 'vitest';
import type { Log } from '../../../src-main/ports.ts';
import { followUpdates, nextStep, whyNoUpdates } from '../../../src-main/shells/electron/follow-updates.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

const minute = 60_000;
const hour = 60 * minute;

/** A program with an update to be had, and what the person answers. */
function world(answers: readonly boolean[]) {
  const clock = createFakeClock();
  const happened: string[] = [];
  const left = [...answers];
  const state = { callsRun: false, available: '2.0.0' as string | null | Error, whileAsked: () => {} };
  const log: Log = { info: () => {}, warn: (message) => void happened.push(message), error: () => {} };
  const end = followUpdates({
    clock,
    log,
    updater: {
      async fetch() {
        happened.push('fetch');
        if (state.available instanceof Error) throw state.available;
        return state.available;
      },
      restart: () => void happened.push('restart'),
    },
    callsRun: async () => state.callsRun,
    async mayRestart(version) {
      happened.push(`ask ${version}`);
      state.whileAsked();
      return left.shift() ?? false;
    },
  });
  return { clock, happened, state, end };
}

describe('following updates', () => {
  it('fetches in the background, asks, and restarts on yes', async () => {
    const { clock, happened } = world([true]);
    await clock.advance(3 * minute);
    expect(happened).toEqual(['fetch', 'ask 2.0.0', 'restart']);
  });

  it('never restarts unasked: "later" is asked again after a day', async () => {
    const { clock, happened } = world([false, false]);
    await clock.advance(23 * hour);
    expect(happened).toEqual(['fetch', 'ask 2.0.0']);
    await clock.advance(2 * hour);
    expect(happened).toEqual(['fetch', 'ask 2.0.0', 'ask 2.0.0']);
  });

  it('does not ask while calls run', async () => {
    const { clock, happened, state } = world([true]);
    state.callsRun = true;
    await clock.advance(2 * hour);
    expect(happened).toEqual(['fetch']);
    state.callsRun = false;
    await clock.advance(2 * minute);
    expect(happened).toEqual(['fetch', 'ask 2.0.0', 'restart']);
  });

  it('does not restart under a call that began while the person thought, and asks again after it', async () => {
    const { clock, happened, state } = world([true, true]);
    state.whileAsked = () => (state.callsRun = true);
    await clock.advance(hour);
    expect(happened).toEqual(['fetch', 'ask 2.0.0']);
    state.whileAsked = () => {};
    state.callsRun = false;
    await clock.advance(2 * minute);
    expect(happened).toEqual(['fetch', 'ask 2.0.0', 'ask 2.0.0', 'restart']);
  });

  it('looks every four hours, also after it failed', async () => {
    const { clock, happened, state } = world([]);
    state.available = new Error('no network');
    await clock.advance(2 * hour);
    expect(happened).toEqual(['fetch', 'An update failed']);
    state.available = null;
    await clock.advance(10 * hour);
    expect(happened).toEqual(['fetch', 'An update failed', 'fetch', 'fetch']);
  });

  it('leaves nothing running when it is ended, also while a person is asked', async () => {
    const { clock, happened, state, end } = world([true]);
    state.whileAsked = end;
    await clock.advance(hour);
    expect(happened).toEqual(['fetch', 'ask 2.0.0']);
    expect(clock.timers).toBe(0);
  });
});

describe('the next step', () => {
  const ready = { ready: '2.0.0', fetchedAt: 0, askedAt: null };

  it('with an update here is to ask, at most once a day and never while calls run', () => {
    expect(nextStep(ready, minute, false)).toEqual({ kind: 'ask', version: '2.0.0' });
    expect(nextStep(ready, minute, true)).toEqual({ kind: 'wait' });
    expect(nextStep({ ...ready, askedAt: 0 }, 24 * hour - 1, false)).toEqual({ kind: 'wait' });
    expect(nextStep({ ...ready, askedAt: 0 }, 24 * hour, true)).toEqual({ kind: 'wait' });
    expect(nextStep({ ...ready, askedAt: 0 }, 24 * hour, false)).toMatchObject({ kind: 'ask' });
  });
});

describe('a program looks for updates', () => {
  const package_ = { isPackaged: true, hasAddress: true } as const;

  it.each(['win32', 'darwin'] as const)('on %s, where its package names an address', (platform) => {
    expect(whyNoUpdates({ ...package_, platform })).toBeNull();
    expect(whyNoUpdates({ ...package_, hasAddress: false, platform })).toMatch(/names no address/);
    expect(whyNoUpdates({ ...package_, isPackaged: false, platform })).toMatch(/no packaged program/);
  });

  it('not where nothing checks a signature', () => {
    expect(whyNoUpdates({ ...package_, platform: 'linux' })).toMatch(/nothing on this system checks/);
  });
});
