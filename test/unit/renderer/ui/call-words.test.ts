import { describe, expect, it } from 'vitest';
import { announcement, eventWords, meaning, reasonWords } from '../../../../src-renderer/ui/call-words.ts';
import { callStatuses } from '../../../../src-shared/call.ts';
import type { CallEvent } from '../../../../src-shared/call-events.ts';
import { emptyReport } from '../../../../src-shared/exotel-report.ts';
import { type CallReason, reasonCodes } from '../../../../src-shared/errors.ts';
import { callOf, placed } from '../calls.ts';

const reason = (changes: Partial<CallReason> = {}): CallReason => ({
  code: 'dnd',
  customerCalled: 'no',
  httpStatus: 403,
  message: 'TRAI NDNC',
  ...changes,
});
const at = placed.at + 1000;
const once = (event: CallEvent) => eventWords({ event, times: 1, lastAt: event.at });

describe('a reason', () => {
  it.each(reasonCodes)('%s says what happened, whether the customer was called, what to do', (code) => {
    const words = reasonWords(reason({ code }));
    expect(words.what).toMatch(/^[A-Z].*\.$/);
    expect(words.todo).toMatch(/^[A-Z].*\.$/);
    expect(words.called).toBe('The customer was not called.');
  });

  it('tells not to redial where the customer may have been called', () => {
    expect(reasonWords(reason({ customerCalled: 'perhaps' })).called).toBe(
      'The customer may have been called; do not redial.',
    );
    expect(reasonWords(reason({ customerCalled: 'probably-not' })).called).toContain('most probably not');
  });

  it('quotes Exotel, where it said something', () => {
    expect(reasonWords(reason()).quote).toBe('Exotel’s words: TRAI NDNC · HTTP 403');
    expect(reasonWords(reason({ message: '', httpStatus: null })).quote).toBe('');
  });
});

describe('a status', () => {
  it.each(callStatuses)('%s is announced with its own word and the person', (status) => {
    const words = announcement(callOf([], { status, reason: reason() }), 'Priya');
    expect(words).toContain('Priya');
    expect(words).not.toMatch(/announce|undefined|\{\{/);
  });

  it.each(callStatuses)('%s has a meaning or leaves it to the reason', (status) => {
    const words = meaning(callOf([], { status }));
    if (status === 'rejected' || status === 'unconfirmed') expect(words).toBe('');
    else expect(words).toMatch(/^[A-Z].*\.$/);
  });

  it('says where a queued call stands and about when it goes', () => {
    const words = (position: number, expectedAt: number | null, retryAt: number | null = null) =>
      meaning(callOf([], { status: 'queued', retryAt, queue: { position, expectedAt } }));
    const third = words(3, at);
    expect(third).toMatch(/^3rd in the queue, about \d\d:\d\d:\d\d\. Nobody was called yet\.$/);
    expect(words(1, at)).toMatch(/^Next in the queue, about /);
    expect([2, 11, 21, 22].map((position) => words(position, null))).toEqual([
      '2nd in the queue. Nobody was called yet.',
      '11th in the queue. Nobody was called yet.',
      '21st in the queue. Nobody was called yet.',
      '22nd in the queue. Nobody was called yet.',
    ]);
    expect(words(3, at, at)).toBe(`Exotel asked to slow down. ${third}`);
  });

  it('says that news may be late where Exotel must be asked, until the end', () => {
    expect(meaning(callOf([], { status: 'in-progress', byAsking: true }))).toContain('up to a minute late');
    expect(meaning(callOf([], { status: 'completed', byAsking: true }))).not.toContain('late');
  });
});

describe('an event', () => {
  const events: readonly CallEvent[] = [
    placed,
    { type: 'sending', at, attempt: 1, byAsking: false },
    { type: 'accepted', at, report: { ...emptyReport, sid: '80bfbec2b5d34e60a1c2b7d4f1e05211' } },
    { type: 'refused', at, reason: reason() },
    { type: 'rate-limited', at, retryAt: at, reason: reason({ code: 'rate-limited' }) },
    { type: 'not-sent', at, again: true, reason: reason({ code: 'unreachable' }) },
    { type: 'doubted', at, reason: reason({ code: 'timed-out', customerCalled: 'perhaps' }) },
    { type: 'interrupted', at },
    { type: 'reported', at, source: 'callback', report: { ...emptyReport, status: 'no-answer' } },
    { type: 'held', at },
    { type: 'continued', at },
    { type: 'withdrawn', at },
  ];
  it.each(events)('$type is told in words', (event) => {
    const { text, detail } = once(event);
    expect(text).toMatch(/^[A-Z]/);
    expect(text + detail).not.toMatch(/event\.|undefined|null|\{\{/);
  });

  it('names the Sid, the second attempt, and that outcomes must be asked for', () => {
    expect(events.map((event) => once(event).text)[2]).toBe('Accepted; Sid 80bf…5211');
    const again = once({ type: 'sending', at, attempt: 2, byAsking: true });
    expect(again.text).toContain('attempt 2');
    expect(again.detail).toContain('outcomes are asked for');
  });

  it('says what Exotel reported, in our words or in its own', () => {
    const reported = (status: string | null, eventType: string | null = null) =>
      once({ type: 'reported', at, source: 'asked', report: { ...emptyReport, status, eventType } }).text;
    expect(reported('NO_ANSWER')).toBe('Exotel says: No answer');
    expect(reported('in-progress', 'answered')).toBe('Exotel says: Answered');
    expect(reported('machine')).toBe('Exotel says “machine”');
    expect(reported(null)).toBe('Exotel sent news of the call');
  });

  it('tells duration, price and recording, and how often the same came', () => {
    const event: CallEvent = {
      type: 'reported',
      at,
      source: 'callback',
      report: {
        ...emptyReport,
        status: 'completed',
        durationSeconds: 130,
        price: '1.500000',
        recordingUrl: 'https://recordings.exotel.com/x.mp3',
      },
    };
    const { detail } = eventWords({ event, times: 3, lastAt: at });
    expect(detail).toMatch(
      /^lasted 2:10 · price 1\.500000 · with recording · told by Exotel · received 3 times/,
    );
  });
});
