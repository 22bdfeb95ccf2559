import type { AcceleratorPlatform } from '../../src-shared/accelerator.ts';

/** Keys that act everywhere: `mod` is Cmd on a Mac, Ctrl elsewhere. */
export type Shortcut = `mod+${string}` | `alt+${string}` | '?';

export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** Whether this key press is the shortcut, and nothing more: further modifiers belong to somebody else. */
export function isPressed(shortcut: Shortcut, press: KeyPress, mac: boolean): boolean {
  if (shortcut === '?') return press.key === '?' && !press.ctrlKey && !press.metaKey && !press.altKey;
  const [modifier, key] = split(shortcut);
  const mod = mac ? press.metaKey : press.ctrlKey;
  const other = mac ? press.ctrlKey : press.metaKey;
  if (other || press.shiftKey) return false;
  if (modifier === 'mod' ? !mod || press.altKey : mod || !press.altKey) return false;
  // Alt makes another letter on a Mac, so the place of the key counts there.
  return (
    press.key.toUpperCase() === key.toUpperCase() ||
    press.code === `Key${key}` ||
    press.code === `Digit${key}`
  );
}

/** As the platform writes it: `⌘K` or `Ctrl K`. */
export function shortcutText(shortcut: Shortcut, mac: boolean): string {
  if (shortcut === '?') return '?';
  const [modifier, key] = split(shortcut);
  if (mac) return `${modifier === 'mod' ? '⌘' : '⌥'}${key}`;
  return `${modifier === 'mod' ? 'Ctrl' : 'Alt'} ${key}`;
}

/** As `aria-keyshortcuts` wants it. */
export function ariaShortcut(shortcut: Shortcut, mac: boolean): string {
  if (shortcut === '?') return '?';
  const [modifier, key] = split(shortcut);
  if (modifier === 'alt') return `Alt+${key}`;
  return `${mac ? 'Meta' : 'Control'}+${key}`;
}

function split(shortcut: Exclude<Shortcut, '?'>): readonly [modifier: string, key: string] {
  const plus = shortcut.indexOf('+');
  return [shortcut.slice(0, plus), shortcut.slice(plus + 1)];
}

const system = globalThis.navigator?.platform ?? '';
export const isMac = /mac/i.test(system);

/** The computer that this page is shown on, which is the core's. */
export const platform: AcceleratorPlatform = isMac ? 'mac' : /win/i.test(system) ? 'windows' : 'linux';
