import type { GlobalShortcut } from 'electron';
import type { Hotkeys } from '../../ports.ts';

/** One key of the whole desktop. The one before is given back only once the new one is had. */
export function createHotkeys(shortcuts: Pick<GlobalShortcut, 'register' | 'unregister'>): Hotkeys {
  let current = '';
  let listener = () => {};
  return {
    register(accelerator, pressed) {
      // The system refuses a key that is taken already, by ourselves too.
      if (accelerator !== current) {
        if (accelerator !== '' && !shortcuts.register(accelerator, () => listener())) return 'taken';
        if (current !== '') shortcuts.unregister(current);
        current = accelerator;
      }
      listener = pressed;
      return 'registered';
    },
  };
}
