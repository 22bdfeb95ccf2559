import { beforeEach, describe, expect, it } from 'vitest';
import { firstOf } from '../../../src-main/practice-line/first-of.ts';
import {
  createPracticePhone,
  type PracticePhoneSet,
} from '../../../src-main/practice-line/practice-phone.ts';

const shown = { sid: 'one', customField: null, number: '+919876543210', from: '08047191234', whisper: null };

let now = 0;
let states: string[];
let phone: PracticePhoneSet;

beforeEach(() => {
  now = 0;
  states = [];
  phone = createPracticePhone({ now: () => now, changed: ({ state }) => states.push(state) });
});

describe('the practice phone', () => {
  it('rings, is answered, and is hung up, and tells each', async () => {
    const picked = firstOf(phone.ring(shown));
    expect(phone.state()).toEqual({ ...shown, state: 'ringing', since: 0 });
    now = 4000;
    expect(phone.answer()).toBe(true);
    expect(await picked).toBe('answered');
    expect(phone.state()).toEqual({ ...shown, state: 'talking', since: 4000 });
    const ended = firstOf(phone.hungUp('one'));
    expect(phone.hangUp()).toBe(true);
    expect(await ended).toBe('hung-up');
    expect(states).toEqual(['ringing', 'talking', 'idle']);
  });

  it('is busy once it is declined', async () => {
    const picked = firstOf(phone.ring(shown));
    expect(phone.decline()).toBe(true);
    expect(await picked).toBe('busy');
    expect(phone.state()).toEqual({ state: 'idle' });
  });

  it('stops ringing when something else happens first', async () => {
    const picked = firstOf<string>(phone.ring(shown), (happen) => {
      happen('no-answer');
      return () => {};
    });
    expect(await picked).toBe('no-answer');
    expect(states).toEqual(['ringing', 'idle']);
    expect(phone.answer()).toBe(false);
  });

  it('is busy for a second call, and goes on with the first', async () => {
    void firstOf(phone.ring(shown));
    phone.answer();
    expect(await firstOf(phone.ring({ ...shown, sid: 'two' }))).toBe('busy');
    expect(phone.state()).toMatchObject({ state: 'talking', sid: 'one' });
  });

  it('was hung up before anybody asked', async () => {
    void firstOf(phone.ring(shown));
    phone.answer();
    phone.hangUp();
    expect(await firstOf(phone.hungUp('one'))).toBe('hung-up');
  });

  it('is freed by its own call only', () => {
    void firstOf(phone.ring(shown));
    phone.answer();
    phone.free('two');
    expect(phone.state().state).toBe('talking');
    phone.free('one');
    expect(phone.state().state).toBe('idle');
  });

  it('has nothing to answer, decline or hang up while it is idle', () => {
    expect([phone.answer(), phone.decline(), phone.hangUp()]).toEqual([false, false, false]);
    expect(states).toEqual([]);
  });
});
