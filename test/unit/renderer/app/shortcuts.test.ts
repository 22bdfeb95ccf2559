import { describe, expect, it } from 'vitest';
import { actions, shownKey } from '../../../../src-renderer/app/actions.ts';
import {
  ariaShortcut,
  isPressed,
  type KeyPress,
  shortcutText,
} from '../../../../src-renderer/app/shortcuts.ts';

const press = (key: string, changes: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...changes,
});

describe('a shortcut', () => {
  it('is Ctrl on most systems and Cmd on a Mac, never the other', () => {
    expect(isPressed('mod+K', press('k', { ctrlKey: true }), false)).toBe(true);
    expect(isPressed('mod+K', press('k', { metaKey: true }), true)).toBe(true);
    expect(isPressed('mod+K', press('k', { metaKey: true }), false)).toBe(false);
    expect(isPressed('mod+K', press('k', { ctrlKey: true }), true)).toBe(false);
  });

  it('is not pressed with further modifiers, nor without its own', () => {
    expect(isPressed('mod+K', press('K', { ctrlKey: true, shiftKey: true }), false)).toBe(false);
    expect(isPressed('mod+K', press('k', { ctrlKey: true, altKey: true }), false)).toBe(false);
    expect(isPressed('mod+K', press('k'), false)).toBe(false);
  });

  it('with Alt is known by the place of its key, for a Mac writes another letter', () => {
    expect(isPressed('alt+N', press('˜', { altKey: true, code: 'KeyN' }), true)).toBe(true);
  });

  it('may be a comma, a digit or a question mark', () => {
    expect(isPressed('mod+,', press(',', { ctrlKey: true }), false)).toBe(true);
    expect(isPressed('mod+1', press('1', { ctrlKey: true }), false)).toBe(true);
    expect(isPressed('?', press('?', { shiftKey: true }), false)).toBe(true);
  });

  it('is written as the platform writes it', () => {
    expect([shortcutText('mod+K', true), shortcutText('mod+K', false)]).toEqual(['⌘K', 'Ctrl K']);
    expect([ariaShortcut('mod+,', true), ariaShortcut('mod+,', false)]).toEqual(['Meta+,', 'Control+,']);
  });
});

describe('the registry of actions', () => {
  it('gives no key to two actions', () => {
    const keys = actions.flatMap((action) => action.keys ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('shows no key in a browser that the browser keeps for itself', () => {
    const newCall = actions.find(({ id }) => id === 'newCall');
    expect(newCall && shownKey(newCall, 'browser')).toBe('alt+N');
    expect(newCall && shownKey(newCall, 'electron')).toBe('mod+N');
  });
});
