/** A text made plain for the search, and for each of its UTF-16 units where it stood in the original. */
export interface PlainText {
  readonly text: string;
  readonly origin: readonly number[];
}

/** Digits in any script; Unicode promises that each script's run from 0 to 9 without a gap, zero first. */
const digit = /\p{Nd}/u;
/** Zero-width characters, direction marks, soft hyphens, variation selectors, and the frame of a keycap emoji. */
const invisible = /[\p{Default_Ignorable_Code_Point}\u20E3]/u;
const dash = /[\p{Pd}\u2212]/u;
const dot = /[\u00B7\u2024\u2027\u2219]/;

/**
 * Writes every digit, blank, dash, bracket and dot in ASCII and leaves out what cannot be seen. Line ends and tabs
 * stay: they part numbers.
 */
export function plainText(original: string): PlainText {
  let text = '';
  const origin: number[] = [];
  let at = 0;
  for (const character of original) {
    const plain = plainCharacter(character);
    for (let unit = 0; unit < plain.length; unit++) origin.push(at);
    text += plain;
    at += character.length;
  }
  origin.push(at);
  return { text, origin };
}

function plainCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x7f) return character === '[' ? '(' : character === ']' ? ')' : character;
  // Full-width forms of ASCII.
  if (code > 0xff00 && code < 0xff5f) return plainCharacter(String.fromCodePoint(code - 0xfee0));
  if (digit.test(character)) return String(digitValue(code));
  if (invisible.test(character)) return '';
  if (dash.test(character)) return '-';
  if (dot.test(character)) return '.';
  return /\p{Zs}/u.test(character) ? ' ' : character;
}

function digitValue(code: number): number {
  let zero = code;
  while (digit.test(String.fromCodePoint(zero - 1))) zero--;
  return (code - zero) % 10;
}

/** Stands for what is surely no phone number. It is no digit, so a label before it reaches past it. */
const masked = '|';

/** Addresses of web pages (but a WhatsApp link holds a phone number), IP addresses and versions, dates, times. */
const noPhoneNumbers: readonly RegExp[] = [
  /\bhttps?:\/\/(?!(?:wa\.me|api\.whatsapp\.com)\/)\S+/gi,
  /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?!\.?\d)/g,
  /(?<!\d|\d[-./])(?:19|20)\d\d([-./])(?:0?[1-9]|[12]\d|3[01])\1(?:0?[1-9]|[12]\d|3[01])(?!\d|\1\d)/g,
  /(?<!\d|\d[-./])(?:0?[1-9]|[12]\d|3[01])([-./])(?:0?[1-9]|[12]\d|3[01])\1(?:19|20)\d\d(?!\d|\1\d)/g,
  /(?<!\d|\d[-./])(?:0?[1-9]|[12]\d|3[01])([-./])(?:0?[1-9]|1[0-2])\1\d\d(?!\d|\1\d)/g,
  /(?<![\d:])\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?!\d)/g,
];

/** Covers what is surely no phone number; every character keeps its place. */
export function maskNoNumbers(plain: string): string {
  return noPhoneNumbers.reduce(
    (text, pattern) => text.replace(pattern, (match) => masked.repeat(match.length)),
    plain,
  );
}

/** A word that says what the digits after it are. */
export interface NumberLabel {
  readonly end: number;
  readonly phone: boolean;
}

/**
 * Words that name other digits than a phone's: issue 3's list, with plurals, the common other spellings, and every
 * currency's sign.
 */
const otherLabel = String.raw`\p{Sc}|(?<!\p{L})(?:orders?|ord|invoices?|inv|a/c|acct|acc|accounts?(?! +(?:manager|executive|owner)s?(?!\p{L}))|utr|rrn|ref|reference|txn|transaction|otp|pin|pincode|gst|gstin|aadhaar|aadhar|adhaar|rs|inr|pnr|awb|imei)(?!\p{L})`;

/** Words that name a phone: the nearest label wins, so that "Order desk, call …" is a phone. */
const phoneLabel = String.raw`(?<!\p{L})(?:ph|phone|tel|telephone|landline|mob|mobile|cell|call|contact|whatsapp|dial|ring|reach|sms)(?!\p{L})|[☎☏✆📞📱]|फ़ोन|फोन|मोबाइल|कॉल|संपर्क`;

/** Every label of a text, in order. */
export function findLabels(plain: string): NumberLabel[] {
  const labels = new RegExp(`(?<phone>${phoneLabel})|${otherLabel}`, 'giu');
  return Array.from(plain.matchAll(labels), (match) => ({
    end: match.index + match[0].length,
    phone: match.groups?.['phone'] !== undefined,
  }));
}
