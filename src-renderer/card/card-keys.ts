/** A key press on the dial card, as far as it matters here. */
export interface CardKey {
  readonly key: string;
  /** Its place on the keyboard: Alt makes another sign of a digit on a Mac. */
  readonly code: string;
  readonly repeat: boolean;
  readonly composing: boolean;
  readonly alt: boolean;
  /** Ctrl, Cmd or the Windows key. */
  readonly other: boolean;
  /** What has the focus: a text field, a control that Enter presses, or neither. */
  readonly focus: 'text' | 'control' | 'card';
}

export interface CardState {
  /** How many numbers there are to choose from. */
  readonly numbers: number;
  /** The one chosen. */
  readonly chosen: number;
  /** How long the card has been seen, ms. */
  readonly seenMs: number;
  /** The card asks why, in a form of its own. */
  readonly asking: boolean;
}

export type CardDeed =
  | { readonly type: 'call' }
  | { readonly type: 'close' }
  | { readonly type: 'number'; readonly index: number }
  | { readonly type: 'flow'; readonly digit: number }
  | { readonly type: 'swallow' };

/** An Enter that was on its way to another window when the card appeared must not dial. ms. */
const tooEarlyMs = 300;

/**
 * What a key does on the dial card. A digit chooses the flow; with several numbers it chooses the number, as arrows
 * do, and Alt with a digit the flow. A held Enter, or one that was typed before the card could be read, does nothing.
 * `null`: the key is not the card's.
 */
export function cardDeed(press: CardKey, state: CardState): CardDeed | null {
  if (press.composing || press.other) return null;
  if (press.key === 'Escape') return { type: 'close' };
  if (press.key === 'Enter') {
    if (press.repeat || state.seenMs < tooEarlyMs) return { type: 'swallow' };
    return press.focus !== 'card' || press.alt || state.asking ? null : { type: 'call' };
  }
  if (press.focus === 'text' || state.asking) return null;
  const digit = digitOf(press);
  if (digit !== null) {
    if (press.repeat) return { type: 'swallow' };
    if (press.alt || state.numbers < 2) return { type: 'flow', digit };
    return digit <= state.numbers ? { type: 'number', index: digit - 1 } : { type: 'swallow' };
  }
  const step = press.alt || state.numbers < 2 ? 0 : stepOf(press.key);
  if (step === 0) return null;
  return { type: 'number', index: (state.chosen + step + state.numbers) % state.numbers };
}

function digitOf({ key, code }: CardKey): number | null {
  const digit = /^[1-9]$/.test(key) ? key : /^(?:Digit|Numpad)([1-9])$/.exec(code)?.[1];
  return digit === undefined ? null : Number(digit);
}

function stepOf(key: string): -1 | 0 | 1 {
  if (key === 'ArrowDown' || key === 'ArrowRight') return 1;
  return key === 'ArrowUp' || key === 'ArrowLeft' ? -1 : 0;
}
