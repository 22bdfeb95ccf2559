import { describe, expect, it } from 'vitest';
import {
  clock,
  dayHeading,
  initials,
  shortSid,
  shortWhen,
  spoken,
  timeOfDay,
  timeWithSeconds,
} from '../../../../src-renderer/ui/format.ts';

const local = (...parts: [number, number, number, number?, number?, number?]) => new Date(...parts).getTime();

describe('times', () => {
  const now = local(2026, 10, 23, 16, 32, 8);

  it('are in this computer’s zone, with 24 hours', () => {
    expect(timeOfDay(local(2026, 0, 5, 0, 4))).toBe('00:04');
    expect(timeWithSeconds(now)).toBe('16:32:08');
  });

  it('of today are hours, of other days the day', () => {
    expect(shortWhen(local(2026, 10, 23, 9, 5), now)).toBe('09:05');
    expect(shortWhen(local(2026, 10, 9, 9, 5), now)).toBe('9 Nov');
    expect(shortWhen(local(2025, 10, 9, 9, 5), now)).toBe('9 Nov 2025');
  });

  it('are headed by the day as people say it', () => {
    expect(dayHeading(local(2026, 10, 23, 0, 0, 1), now)).toBe('Today');
    expect(dayHeading(local(2026, 10, 22, 23, 59), now)).toBe('Yesterday');
    expect(dayHeading(local(2026, 10, 9), now)).toContain('9 November');
    expect(dayHeading(local(2025, 10, 9), now)).toContain('2025');
  });

  it('count days by the calendar, not by 24 hours', () => {
    expect(dayHeading(local(2026, 10, 22, 23, 59), local(2026, 10, 23, 0, 1))).toBe('Yesterday');
  });
});

describe('clock', () => {
  it.each([
    [0, '0:00'],
    [6.9, '0:06'],
    [764, '12:44'],
    [3730, '1:02:10'],
    [-3, '0:00'],
  ])('shows %s seconds as %s', (seconds, text) => expect(clock(seconds)).toBe(text));
});

describe('initials', () => {
  it.each([
    ['Priya Sharma', 'PS'],
    ['Acme', 'A'],
    ['Anil K. (Meher) Foods', 'AF'],
    ['प्रिया शर्मा', 'पश'],
    ['+91 98450 12345', '#'],
    ['', '#'],
  ])('of “%s” are %s', (name, text) => expect(initials(name)).toBe(text));
});

it('shortens a long Sid and leaves a short one', () => {
  expect(shortSid('80bfbec2b5d34e60a1c2b7d4f1e05211')).toBe('80bf…5211');
  expect(shortSid('abc123')).toBe('abc123');
});

it('speaks a number digit by digit, and a name as it is', () => {
  expect(spoken('+91 98450 12345')).toBe('+ 9 1 9 8 4 5 0 1 2 3 4 5');
  expect(spoken('Priya 2')).toBe('Priya 2');
});
