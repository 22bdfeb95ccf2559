import { describe, expect, it } from 'vitest';
import {
  type ConversationGroup,
  conversationGroupNames,
  conversationsOf,
} from '../../../../src-renderer/history/conversation-groups.ts';
import { dayItems } from '../../../../src-renderer/history/day-items.ts';
import {
  type StatusGroup,
  statusesOf,
  statusGroupNames,
} from '../../../../src-renderer/history/status-groups.ts';
import { callStatuses } from '../../../../src-shared/call.ts';
import { conversationStates } from '../../../../src-shared/conversation.ts';
import { callOf } from '../calls.ts';

describe('the filter chips', () => {
  it('hold every status exactly once', () => {
    expect(statusesOf(new Set(statusGroupNames)).toSorted()).toEqual([...callStatuses].toSorted());
  });

  it('hold every state of a conversation exactly once', () => {
    expect(conversationsOf(new Set(conversationGroupNames)).toSorted()).toEqual(
      [...conversationStates].toSorted(),
    );
    expect(conversationsOf(new Set<ConversationGroup>())).toEqual([]);
    expect(conversationsOf(new Set<ConversationGroup>(['now', 'talked']))).toEqual([
      'talked',
      'waiting',
      'talking',
    ]);
  });

  it('ask for all where none is chosen', () => {
    expect(statusesOf(new Set<StatusGroup>())).toEqual([]);
    expect(statusesOf(new Set<StatusGroup>(['doubt', 'answered']))).toEqual(['completed', 'unconfirmed']);
  });
});

it('puts a heading before each day’s calls', () => {
  const now = new Date(2026, 10, 23, 16).getTime();
  const at = (day: number, hour: number) => new Date(2026, 10, day, hour).getTime();
  const calls = [at(23, 15), at(23, 9), at(22, 20)].map((placedAt, index) =>
    callOf([], { placedAt, id: String(index) }),
  );
  expect(dayItems(calls, now).map((item) => (item.kind === 'row' ? item.key : item.text))).toEqual([
    'Today',
    '0',
    '1',
    'Yesterday',
    '2',
  ]);
});
