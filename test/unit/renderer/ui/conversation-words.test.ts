import { describe, expect, it } from 'vitest';
import { conversationWords, type Told } from '../../../../src-renderer/ui/conversation-words.ts';
import { callStatuses } from '../../../../src-shared/call.ts';
import { conversationStates } from '../../../../src-shared/conversation.ts';
import { callOf } from '../calls.ts';

const told = (conversation: Partial<Told['conversation']>, changes: Partial<Told> = {}) => {
  const call = callOf([], { contactName: 'Priya', status: 'completed', ...changes });
  return conversationWords({ ...call, conversation: { ...call.conversation, ...conversation } });
};
const long = (...about: Parameters<typeof told>) => told(...about)?.long;
const short = (...about: Parameters<typeof told>) => told(...about)?.short;

describe('who talked', () => {
  it('is said with how long, where that is known', () => {
    expect(long({ state: 'talked', seconds: 130 })).toBe('Talked 2 min 10 s');
    expect(long({ state: 'talked', seconds: null })).toBe('Talked');
  });

  it('names who was left waiting, and why', () => {
    expect(long({ state: 'missed', seconds: 18, why: 'no-answer' })).toBe('You missed it: Priya waited 18 s');
    expect(long({ state: 'missed', seconds: null, why: null })).toBe('You missed it');
    expect(long({ state: 'missed', seconds: 7, why: 'declined' })).toBe('You declined it: Priya waited 7 s');
    expect(long({ state: 'missed', why: 'away' })).toBe('You were away: nobody was connected');
    expect(long({ state: 'missed', why: 'called-off' })).toMatch(/^Called off: Priya /);
    expect(long({ state: 'left', seconds: 12 })).toBe('Priya hung up while waiting 12 s');
  });

  it('names a number where there is no contact', () => {
    expect(long({ state: 'left' }, { contactName: null })).toBe('+91 98450 12345 hung up while waiting');
  });

  it('never makes talk of a call that has only ended', () => {
    expect(long({ state: 'unknown' })).toBe('Completed, conversation unknown');
    expect(long({ state: 'unknown' }, { calledOff: true })).toBe('Called off: you were not connected');
    expect(long({ state: 'automated' })).toMatch(/^Automated/);
  });

  it('leaves it to the status where nobody was on the line', () => {
    expect(told({ state: 'unknown' }, { status: 'busy' })).toBeNull();
    expect(told({ state: 'automated' }, { status: 'no-answer' })).toBeNull();
    expect(told({ state: 'unknown' }, { status: 'in-progress' })).toBeNull();
  });

  it('has the colour of a waiting customer only where one waits or was left waiting', () => {
    const tones = conversationStates.map((state) => [state, told({ state })?.tone]);
    expect(Object.fromEntries(tones)).toEqual({
      unknown: 'quiet',
      automated: 'brand',
      waiting: 'wait',
      talking: 'ok',
      talked: 'ok',
      missed: 'wait',
      left: 'wait',
    });
    expect(told({ state: 'missed', why: 'called-off' })?.tone).toBe('quiet');
  });

  it('is short in a pill', () => {
    expect(short({ state: 'missed', seconds: 18 })).toBe('You missed it: waited 18 s');
    expect(short({ state: 'left', seconds: 9 })).toBe('Left after 9 s');
    for (const status of callStatuses) {
      for (const state of conversationStates) {
        const words = told({ state, seconds: 4000 }, { status });
        expect(words?.short ?? '').not.toMatch(/\{\{|conversation\./);
        expect((words?.short ?? '').length).toBeLessThan(36);
      }
    }
  });
});
