import { type ReservedFor, reservedFor } from './reserved-accelerators.ts';

export type AcceleratorPlatform = 'mac' | 'windows' | 'linux';

/** In the order in which they are written. */
const modifierNames = ['Command', 'Control', 'Super', 'Alt', 'Shift'] as const;
export type AcceleratorModifier = (typeof modifierNames)[number];

/** A key combination, as one platform has it. */
export interface Accelerator {
  /** In order, none twice. `Super` is the Windows key; a Mac has `Command` instead. */
  readonly modifiers: readonly AcceleratorModifier[];
  /** Electron's name of the key: `D`, `9`, `F8`, `Plus`. */
  readonly key: string;
}

/** A key press in a window, as far as it is looked at: a `KeyboardEvent` is one. */
export interface KeyPressed {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

export type AcceleratorProblem =
  /** Modifiers alone so far: whoever records waits for the key. */
  | { readonly problem: 'no-key' }
  /** It needs Ctrl, Alt, Cmd or the Windows key: Shift alone types. */
  | { readonly problem: 'no-modifier' }
  /** A key that no global shortcut can have. */
  | { readonly problem: 'unknown-key' }
  /** No text of an accelerator, or one of another platform. */
  | { readonly problem: 'unreadable' }
  | { readonly problem: 'reserved'; readonly use: ReservedFor };

/** `accelerator`: as Electron's `globalShortcut` takes it and the settings keep it, good on every platform that has its keys. */
export type AcceleratorRead =
  | { readonly kind: 'accelerator'; readonly accelerator: string }
  | ({ readonly kind: 'refused' } & AcceleratorProblem);

/**
 * Until a person records another. A global shortcut takes its keys from every program, so this is one that Chrome, Gmail,
 * Google Sheets, Excel, Word, Teams and WhatsApp give no meaning of weight. `Shift+D`, which stands for dialling, discards
 * a draft in Gmail and bookmarks every tab in Chrome; Ctrl+Alt is AltGr, which types on India's keyboards. A slip on the
 * way (Ctrl+Y, "again") does no harm.
 */
export const defaultAccelerator = 'CommandOrControl+Shift+Y';

/** Reads what a person pressed to record a shortcut. */
export function acceleratorOfPress(press: KeyPressed, platform: AcceleratorPlatform): AcceleratorRead {
  if (/^(?:Control|Shift|Alt|AltGraph|Meta|OS|Fn|Dead|Process|Unidentified)$/.test(press.key)) {
    // A dead key (Alt+E on a Mac) is a key all the same.
    if (press.key !== 'Dead' || keyOfCode(press.code) === null) return { kind: 'refused', problem: 'no-key' };
  }
  const key = keyOfPress(press);
  if (key === null) return { kind: 'refused', problem: 'unknown-key' };
  const held: Readonly<Record<AcceleratorModifier, boolean>> = {
    Command: press.metaKey && platform === 'mac',
    Control: press.ctrlKey,
    Super: press.metaKey && platform !== 'mac',
    Alt: press.altKey,
    Shift: press.shiftKey,
  };
  return judge({ modifiers: modifierNames.filter((name) => held[name]), key }, platform);
}

/** Reads an accelerator as it stands in the settings, in any of Electron's spellings, and writes it in one. */
export function readAccelerator(text: string, platform: AcceleratorPlatform): AcceleratorRead {
  const accelerator = parse(text, platform);
  return accelerator === null ? { kind: 'refused', problem: 'unreadable' } : judge(accelerator, platform);
}

/** As this platform writes it: `⇧⌘Y`, `Ctrl Shift Y`. What is no accelerator comes back as it is. */
export function acceleratorText(text: string, platform: AcceleratorPlatform): string {
  const accelerator = parse(text, platform);
  if (accelerator === null) return text;
  const { modifiers, key } = accelerator;
  if (platform !== 'mac')
    return [...modifiers.map((name) => plainNames[platform][name]), nameOfKey(key)].join(' ');
  return `${macOrder.map(([name, sign]) => (modifiers.includes(name) ? sign : '')).join('')}${macKeys[key] ?? nameOfKey(key)}`;
}

function judge(accelerator: Accelerator, platform: AcceleratorPlatform): AcceleratorRead {
  if (accelerator.modifiers.every((name) => name === 'Shift'))
    return { kind: 'refused', problem: 'no-modifier' };
  const use = reservedFor(accelerator, platform);
  if (use !== null) return { kind: 'refused', problem: 'reserved', use };
  const primary = platform === 'mac' ? 'Command' : 'Control';
  const written = accelerator.modifiers.map((name) => (name === primary ? 'CommandOrControl' : name));
  // CommandOrControl first, whatever it stands for here: one spelling for one combination.
  const ordered = written.toSorted(
    (a, b) => Number(b === 'CommandOrControl') - Number(a === 'CommandOrControl'),
  );
  return { kind: 'accelerator', accelerator: [...ordered, accelerator.key].join('+') };
}

/** Electron's spellings of modifiers, in lower case; null: this platform has none. */
function modifierOf(word: string, platform: AcceleratorPlatform): AcceleratorModifier | null {
  const mac = platform === 'mac';
  switch (word.toLowerCase()) {
    case 'commandorcontrol':
    case 'cmdorctrl':
      return mac ? 'Command' : 'Control';
    case 'control':
    case 'ctrl':
      return 'Control';
    case 'command':
    case 'cmd':
      return mac ? 'Command' : null;
    case 'super':
    case 'meta':
      return mac ? 'Command' : 'Super';
    case 'alt':
    case 'option':
      return 'Alt';
    case 'shift':
      return 'Shift';
    default:
      return null;
  }
}

function parse(text: string, platform: AcceleratorPlatform): Accelerator | null {
  const words = text.split('+').map((word) => word.trim());
  const key = keyOfName(words.pop() ?? '');
  const modifiers = new Set(words.map((word) => modifierOf(word, platform)));
  if (key === null || modifiers.has(null) || modifiers.size < words.length) return null;
  return { modifiers: modifierNames.filter((name) => modifiers.has(name)), key };
}

/** Keys with a name of their own, as Electron writes them. */
const namedKeys =
  'Plus Space Tab Backspace Delete Insert Enter Escape PrintScreen Up Down Left Right Home End PageUp PageDown';
const functionKeys = Array.from({ length: 24 }, (_, index) => `F${index + 1}`);
const signs = ",.-=;'/\\`[]";
const knownKeys = new Map(
  [...namedKeys.split(' '), ...functionKeys, ...signs.split('')].map((name) => [name.toLowerCase(), name]),
)
  .set('return', 'Enter')
  .set('esc', 'Escape');

function keyOfName(name: string): string | null {
  return /^[a-z0-9]$/i.test(name) ? name.toUpperCase() : (knownKeys.get(name.toLowerCase()) ?? null);
}

/** By its letter, as Electron binds it; by its place where the letter is of another script or a modifier changed it. */
function keyOfPress({ key, code }: KeyPressed): string | null {
  // A digit of the keypad is another key to Electron, and nobody's laptop has it.
  if (/^Numpad(?!Enter$)/.test(code)) return null;
  if (/^[a-z0-9]$/i.test(key)) return key.toUpperCase();
  const arrow = /^Arrow(Up|Down|Left|Right)$/.exec(key)?.[1];
  if (arrow !== undefined) return arrow;
  if (key.length > 1 && key !== 'Dead') return keyOfName(key);
  return keyOfCode(code) ?? (key === '+' ? 'Plus' : key === ' ' ? 'Space' : keyOfName(key));
}

const signCodes: Readonly<Record<string, string>> = {
  Comma: ',',
  Period: '.',
  Minus: '-',
  Equal: '=',
  Semicolon: ';',
  Quote: "'",
  Slash: '/',
  Backslash: '\\',
  Backquote: '`',
  BracketLeft: '[',
  BracketRight: ']',
};

function keyOfCode(code: string): string | null {
  return /^(?:Key|Digit)([A-Z0-9])$/.exec(code)?.[1] ?? signCodes[code] ?? null;
}

const plainNames: Readonly<Record<'windows' | 'linux', Readonly<Record<AcceleratorModifier, string>>>> = {
  windows: { Command: 'Win', Control: 'Ctrl', Super: 'Win', Alt: 'Alt', Shift: 'Shift' },
  linux: { Command: 'Super', Control: 'Ctrl', Super: 'Super', Alt: 'Alt', Shift: 'Shift' },
};

/** Apple's order. */
const macOrder: readonly (readonly [AcceleratorModifier, string])[] = [
  ['Control', '⌃'],
  ['Alt', '⌥'],
  ['Shift', '⇧'],
  ['Command', '⌘'],
];

const macKeys: Readonly<Record<string, string>> = {
  Enter: '↩',
  Backspace: '⌫',
  Delete: '⌦',
  Escape: '⎋',
  Tab: '⇥',
  Up: '↑',
  Down: '↓',
  Left: '←',
  Right: '→',
};

function nameOfKey(key: string): string {
  const names: Readonly<Record<string, string>> = {
    Plus: '+',
    PageUp: 'Page Up',
    PageDown: 'Page Down',
    Escape: 'Esc',
    PrintScreen: 'Print Screen',
  };
  return names[key] ?? key;
}
