import { powerMonitor } from 'electron';
import type { Presence } from '../../ports.ts';

/** Windows and macOS tell that the screen is locked; a Linux desktop does not. */
export const presence: Presence = {
  onLock(listener) {
    powerMonitor.on('lock-screen', listener);
    return () => powerMonitor.off('lock-screen', listener);
  },
};
