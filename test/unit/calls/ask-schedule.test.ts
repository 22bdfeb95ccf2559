import { expect, it } from 'vitest';
import { backOffAfter, nextAskAfter, type Question } from '../../../src-main/calls/ask-schedule.ts';

/** The first times at which it is asked, s. */
function asked(question: Question, count: number, repIsThere = true): (number | null)[] {
  const times: (number | null)[] = [];
  for (let at: number | null = 0; times.length < count && at !== null; ) {
    at = nextAskAfter(question, at, repIsThere);
    times.push(at === null ? null : at / 1000);
  }
  return times;
}

it('asks for an end at 15, 30 and 60 s after the send, each minute to 15 min, then each 5', () => {
  const times = asked('end', 20);
  expect(times.slice(0, 4)).toEqual([15, 30, 60, 120]);
  expect(times.slice(14)).toEqual([780, 840, 900, 1200, 1500, 1800].slice(0, 6));
});

it('asks for an end each 5 min from the first minute on while the rep is away', () => {
  expect(asked('end', 6, false)).toEqual([15, 30, 60, 300, 600, 900]);
});

it('seeks a lost Sid at 20 s, 1, 2, 5, 10, 20 and 30 min, then each 5', () => {
  expect(asked('sid', 9)).toEqual([20, 60, 120, 300, 600, 1200, 1800, 2100, 2400]);
});

it('asks for duration and price 3, 6 and 15 min after the end, and then no more', () => {
  expect(asked('details', 4)).toEqual([180, 360, 900, null]);
});

it('never asks at a time that has passed', () => {
  for (const question of ['end', 'sid'] as const) {
    for (const elapsed of [
      0, 14_999, 15_000, 15_001, 59_999, 60_000, 899_999, 900_000, 3_600_000, 3_600_001,
    ]) {
      expect(nextAskAfter(question, elapsed, true)).toBeGreaterThan(elapsed);
    }
  }
});

it('leaves a line that fails alone for longer each time, up to 10 min', () => {
  expect([1, 2, 3, 4, 5, 6, 60].map((failures) => backOffAfter(failures) / 1000)).toEqual([
    30, 60, 120, 240, 480, 600, 600,
  ]);
});
