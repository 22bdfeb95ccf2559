import { exotelTime } from '../../src-shared/exotel-fields.ts';
import { parseDialable } from '../../src-shared/phone-number.ts';
import type { PracticeCall } from './call-book.ts';

/** Exotel's limits: numbers in a search, calls on a page, width of a range. */
const mostNumbers = 5;
const mostOnPage = 100;
const widestRangeMs = 31 * 24 * 3_600_000;

/**
 * Calls of a list as `From`, `To`, `DateCreated`, `SortBy` and `PageSize` of the query ask (exotel-api.md, "Call details");
 * all, newest first, where it asks for nothing. From was rung first: the rep where two numbers were connected. `problem`: Exotel's words for a query that it would refuse.
 */
export function searchCalls(
  calls: readonly PracticeCall[],
  query: URLSearchParams,
): readonly PracticeCall[] | { readonly problem: string } {
  const asked = { From: query.get('From')?.split(','), To: query.get('To')?.split(',') };
  for (const [name, numbers] of Object.entries(asked)) {
    if (numbers !== undefined && numbers.length > mostNumbers)
      return { problem: `Too many values in ${name}` };
  }
  const range = readRange(query.get('DateCreated'));
  if (range === null) return { problem: 'Invalid DateCreated' };
  const size = Number(query.get('PageSize') ?? mostOnPage);
  if (!Number.isInteger(size) || size < 1 || size > mostOnPage) return { problem: 'Invalid PageSize' };
  const found = calls.filter(
    ({ from, to, createdAt }) =>
      isOneOf(asked.From, from) &&
      isOneOf(asked.To, to) &&
      // Exotel writes whole seconds.
      Math.floor(createdAt / 1000) * 1000 >= range.from &&
      Math.floor(createdAt / 1000) * 1000 <= range.until,
  );
  return (query.get('SortBy') === 'DateCreated:asc' ? found : found.toReversed()).slice(0, size);
}

/** `gte:YYYY-MM-DD HH:mm:ss;lte:…`, IST; null where it is malformed, or wider than a month. */
function readRange(text: string | null): { readonly from: number; readonly until: number } | null {
  if (text === null) return { from: 0, until: Number.MAX_SAFE_INTEGER };
  const [, gte, lte] = /^gte:([^;]+);lte:([^;]+)$/.exec(text) ?? [];
  const from = gte === undefined ? null : exotelTime(gte);
  const until = lte === undefined ? null : exotelTime(lte);
  return from === null || until === null || until - from > widestRangeMs ? null : { from, until };
}

/** Any number, where none is asked for. */
function isOneOf(numbers: readonly string[] | undefined, number: string): boolean {
  return numbers === undefined || numbers.some((each) => isSame(each, number));
}

/** Written with 0, with +91, or as the ten digits. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((number) => parseDialable(number, 'IN').e164);
  return a !== null && a === b;
}
