import type { Accelerator, AcceleratorPlatform } from './accelerator.ts';

/** What a combination does in (nearly) every program or in the system itself: a global shortcut would take it away. */
export type ReservedFor =
  | 'copy-and-paste'
  | 'editing'
  /** Save, print, find, open, close, quit and the like. */
  | 'program'
  | 'windows-and-tabs'
  | 'system'
  /** Types a character: Option on a Mac, and ₹ with Ctrl+Alt, which is AltGr, on India's keyboards. */
  | 'typing';

type Uses = Readonly<Record<string, ReservedFor>>;

/** With Ctrl (Cmd on a Mac), no other modifier. */
const withPrimary: Uses = {
  ...each('C V X', 'copy-and-paste'),
  ...each('A Z Y B I U K Backspace Delete Left Right Home End', 'editing'),
  ...each('Q W N , S P F T R O Enter', 'program'),
  ...each('Tab Space 0 1 2 3 4 5 6 7 8 9 - = Plus', 'windows-and-tabs'),
  Escape: 'system',
};

/** With Ctrl (Cmd on a Mac) and Shift. */
const withPrimaryShift: Uses = {
  ...each('C V', 'copy-and-paste'),
  ...each('Z Left Right Home End', 'editing'),
  ...each('N P S R I W', 'program'),
  ...each('T Tab', 'windows-and-tabs'),
  Escape: 'system',
};

const byPlatform: Readonly<Record<AcceleratorPlatform, Uses>> = {
  mac: {
    ...each('Control+A Control+C Control+D Control+E Control+K Control+Z', 'editing'),
    ...each(
      'Command+H Command+M Command+Alt+H Control+Tab Control+Shift+Tab Command+Up Command+Down',
      'windows-and-tabs',
    ),
    ...each('Command+` Control+Up Control+Down Control+Left Control+Right', 'windows-and-tabs'),
    ...each('Command+Shift+3 Command+Shift+4 Command+Shift+5 Command+Shift+Q Command+Control+Q', 'system'),
    ...each(
      'Command+Alt+Escape Command+Alt+Space Control+Space Command+Control+Space Command+Alt+D',
      'system',
    ),
  },
  windows: {
    ...each('Alt+F4 Alt+Tab Alt+Shift+Tab Alt+Escape Alt+Space Control+Alt+Tab', 'windows-and-tabs'),
    ...each('Control+Alt+Delete Super+Shift+S Super+Shift+M', 'system'),
    'Control+Alt+4': 'typing',
  },
  linux: {
    ...each('Alt+F4 Alt+Tab Alt+Shift+Tab Alt+Escape Alt+Space Alt+F2 Control+Alt+Tab', 'windows-and-tabs'),
    ...each('Control+Alt+Delete Control+Alt+L Control+Alt+T Control+Alt+Backspace Control+Shift+U', 'system'),
    ...each(
      'Control+Alt+D Control+Alt+Up Control+Alt+Down Control+Alt+Left Control+Alt+Right',
      'windows-and-tabs',
    ),
    'Control+Alt+4': 'typing',
  },
};

/** What this combination is reserved for on this platform; null: free, as far as is known. */
export function reservedFor(accelerator: Accelerator, platform: AcceleratorPlatform): ReservedFor | null {
  const { modifiers, key } = accelerator;
  const primary = platform === 'mac' ? 'Command' : 'Control';
  const held = modifiers.join('+');
  // The Windows key alone with another belongs to the system, each letter of it, and to Linux's desktops.
  if (platform !== 'mac' && held === 'Super') return 'system';
  if (/^F\d+$/.test(key) && platform === 'linux' && held === 'Control+Alt') return 'system';
  if (platform === 'mac' && /^Alt(?:\+Shift)?$/.test(held) && key.length === 1) return 'typing';
  const common = held === primary ? withPrimary[key] : null;
  const shifted = held === `${primary}+Shift` ? withPrimaryShift[key] : null;
  return common ?? shifted ?? byPlatform[platform][`${held}+${key}`] ?? null;
}

function each(names: string, use: ReservedFor): Uses {
  return Object.fromEntries(names.split(' ').map((name) => [name, use]));
}
