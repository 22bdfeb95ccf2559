import { findPhoneNumbers, type PhoneNumber } from '../../src-shared/phone-number.ts';
import type { SelectionRead } from '../ports.ts';
import { readable } from './readable.ts';

/** A number that the dial card offers. */
export interface CardNumber extends PhoneNumber {
  /** Exotel can ring it: toll-free and other special numbers it cannot. */
  readonly callable: boolean;
}

/** What the dial card shows of a text: numbers to choose from, or what was read where there is none. It never dials. */
export type DialCard =
  | {
      readonly kind: 'numbers';
      /** In the order of the text, none twice, at most nine: a digit key chooses. */
      readonly numbers: readonly [CardNumber, ...CardNumber[]];
      /** How many further numbers the text holds. */
      readonly more: number;
    }
  /** `read`: the text, shortened and safe to show. */
  | { readonly kind: 'no-number'; readonly read: string }
  /** There was no text: see {@link SelectionRead}. */
  | {
      readonly kind: 'nothing-read';
      readonly why: Extract<SelectionRead, { kind: 'nothing' }>['why'];
    };

/** One for each digit key. */
const mostNumbers = 9;

/** The card of a text that was highlighted, pasted, or came with a link. */
export function dialCardOfText(text: string): DialCard {
  const [first, ...others] = findPhoneNumbers(text, 'IN').map((number) => ({
    ...number,
    callable: number.kind !== 'special',
  }));
  if (first === undefined) return { kind: 'no-number', read: readable(text) };
  return {
    kind: 'numbers',
    numbers: [first, ...others.slice(0, mostNumbers - 1)],
    more: Math.max(0, others.length - (mostNumbers - 1)),
  };
}

/** The card of what the hotkey read. Where nothing was highlighted it says so, and offers nothing from elsewhere. */
export function dialCardOfSelection(read: SelectionRead): DialCard {
  return read.kind === 'text' ? dialCardOfText(read.text) : { kind: 'nothing-read', why: read.why };
}
