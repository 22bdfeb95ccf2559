import { describe, expect, it } from 'vitest';
import { linkedFlow } from '../../../../src-renderer/card/linked-flow.ts';
import { unreadWords } from '../../../../src-renderer/card/unread-words.ts';
import { verdictLine, warnedOf } from '../../../../src-renderer/card/verdict-line.ts';
import type { Warning } from '../../../../src-shared/contract/calls.ts';
import { flowSchema } from '../../../../src-shared/flow.ts';
import { callOf } from '../calls.ts';

const callId = '6f1c2a52-1d59-4c6a-9d0e-2f4a3e1b7c10';
const recently: Warning = { code: 'called-recently', minutesAgo: 40, callId };

describe('the verdict in one line', () => {
  it('says when the number was called, what came of it, and how often today', () => {
    const last = callOf([], { status: 'no-answer' });
    const warnings: Warning[] = [{ code: 'called-often', times: 3 }, recently];
    expect(verdictLine(warnings, last)).toBe('Called 40 min ago, no answer. 3rd call today.');
    expect(warnedOf(warnings)).toBe(callId);
  });

  it('says what the rep wrote down of that call, rather than Exotel’s word', () => {
    expect(verdictLine([recently], callOf([], { status: 'completed', outcome: 'Not now' }))).toBe(
      'Called 40 min ago, not now.',
    );
  });

  it('says it also before the call is known', () => {
    expect(verdictLine([{ ...recently, minutesAgo: 185 }], undefined)).toBe('Called 3 h ago.');
    expect(warnedOf([{ code: 'line-down' }])).toBeNull();
  });

  it('begins with what the law says', () => {
    const hours: Warning = { code: 'outside-calling-hours', from: '09:00', until: '20:45', now: '21:10' };
    expect(verdictLine([recently, { code: 'line-down' }, hours], undefined)).toMatch(
      /^It is 21:10 in India.*Exotel did not answer.*Called 40 min ago\.$/,
    );
  });
});

describe('a card without a number', () => {
  it('shows what was read, and says that nobody was called', () => {
    const words = unreadWords(
      { kind: 'no-number', read: 'Invoice 42 of 2026' },
      'hotkey',
      'Ctrl Shift Y',
      false,
    );
    expect(words).toMatchObject({ read: 'Invoice 42 of 2026', title: 'No phone number in this text' });
    expect(words.todo).toMatch(/Nobody was called.*press Ctrl Shift Y again/);
  });

  it.each(['empty', 'no-native', 'no-permission', 'crashed', 'timed-out'] as const)(
    'says why nothing was read, and what to do: %s',
    (why) => {
      const words = unreadWords({ kind: 'nothing-read', why }, 'hotkey', '', false);
      expect(words.title).not.toBe('');
      expect(words.todo).toContain('Nobody was called');
    },
  );

  it('leads a Mac’s person to the permission', () => {
    const found = { kind: 'nothing-read', why: 'no-permission' } as const;
    expect(unreadWords(found, 'hotkey', '', true).todo).toContain('Accessibility');
  });

  it('says why a link holds nothing to call', () => {
    const words = unreadWords({ kind: 'bad-link', problem: 'code', read: 'tel:*#06#' }, 'link', '', false);
    expect(words).toMatchObject({ read: 'tel:*#06#' });
    expect(words.todo).toMatch(/\* or #.*Nobody was called/);
  });
});

describe('the flow that a link names', () => {
  const flows = [
    flowSchema.parse({ id: 'lead', name: 'New lead', kind: 'automated', appId: '1', key: 4 }),
    flowSchema.parse({ id: '4', name: 'Demo', kind: 'automated', appId: '2', key: null }),
  ];

  it('is found by its id, its name in any case, or its key, in this order', () => {
    expect(linkedFlow('lead', flows)?.id).toBe('lead');
    expect(linkedFlow(' new LEAD ', flows)?.id).toBe('lead');
    expect(linkedFlow('4', flows)?.id).toBe('4');
    expect(linkedFlow('4', flows.slice(0, 1))?.id).toBe('lead');
    expect(linkedFlow('other', flows)).toBeUndefined();
  });
});
