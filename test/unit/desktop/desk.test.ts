import { describe, expect, it } from 'vitest';
import { createDesk } from '../../../src-main/desktop/desk.ts';
import { actionLabels } from '../../../src-shared/action-labels.ts';
import type { Destination, Note } from '../../../src-shared/contract/desktop.ts';
import type { SettingsChange } from '../../../src-shared/contract/settings.ts';
import type { RepState } from '../../../src-shared/rep.ts';
import { defaultSettings, type Settings } from '../../../src-shared/settings.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { callOf, connectAsked, idOf, repLeg, reported, sent } from '../../support/sample-calls.ts';
import { scriptedDesktop } from '../../support/scripted-desktop.ts';
import { noon } from '../../support/storage-samples.ts';

function open({
  platform = 'win32',
  settings = {},
  notifications,
  lineIsLocked = false,
  diskIsFull = false,
}: {
  platform?: string;
  settings?: Partial<Settings>;
  notifications?: 'system' | 'page';
  lineIsLocked?: boolean;
  diskIsFull?: boolean;
} = {}) {
  const desktop = scriptedDesktop(notifications === undefined ? {} : { notifications });
  const clock = createFakeClock(noon);
  let now: Settings = { ...defaultSettings, ...settings };
  let rep: RepState = 'ready';
  const changes: SettingsChange[] = [];
  const destinations: Destination[] = [];
  const notes: Note[] = [];
  const left: string[] = [];
  const errors: string[] = [];
  const desk = createDesk({
    clock,
    log: { info: () => {}, warn: () => {}, error: (message) => errors.push(message) },
    desktop: desktop.desktop,
    platform,
    settings: () => now,
    changeSettings: (change) => {
      changes.push(change);
      now = { ...now, ...(change as Partial<Settings>) }; // A change's absent names are none of the test's.
      desk.look();
      return Promise.resolve();
    },
    lineIsLocked: () => lineIsLocked,
    readiness: {
      view: () => ({ state: rep, since: noon, by: 'rep', callId: null, phone: null, blocks: [] }),
      set(state) {
        rep = state;
        desk.look();
        if (diskIsFull) throw new Error('ENOSPC');
      },
      leave: (by) => void left.push(by),
    },
    tunnel: () => ({ state: 'off' }),
    tell: {
      state: () => {},
      card: () => {},
      note: (note) => notes.push(note),
      destination: (destination) => destinations.push(destination),
    },
  });
  desk.look();
  return { desk, desktop, clock, changes, destinations, notes, left, errors, rep: () => rep };
}

const waits = callOf([sent, connectAsked()]);
const talks = callOf([sent, connectAsked(), repLeg('answered', 15)]);
const over = callOf([sent, connectAsked(), repLeg('answered', 15), repLeg('ended', 60, 45)]);
const queuedLater = callOf([], { n: 2, name: 'Arjun Rao', at: noon + 60_000 });

describe('the tray', () => {
  it('counts the seconds of a talk, and stands still else', async () => {
    const { desk, desktop, clock } = open();
    desk.follow(talks);
    const first = desktop.trayModel?.title;
    await clock.advance(16_000);
    expect([first, desktop.trayModel?.title]).toEqual(['0:00', '0:01']);
    await clock.advance(60_000);
    expect(desktop.trayModel?.title).toBe('1:01');
    desk.follow(over);
    expect(clock.timers).toBe(0);
    expect(desktop.trayModel).toMatchObject({ sign: 'practice', title: '' });
  });

  it('leads to the customer on the line though a newer call waits', () => {
    const { desk, desktop, destinations } = open();
    desk.follow(waits);
    desk.follow(queuedLater);
    desktop.choose('Go to the call with Priya Nair');
    expect(destinations).toEqual([{ to: 'call', callId: idOf(1), note: false }]);
    expect(desktop.focused()).toBe('main');
  });

  it('does what its items say', () => {
    const { desktop, changes, destinations, rep } = open({ settings: { accountSid: 'acme1' } });
    desktop.choose('Open Flowdial');
    expect(desktop.focused()).toBe('main');
    for (const [label, state] of [
      ['away', 'away'],
      ['wrapUp', 'wrap-up'],
      ['ready', 'ready'],
    ] as const) {
      desktop.choose(actionLabels[label]);
      expect(rep()).toBe(state);
    }
    for (const label of ['doNotDisturb', 'doNotDisturb', 'callStrip', 'useAccount', 'usePractice'] as const) {
      desktop.choose(actionLabels[label]);
    }
    expect(changes).toEqual([
      { doNotDisturb: true },
      { doNotDisturb: false },
      { callStrip: true },
      { line: 'account' },
      { line: 'practice' },
    ]);
    desktop.choose(actionLabels.newCall);
    expect(destinations).toEqual([{ to: 'dial', number: null }]);
    desktop.choose(actionLabels.quit);
    expect(desktop.hasQuit).toBe(true);
  });

  it('makes the rep what they say though the disk does not keep it: no click ends the program', () => {
    const { desktop, errors, rep } = open({ diskIsFull: true });
    desktop.choose(actionLabels.away);
    expect(rep()).toBe('away');
    expect(errors).toEqual(['what the rep said of themselves was not kept']);
  });

  it('offers no other line while a call has not reached Exotel, nor where the environment decides', () => {
    const { desk, desktop } = open({ settings: { line: 'account' } });
    const canSwitch = (of: typeof desktop) =>
      of.trayModel?.items.some(
        (item) => item.kind === 'action' && item.action === 'usePractice' && item.enabled,
      );
    expect(canSwitch(desktop)).toBe(true);
    desk.follow(callOf([sent]));
    expect(canSwitch(desktop)).toBe(false);
    desk.follow(waits);
    expect(canSwitch(desktop)).toBe(true);
    expect(canSwitch(open({ settings: { line: 'account' }, lineIsLocked: true }).desktop)).toBe(false);
  });

  it('does not speak of a call that nobody knows Exotel to have', () => {
    const { desk, desktop } = open();
    desk.follow(callOf([sent, { type: 'interrupted', at: noon }]));
    expect(
      desktop.trayModel?.items.some((item) => item.kind === 'action' && item.action === 'openCall'),
    ).toBe(false);
  });
});

describe('the call strip', () => {
  it('is shown while calls run, where the setting says so', () => {
    const { desk, desktop } = open({ settings: { callStrip: true } });
    expect(desktop.visible()).toEqual([]);
    desk.follow(waits);
    expect(desktop.visible()).toEqual(['strip']);
    // Exotel tells of the customer's end minutes after the talk: nothing runs any more.
    desk.follow(over);
    expect(desktop.visible()).toEqual([]);
    desk.follow(callOf([sent], { n: 3 }));
    desk.follow(callOf([sent, reported('busy')], { n: 3 }));
    expect(desktop.visible()).toEqual([]);
  });

  it('is not shown where the setting says so, and follows it at once', () => {
    const { desk, desktop } = open();
    desk.follow(waits);
    expect(desktop.visible()).toEqual([]);
    desktop.choose(actionLabels.callStrip);
    expect(desktop.visible()).toEqual(['strip']);
    desktop.choose(actionLabels.callStrip);
    expect(desktop.visible()).toEqual([]);
  });
});

describe('notifications', () => {
  it('are the system’s, and a click opens that very call', async () => {
    const { desk, desktop, destinations, notes } = open();
    desk.follow(waits);
    desktop.click('Priya Nair is on the line');
    expect(destinations).toEqual([{ to: 'call', callId: idOf(1), note: false }]);
    expect(desktop.focused()).toBe('main');
    desk.follow(talks);
    expect(desktop.shown()).toEqual([]);
    expect(notes).toEqual([]);
  });

  it('are the page’s in a shell that has none', () => {
    const { desk, desktop, notes, destinations } = open({ notifications: 'page' });
    desk.follow(waits);
    expect(desktop.notes).toEqual([]);
    expect(notes).toMatchObject([{ title: 'Priya Nair is on the line' }]);
    desk.noteClicked(notes[0]?.id ?? '', 'open');
    expect(destinations).toEqual([{ to: 'call', callId: idOf(1), note: false }]);
    desk.noteClicked('end nobody', 'open');
    expect(destinations).toHaveLength(1);
  });
});

describe('calling at once', () => {
  it.each([
    ['win32', true],
    ['darwin', true],
    // PRIMARY tells what was highlighted last, however long ago.
    ['linux', false],
  ])('on %s: %s', async (platform, callAtOnce) => {
    const { desk, desktop } = open({ platform, settings: { callAtOnce: true } });
    desktop.selection.highlight('98765 43210');
    await desk.card.pressed();
    expect(desk.card.current()).toMatchObject({ callAtOnce });
  });

  it('is off until it is switched on', async () => {
    const { desk, desktop } = open();
    desktop.selection.highlight('98765 43210');
    await desk.card.pressed();
    expect(desk.card.current()).toMatchObject({ callAtOnce: false });
  });
});

it('tells who opens links, who shows notifications, and whether it starts at login', async () => {
  const { desk, desktop } = open();
  desktop.give('tel', 'us');
  expect(desk.state()).toMatchObject({
    hotkey: { state: 'unproven' },
    links: [
      { scheme: 'tel', ours: true },
      { scheme: 'callto', ours: false },
      { scheme: 'flowdial', ours: false },
    ],
    startsAtLogin: false,
    notifications: 'system',
  });
});

it('a locked screen means that the rep has left', async () => {
  const { desktop, left } = open();
  desktop.lock();
  expect(left).toEqual(['lock']);
});

it('stopping lets go of the keys, the clock and the screen', async () => {
  const { desk, desktop, clock, left } = open();
  desk.follow(talks);
  desk.stop();
  desktop.lock();
  expect(desktop.registered).toBe('');
  expect(clock.timers).toBe(0);
  expect(left).toEqual([]);
  // Answers that were awaited may still come.
  desk.follow(talks);
  desk.look();
  expect(clock.timers).toBe(0);
});
