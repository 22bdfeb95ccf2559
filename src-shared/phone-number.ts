import { findWrittenNumbers, type WrittenNumber } from './phone-number-groups.ts';
import { formatNumber, type PhoneNumberKind, type PlannedNumber, readDigits } from './phone-number-plan.ts';
import { findLabels, maskNoNumbers, type NumberLabel, plainText } from './phone-number-text.ts';
import { remember } from './remember.ts';

export { formatNumber };

/** A phone number that was found in a text. */
export interface PhoneNumber {
  readonly e164: string;
  /** As it stands in the text. */
  readonly entered: string;
  /** As people say it. */
  readonly text: string;
  readonly kind: PhoneNumberKind;
  /** Digits to press once the board answers; null where there are none. Exotel cannot press them. */
  readonly extension: string | null;
}

/** A highlight longer than this (UTF-16 units) is cut: nobody means to call somebody in it. */
const longestText = 20_000;

/** A label counts where it ends at most this many characters before the digits (issue 3). */
const labelReach = 20;

/**
 * The phone numbers in a text, in order, without repeats. Written for what people highlight: any grouping, any script's
 * digits, invisible characters, several numbers. What is no phone number is left out: dates, times, amounts,
 * addresses, wrong lengths, and digits that a word before them names as something else (an order, an account). Ten
 * digits that begin with 6 to 9 are a number: who dials is asked. Never throws; time grows with the text's length.
 *
 * @param _country the country of numbers without a country code; India is the only one known
 */
export function findPhoneNumbers(text: string, _country: 'IN'): PhoneNumber[] {
  const original = text.length > longestText ? withoutCutDigits(text.slice(0, longestText)) : text;
  const plain = plainText(original);
  const masked = maskNoNumbers(plain.text);
  const labels = findLabels(masked);
  const found = new Map<string, PhoneNumber>();
  for (const written of findWrittenNumbers(masked)) {
    const { e164, kind } = written.number;
    if (found.has(e164) || !isSaidToBePhone(masked, labels, written)) continue;
    const entered = original.slice(plain.origin[written.start], plain.origin[written.end]);
    const extension = extensionAfter.exec(masked.slice(written.end, written.end + 30))?.[1] ?? null;
    found.set(e164, {
      e164,
      entered: withoutInvisibleEnd(entered),
      text: formatNumber(e164),
      kind,
      extension,
    });
  }
  return [...found.values()];
}

/** A number that the cut went through would be another number. */
function withoutCutDigits(text: string): string {
  let end = text.length;
  while (end > 0 && /[\p{Nd}\s().+\p{Pd}]/u.test(text[end - 1] ?? '')) end--;
  return text.slice(0, end);
}

function withoutInvisibleEnd(text: string): string {
  return text.replace(/[\p{Default_Ignorable_Code_Point}]+$/u, '');
}

const extensionAfter = /^[,;]? ?(?:ext(?:n|ension)?|x)[ .:=-]{0,3}(\d{1,6})(?!\d)/i;

/** Digits glued to letters are an identifier; # and * make codes, % and `/-` amounts, `@host.` an e-mail address. */
const gluedBefore = /(?:[\p{Script=Latin}_#+]|[\d#]\*+)$/u;
const gluedAfter = /^(?:[\p{Script=Latin}_#%]|\*+[\d#]|\/-|@[\w-]+\.)/u;

/** Whether the words around digits leave them a phone number. */
function isSaidToBePhone(
  text: string,
  labels: readonly NumberLabel[],
  { start, end }: WrittenNumber,
): boolean {
  const label = labels.findLast((each) => each.end <= start);
  // A label names the first digits after it: `Order 12345, 98765 43210`.
  const names =
    label !== undefined && start - label.end <= labelReach && !/\d/.test(text.slice(label.end, start));
  if (names && !label.phone) return false;
  const isGluedLabel = names && label.end === start;
  if (!isGluedLabel && gluedBefore.test(text.slice(Math.max(0, start - 10), start))) return false;
  const after = text.slice(end, end + 80);
  return extensionAfter.test(after) || !gluedAfter.test(after);
}

/** The longest text that can be one number to dial (`dialedNumberSchema`). */
const longestEntry = 200;

/**
 * Reads what was typed or pasted to be dialled. `e164` is null where it holds no number, more than one, or one that
 * Exotel cannot ring as it stands: toll-free and other special numbers, short codes (112, 1909), codes with * or #,
 * and a number with an extension, which nobody would press.
 *
 * @param country the country of a number without a country code
 */
export function parseDialable(entered: string, country: 'IN'): { readonly e164: string | null } {
  if (entered.length > longestEntry) return { e164: null };
  const number = readEntry(entered) ?? readOnlyNumber(entered, country);
  return { e164: number === null || number.isSpecial ? null : number.e164 };
}

/** An entry that is nothing but one number; a pasted `tel:` link too. */
function readEntry(entered: string): PlannedNumber | null {
  const text = plainText(entered)
    .text.trim()
    .replace(/^(?:tel|callto):/i, '');
  return /^\(?\+?[\d ().-]+$/.test(text) ? readDigits(text.replaceAll(/\D/g, ''), text.includes('+')) : null;
}

/** An entry with words beside its one number: `Ph: 98450 12345 (office)`. */
function readOnlyNumber(entered: string, country: 'IN'): PlannedNumber | null {
  const [number, ...others] = findPhoneNumbers(entered, country);
  if (number === undefined || others.length > 0 || number.extension !== null) return null;
  const { text } = plainText(entered);
  const hasMore = /[*#]/.test(text) || countDigits(text) > countDigits(plainText(number.entered).text);
  return hasMore ? null : { ...number, isSpecial: number.kind === 'special' };
}

function countDigits(plain: string): number {
  return plain.replaceAll(/\D/g, '').length;
}

/**
 * An Indian number in the seed's form: mobile with 0 (`09052161119`), landline with 0 and STD code (`08030752400`).
 * Null for other countries and for toll-free numbers: those have no such form.
 */
export function toExotelNational(e164: string): string | null {
  const national = /^\+91([1-9]\d{9})$/.exec(e164)?.[1];
  return national === undefined ? null : `0${national}`;
}

/** An ExoPhone, in any of Exotel's writings, as people say it: `08047191234` is `080 4719 1234`. */
export const formatExoPhone = remember((number) => {
  const read = readEntry(number);
  return read === null ? number.trim() : formatNumber(read.e164);
});
