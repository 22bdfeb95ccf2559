import { expect, it } from 'vitest';
import { skewOf } from '../../../src-main/exotel/clock-skew.ts';

const noon = Date.UTC(2026, 10, 24, 12);

it('is Exotel’s time less ours, halfway between the request and the answer', () => {
  const headers = { date: new Date(noon).toUTCString() };
  expect(skewOf(headers, noon - 300_000, noon - 298_000)).toBe(299_500);
  expect(skewOf(headers, noon + 60_000, noon + 60_000)).toBe(-59_500);
});

it.each([undefined, 'yesterday', ['a', 'b']])('is not known from %j', (date) => {
  expect(skewOf({ date }, noon, noon)).toBeNull();
});
