import { type PlannedNumber, readDigits } from './phone-number-plan.ts';

/** Digits with nothing between them. */
interface DigitGroup {
  readonly digits: string;
  readonly start: number;
  readonly end: number;
  /** A + stands before it. */
  readonly plus: boolean;
  /** What stands between the group before it in its run and this one; empty for the first. */
  readonly gap: string;
}

/** A phone number as it stands in a plain text, brackets and + included. */
export interface WrittenNumber {
  readonly number: PlannedNumber;
  readonly start: number;
  readonly end: number;
}

interface Candidate extends WrittenNumber {
  /** The first and the last of its groups. */
  readonly first: number;
  readonly last: number;
}

/** Finds the numbers of a plain text by how their digits are grouped. What words say of them is not looked at. */
export function findWrittenNumbers(text: string): WrittenNumber[] {
  return digitRuns(text).flatMap((run) => {
    const candidates = findCandidates(text, run);
    return candidates.filter((candidate, index) => {
      const before = candidates[index - 1]?.last === candidate.first - 1;
      const after = candidates[index + 1]?.first === candidate.last + 1;
      return (before || mayFollow(run, candidate)) && (after || mayPrecede(text, run, candidate));
    });
  });
}

/** What can stand between groups that belong together, or to neighbours. */
const softGap = /^[ .()+-]{1,5}$/;

/** Groups with no more than blanks, dashes, dots, brackets and + between them. */
function digitRuns(text: string): DigitGroup[][] {
  const runs: DigitGroup[][] = [];
  let run: DigitGroup[] = [];
  for (const match of text.matchAll(/\d+/g)) {
    const previous = run.at(-1);
    const gap = previous === undefined ? '' : text.slice(previous.end, match.index);
    const joined = softGap.test(gap);
    if (!joined) {
      run = [];
      runs.push(run);
    }
    run.push({
      digits: match[0],
      start: match.index,
      end: match.index + match[0].length,
      plus: /\+[ (]{0,2}$/.test(text.slice(Math.max(0, match.index - 3), match.index)),
      gap: joined ? gap : '',
    });
  }
  return runs;
}

/** From left to right, the longest number that begins at each group. */
function findCandidates(text: string, run: readonly DigitGroup[]): Candidate[] {
  const candidates: Candidate[] = [];
  for (let first = 0; first < run.length; first++) {
    const candidate = longestAt(text, run, first);
    if (candidate === null) continue;
    candidates.push(candidate);
    first = candidate.last;
  }
  return candidates;
}

/** Between the groups of one number. A dot and a blank end a sentence. */
const innerGap = /^\)?(?: {1,2}| ?-{1,2} ?|\.)?\(?$/;

/** E.164 has 15 digits; two more for 00. */
const mostDigits = 17;

function longestAt(text: string, run: readonly DigitGroup[], first: number): Candidate | null {
  let longest: Candidate | null = null;
  let digits = '';
  for (let last = first; last < run.length; last++) {
    const group = run[last];
    if (group === undefined || (last > first && (group.plus || !innerGap.test(group.gap)))) break;
    digits += group.digits;
    if (digits.length > mostDigits) break;
    const groups = run.slice(first, last + 1);
    if (!looksWritten(groups)) continue;
    const number = readDigits(digits, groups[0]?.plus === true);
    if (number === null || (number.kind === 'special' && !looksSpecial(groups))) continue;
    const span = spanOf(text, groups);
    if (span !== null) longest = { number, first, last, ...span };
  }
  return longest;
}

/** Whether people write numbers in such groups, or they are something else whose digits happen to fit. */
function looksWritten(groups: readonly DigitGroup[]): boolean {
  const [head, second] = groups;
  if (head === undefined) return false;
  if (head.plus) return true;
  const sizes = groups.map((group) => group.digits.length);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  // One digit alone is only a trunk 0: `0 98765 43210`, `91 (0) 98765 43210`.
  const afterCountry = /^(?:00)?91$/.test(head.digits);
  if (
    groups.some(({ digits }, at) => digits.length === 1 && (digits !== '0' || at > (afterCountry ? 1 : 0)))
  ) {
    return false;
  }
  if (head.digits === '0' && second?.gap === '.') return false;
  // `9187 6543 2109` is how an Aadhaar number is written.
  if (total === 12 && sizes.every((size) => size === 4)) return false;
  return !hasDecimalPoint(groups, total) && !isRange(groups);
}

/** `1800 123 4567`, but no ten digits in one piece, which are rather a time stamp. */
function looksSpecial([head, ...rest]: readonly DigitGroup[]): boolean {
  return head?.plus === true || head?.digits.length === (rest.length === 0 ? 11 : 4);
}

/** `98765432.10` is an amount, `77.59456270` a place; `98765.43210` and `080.41234567` are numbers. */
function hasDecimalPoint(groups: readonly DigitGroup[], total: number): boolean {
  const dotted = groups.findIndex((group) => group.gap === '.');
  if (dotted === -1 || groups.findLastIndex((group) => group.gap === '.') !== dotted) return false;
  const whole = groups[dotted - 1]?.digits.length ?? 0;
  const fraction = groups[dotted]?.digits.length ?? 0;
  return fraction < 4 || (total === 10 && dotted === 1 && whole < 3);
}

/** `80000-90000`: two round figures, the second larger. */
function isRange([from, to, ...rest]: readonly DigitGroup[]): boolean {
  if (from === undefined || to === undefined || rest.length > 0 || !to.gap.includes('-')) return false;
  const round = from.digits.endsWith('00') && to.digits.endsWith('00');
  return round && from.digits.length === to.digits.length && from.digits < to.digits;
}

/** Takes in the + and the brackets that belong to the groups; null where a bracket has no other half. */
function spanOf(text: string, groups: readonly DigitGroup[]): { start: number; end: number } | null {
  const [head] = groups;
  const tail = groups.at(-1);
  if (head === undefined || tail === undefined) return null;
  const start = head.plus ? text.lastIndexOf('+', head.start) : head.start;
  let open = 0;
  let unopened = 0;
  for (const character of text.slice(start, tail.end)) {
    if (character === '(') open++;
    else if (character === ')' && open > 0) open--;
    else if (character === ')') unopened++;
  }
  if (unopened > 0) {
    return unopened === 1 && open === 0 && text[start - 1] === '('
      ? { start: start - 1, end: tail.end }
      : null;
  }
  if (open > 0) return open === 1 && text[tail.end] === ')' ? { start, end: tail.end + 1 } : null;
  return { start, end: tail.end };
}

/** Six digits of a postal code, or a year: they stand beside numbers and belong to no one. */
const standsBesideNumbers = /^(?:[1-9]\d{5}|(?:19|20)\d\d)$/;

/** Whether the digits before a candidate leave it whole: `Flat 12 98765 43210` does, `50100 98765 43210` does not. */
function mayFollow(run: readonly DigitGroup[], { first, last }: Candidate): boolean {
  const before = run[first - 1];
  const head = run[first];
  if (before === undefined || head === undefined || head.plus) return true;
  // What follows a + belongs to that country: `+1 98765 43210` is no Indian number.
  const country = run.slice(0, first).findLastIndex((group) => group.plus);
  if (country !== -1 && (country === first - 1 || first < last)) return false;
  if (head.gap === '-' || head.gap === '.') return false;
  if (head.gap !== ' ') return true;
  if (/^0(?:0|\d\d)/.test(before.digits)) return false;
  // A toll-free number, as America writes it.
  if (before.digits === '1' && head.digits === '800') return false;
  if (first === last || standsBesideNumbers.test(before.digits)) return true;
  return before.digits.length <= 3 && before.digits.length !== head.digits.length;
}

/** Whether the digits after a candidate leave it whole: `98765 43210 2 calls` does, `98765 43210 1` does not. */
function mayPrecede(text: string, run: readonly DigitGroup[], { first, last }: Candidate): boolean {
  const tail = run[last];
  const after = run[last + 1];
  if (tail === undefined || after === undefined || after.plus) return true;
  if (after.gap === '-' || after.gap === '.') return false;
  if (after.gap !== ' ' || first === last || standsBesideNumbers.test(after.digits)) return true;
  const counts = /^(?: ?\p{L}|[).])/u.test(text.slice(after.end, after.end + 2));
  return counts && after.digits.length <= 3 && after.digits.length !== tail.digits.length;
}
