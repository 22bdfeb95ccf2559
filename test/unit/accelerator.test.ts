import { describe, expect, it } from 'vitest';
import {
  type AcceleratorPlatform,
  acceleratorOfPress,
  acceleratorText,
  defaultAccelerator,
  type KeyPressed,
  readAccelerator,
} from '../../src-shared/accelerator.ts';

const platforms = ['mac', 'windows', 'linux'] as const satisfies readonly AcceleratorPlatform[];

/** `ctrl shift` and the key, with its place on the keyboard where it is not told by it. */
function press(held: string, key: string, code = ''): KeyPressed {
  const modifiers = held.split(' ');
  const place = /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : /^\d$/.test(key) ? `Digit${key}` : key;
  return {
    key,
    code: code === '' ? place : code,
    ctrlKey: modifiers.includes('ctrl'),
    metaKey: modifiers.includes('meta'),
    altKey: modifiers.includes('alt'),
    shiftKey: modifiers.includes('shift'),
  };
}

describe('a recorded press', () => {
  it.each<[AcceleratorPlatform, KeyPressed, string]>([
    ['windows', press('ctrl shift', 'Y'), 'CommandOrControl+Shift+Y'],
    ['mac', press('meta shift', 'y'), 'CommandOrControl+Shift+Y'],
    ['mac', press('ctrl shift', 'Y'), 'Control+Shift+Y'],
    ['linux', press('ctrl alt', 'y'), 'CommandOrControl+Alt+Y'],
    ['windows', press('meta shift', 'Y'), 'Super+Shift+Y'],
    ['mac', press('ctrl meta', 'y'), 'CommandOrControl+Control+Y'],
    ['windows', press('ctrl', 'F8'), 'CommandOrControl+F8'],
    ['windows', press('alt', 'F8'), 'Alt+F8'],
    ['windows', press('ctrl shift', 'ArrowUp'), 'CommandOrControl+Shift+Up'],
    ['windows', press('ctrl alt', 'PageDown'), 'CommandOrControl+Alt+PageDown'],
    ['windows', press('ctrl alt', ' ', 'Space'), 'CommandOrControl+Alt+Space'],
    // A modifier changed the letter: its place tells.
    ['windows', press('ctrl shift', '(', 'Digit9'), 'CommandOrControl+Shift+9'],
    ['windows', press('ctrl shift', '<', 'Comma'), 'CommandOrControl+Shift+,'],
    ['mac', press('meta alt', 'ƒ', 'KeyF'), 'CommandOrControl+Alt+F'],
    ['mac', press('meta alt', 'Dead', 'KeyE'), 'CommandOrControl+Alt+E'],
    // Another script's keyboard, and another order of letters.
    ['linux', press('ctrl shift', 'य', 'KeyY'), 'CommandOrControl+Shift+Y'],
    ['windows', press('ctrl shift', 'A', 'KeyQ'), 'CommandOrControl+Shift+A'],
  ])('on %s, %o is %s', (platform, pressed, accelerator) => {
    expect(acceleratorOfPress(pressed, platform)).toEqual({ kind: 'accelerator', accelerator });
  });

  it.each(['Control', 'Shift', 'Alt', 'AltGraph', 'Meta', 'Dead'])('of %s alone waits for a key', (key) => {
    expect(acceleratorOfPress(press('ctrl', key), 'windows')).toEqual({ kind: 'refused', problem: 'no-key' });
  });

  it.each([press('', 'y'), press('shift', 'Y'), press('', 'F8'), press('shift', 'F8')])(
    'without a modifier besides Shift is refused: %o',
    (pressed) => {
      for (const platform of platforms) {
        expect(acceleratorOfPress(pressed, platform)).toEqual({ kind: 'refused', problem: 'no-modifier' });
      }
    },
  );

  it.each([
    press('ctrl', 'LaunchMail'),
    press('ctrl', 'CapsLock'),
    press('ctrl alt', '5', 'Numpad5'),
    press('ctrl alt', 'é', 'IntlBackslash'),
  ])('of a key that no shortcut can have is refused: %o', (pressed) => {
    expect(acceleratorOfPress(pressed, 'windows')).toEqual({ kind: 'refused', problem: 'unknown-key' });
  });
});

describe('reserved is', () => {
  const primary = [
    'C',
    'V',
    'X',
    'A',
    'Z',
    'Q',
    'W',
    'N',
    ',',
    'S',
    'P',
    'F',
    'T',
    'R',
    'Tab',
    'Space',
    'Enter',
  ];
  it.each(primary)('CommandOrControl+%s, everywhere', (key) => {
    for (const platform of platforms) {
      expect(readAccelerator(`CommandOrControl+${key}`, platform)).toMatchObject({ problem: 'reserved' });
    }
  });

  it.each<[AcceleratorPlatform, string, string]>([
    ['windows', 'Alt+F4', 'windows-and-tabs'],
    ['linux', 'Alt+F4', 'windows-and-tabs'],
    ['windows', 'Alt+Tab', 'windows-and-tabs'],
    ['windows', 'Alt+Space', 'windows-and-tabs'],
    ['windows', 'Super+L', 'system'],
    ['windows', 'Control+Alt+Delete', 'system'],
    ['windows', 'Control+Shift+Escape', 'system'],
    ['windows', 'Control+Alt+4', 'typing'],
    ['windows', 'Ctrl+V', 'copy-and-paste'],
    ['windows', 'Ctrl+Shift+V', 'copy-and-paste'],
    ['windows', 'Ctrl+Shift+T', 'windows-and-tabs'],
    ['windows', 'Ctrl+S', 'program'],
    ['linux', 'Control+Shift+U', 'system'],
    ['linux', 'Control+Alt+F2', 'system'],
    ['linux', 'Control+Alt+T', 'system'],
    ['mac', 'Cmd+H', 'windows-and-tabs'],
    ['mac', 'Cmd+M', 'windows-and-tabs'],
    ['mac', 'Cmd+Tab', 'windows-and-tabs'],
    ['mac', 'Cmd+Space', 'windows-and-tabs'],
    ['mac', 'Cmd+Q', 'program'],
    ['mac', 'Command+Control+Q', 'system'],
    ['mac', 'Cmd+Shift+4', 'system'],
    ['mac', 'Cmd+Option+Escape', 'system'],
    ['mac', 'Control+C', 'editing'],
    ['mac', 'Option+D', 'typing'],
    ['mac', 'Option+Shift+D', 'typing'],
  ])('on %s, %s: %s', (platform, text, use) => {
    expect(readAccelerator(text, platform)).toEqual({ kind: 'refused', problem: 'reserved', use });
  });

  it('only the very combination', () => {
    for (const platform of platforms) {
      expect(readAccelerator('CommandOrControl+Alt+C', platform)).toMatchObject({ kind: 'accelerator' });
    }
    expect(readAccelerator('Alt+H', 'windows')).toMatchObject({ kind: 'accelerator' });
    expect(readAccelerator('Super+Alt+L', 'windows')).toMatchObject({ kind: 'accelerator' });
  });
});

describe('an accelerator that is read from the settings', () => {
  it.each([
    ['ctrl+shift+y', 'CommandOrControl+Shift+Y'],
    ['Shift + CmdOrCtrl + Y', 'CommandOrControl+Shift+Y'],
    ['Alt+Control+Return', 'CommandOrControl+Alt+Enter'],
    ['Meta+Shift+Plus', 'Super+Shift+Plus'],
  ])('%j is written %s', (text, accelerator) => {
    expect(readAccelerator(text, 'windows')).toEqual({ kind: 'accelerator', accelerator });
  });

  it.each([
    '',
    'Y+',
    'Control+',
    'Control++',
    'Control+Shift',
    'Hyper+Y',
    'Control+Ctrl+Y',
    'Control+F25',
    'Control+constructor',
  ])('%j is unreadable', (text) => {
    expect(readAccelerator(text, 'windows')).toEqual({ kind: 'refused', problem: 'unreadable' });
  });

  it('of a Mac is none elsewhere', () => {
    expect(readAccelerator('Command+Shift+Y', 'mac')).toMatchObject({ kind: 'accelerator' });
    expect(readAccelerator('Command+Shift+Y', 'windows')).toEqual({ kind: 'refused', problem: 'unreadable' });
  });

  it('stays as it was recorded', () => {
    for (const platform of platforms) {
      const recorded = acceleratorOfPress(press('ctrl alt', 'y'), platform);
      if (recorded.kind !== 'accelerator') throw new Error('refused');
      expect(readAccelerator(recorded.accelerator, platform)).toEqual(recorded);
    }
  });
});

it('the default is good everywhere', () => {
  for (const platform of platforms) {
    expect(readAccelerator(defaultAccelerator, platform)).toEqual({
      kind: 'accelerator',
      accelerator: defaultAccelerator,
    });
  }
});

it.each<[AcceleratorPlatform, string, string]>([
  ['windows', defaultAccelerator, 'Ctrl Shift Y'],
  ['linux', defaultAccelerator, 'Ctrl Shift Y'],
  ['mac', defaultAccelerator, '⇧⌘Y'],
  ['mac', 'CommandOrControl+Control+Alt+Enter', '⌃⌥⌘↩'],
  ['windows', 'Super+Alt+PageUp', 'Win Alt Page Up'],
  ['linux', 'Super+Alt+Plus', 'Super Alt +'],
  ['windows', 'no accelerator', 'no accelerator'],
])('on %s, %s is written %s', (platform, text, written) => {
  expect(acceleratorText(text, platform)).toBe(written);
});
