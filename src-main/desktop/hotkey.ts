import type { AcceleratorPlatform } from '../../src-shared/accelerator.ts';
import { readAccelerator } from '../../src-shared/accelerator.ts';
import type { DesktopState } from '../../src-shared/contract/desktop.ts';
import type { Clock, Hotkeys } from '../ports.ts';

/** What became of a wish for a hotkey. */
export type HotkeySet =
  | { readonly outcome: 'set'; readonly accelerator: string }
  | { readonly outcome: 'refused'; readonly problem: string; readonly use: string }
  | { readonly outcome: 'taken' };

/** The one global shortcut, and whether it was ever felt: on Wayland a registration may lie. */
export interface Hotkey {
  state(): DesktopState['hotkey'];
  /** Registers another; empty: none. Where it cannot be had, the one before stands. */
  set(accelerator: string): HotkeySet;
}

export function createHotkey(parts: {
  readonly clock: Clock;
  readonly hotkeys: Hotkeys;
  readonly platform: AcceleratorPlatform;
  readonly accelerator: string;
  readonly pressed: () => void;
  readonly changed: () => void;
}): Hotkey {
  let accelerator = '';
  let state: DesktopState['hotkey']['state'] = 'off';
  let pressedAt: number | null = null;
  /** Whoever is told asks back for the state: not before there is one. */
  let made = false;

  function pressed(): void {
    pressedAt = parts.clock.now();
    state = 'proven';
    parts.changed();
    parts.pressed();
  }

  function set(wanted: string): HotkeySet {
    const read = wanted === '' ? null : readAccelerator(wanted, parts.platform);
    if (read?.kind === 'refused') {
      return { outcome: 'refused', problem: read.problem, use: 'use' in read ? read.use : '' };
    }
    const next = read?.accelerator ?? '';
    const registered = parts.hotkeys.register(next, pressed);
    if (registered === 'taken') return { outcome: 'taken' };
    if (registered === 'unavailable' && next !== '') {
      // The page has keys of its own.
      accelerator = next;
      state = 'page';
      if (made) parts.changed();
      return { outcome: 'set', accelerator };
    }
    accelerator = next;
    pressedAt = null;
    state = next === '' ? 'off' : 'unproven';
    if (made) parts.changed();
    return { outcome: 'set', accelerator };
  }

  const first = set(parts.accelerator);
  if (first.outcome === 'taken') [accelerator, state] = [parts.accelerator, 'taken'];
  if (first.outcome === 'refused') [accelerator, state] = [parts.accelerator, 'reserved'];

  made = true;

  return { state: () => ({ accelerator, state, pressedAt }), set };
}
