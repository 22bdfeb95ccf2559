import type { Desktop } from '../ports.ts';

/** A shell without a desktop of its own: the page has what a page can have. */
export const noDesktop: Desktop = {
  selection: { read: () => Promise.resolve({ kind: 'nothing', why: 'no-native' }) },
  hotkeys: { register: () => 'unavailable' },
  notifier: { kind: 'page', show: () => {}, close: () => {} },
  windows: {
    showCard: () => {},
    hideCard: () => {},
    showStrip: () => {},
    showMain: () => {},
    quit: () => {},
  },
  tray: { show: () => {} },
  linkOwner: { owns: () => null, claim: () => false },
  loginItem: { starts: () => null, set: () => {} },
  readClipboard: () => Promise.resolve(null),
  presence: { onLock: () => () => {} },
};
