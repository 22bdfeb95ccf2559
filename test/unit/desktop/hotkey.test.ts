import { describe, expect, it } from 'vitest';
import { noDesktop } from '../../../src-main/desktop/no-desktop.ts';
import { createHotkey } from '../../../src-main/desktop/hotkey.ts';
import type { Hotkeys } from '../../../src-main/ports.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { scriptedDesktop } from '../../support/scripted-desktop.ts';

const first = 'CommandOrControl+Shift+Y';
const second = 'CommandOrControl+Alt+J';

function open({
  accelerator = first,
  taken = [] as readonly string[],
  hotkeys,
}: {
  accelerator?: string;
  taken?: readonly string[];
  hotkeys?: Hotkeys;
} = {}) {
  const desktop = scriptedDesktop();
  for (const each of taken) desktop.takeElsewhere(each);
  const clock = createFakeClock();
  let presses = 0;
  let changes = 0;
  const hotkey = createHotkey({
    clock,
    hotkeys: hotkeys ?? desktop.desktop.hotkeys,
    platform: 'linux',
    accelerator,
    pressed: () => presses++,
    changed: () => changes++,
  });
  return {
    desktop,
    hotkey,
    clock,
    get presses() {
      return presses;
    },
    get changes() {
      return changes;
    },
  };
}

describe('at the start', () => {
  it('the one in the settings is registered, and claimed by nobody to work before it was pressed', () => {
    const { hotkey, desktop } = open();
    expect(desktop.registered).toBe(first);
    expect(hotkey.state()).toEqual({ accelerator: first, state: 'unproven', pressedAt: null });
  });

  it('one that another program has is told as taken', () => {
    const { hotkey, desktop } = open({ taken: [first] });
    expect(desktop.registered).toBe('');
    expect(hotkey.state()).toEqual({ accelerator: first, state: 'taken', pressedAt: null });
  });

  it.each(['CommandOrControl+C', 'CommandOrControl+V', 'Shift+D'])(
    '%s, which other programs live by, is not registered, and told',
    (accelerator) => {
      const { hotkey, desktop } = open({ accelerator });
      expect(desktop.registered).toBe('');
      expect(hotkey.state()).toMatchObject({ accelerator, state: 'reserved' });
    },
  );

  it('none is off', () => {
    const { hotkey, desktop } = open({ accelerator: '' });
    expect(desktop.registered).toBe('');
    expect(hotkey.state()).toEqual({ accelerator: '', state: 'off', pressedAt: null });
  });
});

describe('a press', () => {
  it('proves it, says when, and is handed on', async () => {
    const opened = open();
    await opened.clock.advance(5000);
    opened.desktop.press();
    expect(opened.hotkey.state()).toEqual({
      accelerator: first,
      state: 'proven',
      pressedAt: opened.clock.now(),
    });
    expect(opened.presses).toBe(1);
    expect(opened.changes).toBe(1);
  });

  it('of a registration that lied (Wayland) never comes: it stays unproven', async () => {
    const { hotkey, clock } = open({ hotkeys: { register: () => 'registered' } });
    await clock.advance(3_600_000);
    expect(hotkey.state()).toMatchObject({ state: 'unproven', pressedAt: null });
  });
});

describe('another one', () => {
  it('takes the place of the one before, and must be proven anew', () => {
    const opened = open();
    opened.desktop.press();
    expect(opened.hotkey.set(second)).toEqual({ outcome: 'set', accelerator: second });
    expect(opened.desktop.registered).toBe(second);
    expect(opened.hotkey.state()).toEqual({ accelerator: second, state: 'unproven', pressedAt: null });
    opened.desktop.press(first);
    expect(opened.presses).toBe(1);
    opened.desktop.press(second);
    expect(opened.presses).toBe(2);
  });

  it('that is taken is refused: the one before stands, proven as it was', () => {
    const opened = open({ taken: [second] });
    opened.desktop.press();
    const before = opened.hotkey.state();
    expect(opened.hotkey.set(second)).toEqual({ outcome: 'taken' });
    expect(opened.hotkey.state()).toEqual(before);
    opened.desktop.press(first);
    expect(opened.presses).toBe(2);
  });

  it.each([
    ['CommandOrControl+C', 'reserved', 'copy-and-paste'],
    ['CommandOrControl+W', 'reserved', 'program'],
    ['Shift+D', 'no-modifier', ''],
    ['CommandOrControl+Bogus', 'unreadable', ''],
    ['hello', 'unreadable', ''],
  ])('%s is refused with its reason, and the one before stands', (accelerator, problem, use) => {
    const opened = open();
    expect(opened.hotkey.set(accelerator)).toEqual({ outcome: 'refused', problem, use });
    expect(opened.desktop.registered).toBe(first);
    expect(opened.hotkey.state()).toMatchObject({ accelerator: first, state: 'unproven' });
    expect(opened.changes).toBe(0);
  });

  it('is kept in one spelling, however it is written', () => {
    expect(open().hotkey.set('Ctrl+Shift+k')).toEqual({
      outcome: 'set',
      accelerator: 'CommandOrControl+Shift+K',
    });
  });

  it('is none: nothing is registered any more', () => {
    const { hotkey, desktop } = open();
    expect(hotkey.set('')).toEqual({ outcome: 'set', accelerator: '' });
    expect(desktop.registered).toBe('');
    expect(hotkey.state().state).toBe('off');
  });

  it('helps where the one at the start was taken', () => {
    const { hotkey } = open({ taken: [first] });
    hotkey.set(second);
    expect(hotkey.state()).toMatchObject({ accelerator: second, state: 'unproven' });
  });
});

describe('in a shell without keys of the whole desktop', () => {
  it('it acts within the page', () => {
    const { hotkey } = open({ hotkeys: noDesktop.hotkeys });
    expect(hotkey.state()).toEqual({ accelerator: first, state: 'page', pressedAt: null });
    expect(hotkey.set(second)).toEqual({ outcome: 'set', accelerator: second });
    expect(hotkey.state()).toMatchObject({ accelerator: second, state: 'page' });
  });

  it('what is reserved is refused all the same', () => {
    const { hotkey } = open({ hotkeys: noDesktop.hotkeys });
    expect(hotkey.set('CommandOrControl+C')).toMatchObject({ outcome: 'refused' });
    expect(hotkey.state()).toMatchObject({ accelerator: first, state: 'page' });
  });

  it('none is off', () => {
    expect(open({ hotkeys: noDesktop.hotkeys, accelerator: '' }).hotkey.state().state).toBe('off');
  });
});
