import { describe, expect, it } from 'vitest';
import { type CallFilter, mergeCall, mergeCurrent } from '../../../../src-renderer/app/call-pages.ts';
import type { CallStatus } from '../../../../src-shared/call.ts';
import { callOf } from '../calls.ts';

const call = (id: string, status: CallStatus, placedAt = 1000) => callOf([], { id, status, placedAt });
const all: CallFilter = { query: '', statuses: [], conversations: [] };
const ids = (pages: ReturnType<typeof mergeCall>) => pages?.map(({ calls }) => calls.map(({ id }) => id));

describe('a list of calls', () => {
  const pages = [
    { calls: [call('c', 'dialing', 3000), call('b', 'completed', 2000)], next: 'n' },
    { calls: [call('a', 'busy', 1000)], next: null },
  ];

  it('shows a change in the call’s own place, on whichever page', () => {
    const merged = mergeCall(pages, all, call('a', 'completed', 1000));
    expect(ids(merged)).toEqual([['c', 'b'], ['a']]);
    expect(merged?.[1]?.calls[0]?.status).toBe('completed');
  });

  it('shows a new call at the top', () => {
    expect(ids(mergeCall(pages, all, call('d', 'queued', 4000)))).toEqual([['d', 'c', 'b'], ['a']]);
    expect(ids(mergeCall([{ calls: [], next: null }], all, call('d', 'queued')))).toEqual([['d']]);
  });

  it('lets a call go that no longer fits the filter, and takes in one that does', () => {
    const filter: CallFilter = { query: '', statuses: ['dialing', 'completed', 'busy'], conversations: [] };
    expect(ids(mergeCall(pages, filter, call('c', 'failed', 3000)))).toEqual([['b'], ['a']]);
    expect(ids(mergeCall(pages, filter, call('d', 'queued', 4000)))).toEqual([['c', 'b'], ['a']]);
    expect(ids(mergeCall(pages, filter, call('d', 'dialing', 4000)))).toEqual([['d', 'c', 'b'], ['a']]);
  });

  it('lets a call go whose conversation no longer fits, and takes in one that does', () => {
    const filter: CallFilter = { query: '', statuses: [], conversations: ['talked'] };
    const talked = (id: string, placedAt: number) =>
      callOf(
        [{ type: 'leg', at: placedAt, sid: null, what: 'ended', number: null, onCallSeconds: 9, word: null }],
        {
          id,
          placedAt,
        },
      );
    const shown = [{ calls: [talked('c', 3000), talked('b', 2000)], next: null }];
    expect(ids(mergeCall(shown, filter, call('c', 'completed', 3000)))).toEqual([['b']]);
    expect(ids(mergeCall(shown, filter, call('d', 'completed', 4000)))).toEqual([['c', 'b']]);
    expect(ids(mergeCall(shown, filter, talked('d', 4000)))).toEqual([['d', 'c', 'b']]);
  });

  it('asks the core where a searched or an older call belongs', () => {
    expect(
      mergeCall(pages, { query: 'priya', statuses: [], conversations: [] }, call('d', 'queued', 4000)),
    ).toBeNull();
    expect(mergeCall(pages, all, call('d', 'completed', 1500))).toBeNull();
  });
});

describe('the calls now', () => {
  const current = (...calls: ReturnType<typeof call>[]) =>
    calls.reduce<readonly ReturnType<typeof call>[]>(mergeCurrent, []).map(({ id }) => id);

  it('follow a call to its end and keep showing it', () => {
    expect(current(call('a', 'queued'), call('a', 'dialing'), call('a', 'completed'))).toEqual(['a']);
  });

  it('let an ended call give way to the next', () => {
    expect(current(call('a', 'dialing'), call('a', 'busy'), call('b', 'queued'))).toEqual(['b']);
  });

  it('keep what needs action until it is dismissed', () => {
    expect(
      current(
        call('a', 'dialing'),
        call('a', 'rejected'),
        call('b', 'dialing'),
        call('b', 'unconfirmed'),
        call('c', 'queued'),
      ),
    ).toEqual(['c', 'b', 'a']);
  });

  it('do not begin with a call that has ended elsewhere', () => {
    expect(current(call('a', 'completed'))).toEqual([]);
  });
});
