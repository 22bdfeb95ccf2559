import { expect, it } from 'vitest';
import { nextAskAfter } from '../../../src-main/calls/reconciler.ts';

it('asks at 15, 30 and 60 s after the send, then each minute', () => {
  const asked: number[] = [];
  for (let at = 0; asked.length < 6; at = asked.at(-1) ?? 0) asked.push(nextAskAfter(at));
  expect(asked).toEqual([15_000, 30_000, 60_000, 120_000, 180_000, 240_000]);
});

it('never asks at a time that has passed', () => {
  for (const elapsed of [0, 14_999, 15_000, 15_001, 59_999, 60_000, 3_600_000, 3_600_001]) {
    expect(nextAskAfter(elapsed)).toBeGreaterThan(elapsed);
  }
});
