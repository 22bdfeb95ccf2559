import { formatNumber } from '../../src-shared/phone-number.ts';
import { readDigits } from '../../src-shared/phone-number-plan.ts';
import { plainText } from '../../src-shared/phone-number-text.ts';
import type { CardNumber } from './dial-card.ts';
import { readable } from './readable.ts';

/** The kinds of links that fill the dial card. */
export type LinkScheme = 'tel' | 'callto' | 'flowdial';

/** Why a link fills nothing. */
export type LinkProblem =
  /** Not `tel:`, `callto:` or `flowdial:`. */
  | 'no-link'
  | 'too-long'
  /** Percent-encoding that is none, control characters, an item given twice. */
  | 'malformed'
  /** `flowdial:` with another word than `dial`. */
  | 'unknown-action'
  /** It begins like an option of a command line. */
  | 'option'
  /** `*` or `#`: a code, which could change settings of a phone line. */
  | 'code'
  | 'several-numbers'
  | 'no-number';

export type Link =
  | {
      readonly kind: 'dial';
      readonly number: CardNumber;
      /** The flow that it asks for, by its name or id; null: none. */
      readonly flow: string | null;
    }
  | {
      readonly kind: 'refused';
      readonly problem: LinkProblem;
      /** The link, shortened and safe to show. */
      readonly shown: string;
    };

/** UTF-16 units. No honest link is longer. */
const longestLink = 2048;
const longestFlow = 100;

const scheme = /^(tel|callto|flowdial):(?:\/\/)?/i;

/**
 * Reads a `tel:` (RFC 3966), `callto:` or `flowdial:dial?number=…&flow=…` link: separators, percent-encoding, `;ext`,
 * and `;phone-context` before a local number. A link only ever fills the dial card. Never throws.
 */
export function parseLink(link: string): Link {
  const refused = (problem: LinkProblem): Link => ({ kind: 'refused', problem, shown: readable(link) });
  if (link.length > longestLink) return refused('too-long');
  const [start, name] = scheme.exec(link.trim()) ?? [];
  if (start === undefined || name === undefined) return refused('no-link');
  const rest = link.trim().slice(start.length);
  try {
    const { number, flow } = name.toLowerCase() === 'flowdial' ? readOwn(rest) : readTel(rest);
    return { kind: 'dial', number, flow };
  } catch (error) {
    if (error instanceof Refusal) return refused(error.problem);
    throw error;
  }
}

/**
 * The links in a command line, the same one once. What begins with `-` is an option, whatever it holds, and never a
 * link. One of them fills the card; which, and that there were others, the gate says (link-gate.ts).
 */
export function linksFromArguments(argv: readonly string[]): string[] {
  return [...new Set(argv.filter((argument) => scheme.test(argument)))];
}

class Refusal extends Error {
  readonly problem: LinkProblem;
  constructor(problem: LinkProblem) {
    super(problem);
    this.problem = problem;
  }
}

/** `flowdial:dial?number=…&flow=…`. A + is a + here, and no blank. */
function readOwn(rest: string): { number: CardNumber; flow: string | null } {
  const [action = '', query = '', ...more] = rest.split('?');
  if (action.replace(/\/$/, '').toLowerCase() !== 'dial') throw new Refusal('unknown-action');
  const items = new Map<string, string>();
  for (const item of [query, ...more].join('?').split('&')) {
    const [key = '', ...value] = item.split('=');
    if (items.has(key)) throw new Refusal('malformed');
    items.set(key, value.join('='));
  }
  const flow = decode(items.get('flow') ?? '').trim();
  if (flow.length > longestFlow) throw new Refusal('too-long');
  return { number: readSubscriber(items.get('number') ?? ''), flow: flow === '' ? null : flow };
}

/** A query, as in `callto:…?call`, would ask for more than a number: it is not looked at. */
function readTel(rest: string): { number: CardNumber; flow: null } {
  const [subscriber = ''] = rest.split('?');
  return { number: readSubscriber(subscriber.replace(/\/$/, '')), flow: null };
}

/** A subscriber's number with its parameters, still percent-encoded. */
function readSubscriber(encoded: string): CardNumber {
  const entered = decode(encoded).trim();
  const plain = plainText(entered).text.trim();
  if (/[*#]/.test(plain)) throw new Refusal('code');
  if (plain.startsWith('--')) throw new Refusal('option');
  const [written = '', ...parameters] = plain.split(';').map((part) => part.trim());
  // Digits after a pause are pressed once the board answers: never a part of the number.
  const [, digits = written, pressed = null] = /^(.*?)[,pw]+(\d{1,6})$/i.exec(written) ?? [];
  const { e164, kind } = readNumber(digits, parameterOf(parameters, 'phone-context'));
  const extension = parameterOf(parameters, 'ext')?.replaceAll(/[ .()-]/g, '') ?? pressed;
  if (extension !== null && !/^\d{1,10}$/.test(extension)) throw new Refusal('malformed');
  return {
    e164,
    kind,
    entered: digits,
    text: formatNumber(e164),
    extension,
    callable: kind !== 'special',
  };
}

/** RFC 3966's visual separators; blanks too, for what people paste into links. */
const numberCharacters = /^\+?[\d .()-]+$/;

function readNumber(written: string, context: string | null) {
  if (/[,/]/.test(written)) {
    const parts = written.split(/[,/]/).filter((part) => part.trim() !== '');
    if (parts.length > 1 && parts.every((part) => numberCharacters.test(part.trim()))) {
      throw new Refusal('several-numbers');
    }
  }
  if (!numberCharacters.test(written)) throw new Refusal('no-number');
  const digits = written.replaceAll(/\D/g, '');
  const isGlobal = written.startsWith('+');
  // A context that is a domain names a company's own numbers: what has no digits more than those is no number to us.
  const prefix = context !== null && /^\+[\d.()-]+$/.test(context) ? context.replaceAll(/\D/g, '') : null;
  const number =
    isGlobal || prefix === null ? readDigits(digits, isGlobal) : readDigits(`${prefix}${digits}`, true);
  if (number === null) throw new Refusal('no-number');
  return number;
}

/** Names of parameters are not case-sensitive. Null: not given. */
function parameterOf(parameters: readonly string[], name: string): string | null {
  const given = parameters.filter((parameter) => parameter.toLowerCase().startsWith(`${name}=`));
  if (given.length > 1) throw new Refusal('malformed');
  return given[0]?.slice(name.length + 1) ?? null;
}

function decode(encoded: string): string {
  let decoded: string;
  try {
    decoded = decodeURIComponent(encoded);
  } catch {
    throw new Refusal('malformed');
  }
  if (/\p{Cc}/u.test(decoded)) throw new Refusal('malformed');
  return decoded;
}
