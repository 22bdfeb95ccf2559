import { describe, expect, it } from 'vitest';
import type { PracticeCall } from '../../../src-main/practice-line/call-book.ts';
import { searchCalls } from '../../../src-main/practice-line/search-calls.ts';
import { exotelTimeText } from '../../../src-shared/exotel-fields.ts';

const noon = Date.UTC(2026, 10, 24, 6, 30);

function call(sid: string, from: string, createdAt: number): PracticeCall {
  return {
    sid,
    from,
    to: '08047191234',
    exoPhone: '08047191234',
    status: 'completed',
    createdAt,
    updatedAt: createdAt,
    endedAt: null,
    recordingUrl: null,
  };
}

const calls = [
  call('a', '09845012345', noon),
  call('b', '09845012346', noon + 1500),
  call('c', '09845012345', noon + 3_600_000),
];

function search(query: Record<string, string>) {
  const found = searchCalls(calls, new URLSearchParams(query));
  return 'problem' in found ? found.problem : found.map(({ sid }) => sid);
}

const range = (from: number, until: number) => `gte:${exotelTimeText(from)};lte:${exotelTimeText(until)}`;

describe('the list of calls', () => {
  it('is newest first, and oldest first where that is asked', () => {
    expect(search({})).toEqual(['c', 'b', 'a']);
    expect(search({ SortBy: 'DateCreated:asc' })).toEqual(['a', 'b', 'c']);
  });

  it('is of these customers, however their numbers are written', () => {
    expect(search({ From: '+919845012345' })).toEqual(['c', 'a']);
    expect(search({ From: '9845012346,09845012345' })).toEqual(['c', 'b', 'a']);
  });

  it('is of calls to this number too: the customer, where a rep was rung first', () => {
    expect(search({ To: '+918047191234' })).toEqual(['c', 'b', 'a']);
    expect(search({ To: '09845012345' })).toEqual([]);
  });

  it('is of this time, to the second, both ends included', () => {
    expect(search({ DateCreated: range(noon, noon + 1000) })).toEqual(['b', 'a']);
    expect(search({ DateCreated: range(noon + 2000, noon + 3_600_000) })).toEqual(['c']);
  });

  it('has as many as a page may hold', () => {
    expect(search({ PageSize: '1', SortBy: 'DateCreated:asc' })).toEqual(['a']);
  });

  it.each([
    [{ From: '1,2,3,4,5,6' }, 'Too many values in From'],
    [{ To: '1,2,3,4,5,6' }, 'Too many values in To'],
    [{ DateCreated: 'gte:yesterday;lte:today' }, 'Invalid DateCreated'],
    [{ DateCreated: 'gte:2026-11-24 12:00:00' }, 'Invalid DateCreated'],
    [{ DateCreated: range(noon, noon + 32 * 24 * 3_600_000) }, 'Invalid DateCreated'],
    [{ PageSize: '101' }, 'Invalid PageSize'],
    [{ PageSize: 'many' }, 'Invalid PageSize'],
  ])('refuses %j', (query, problem) => {
    expect(search(query)).toBe(problem);
  });
});
