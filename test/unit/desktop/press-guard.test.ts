import { expect, it } from 'vitest';
import { guardPress, noPressYet, type PressGuardState } from '../../../src-main/desktop/press-guard.ts';

/** Presses with their times, ms, and whether the card is open; which of them count. */
function press(presses: readonly (readonly [at: number, cardOpen?: boolean])[]): boolean[] {
  let state: PressGuardState = noPressYet;
  return presses.map(([at, cardOpen = false]) => {
    const guarded = guardPress(state, at, cardOpen);
    state = guarded.state;
    return guarded.counts;
  });
}

it('the first press counts, even when the clock has just begun', () => {
  expect(press([[0]])).toEqual([true]);
});

it('a press that fires twice is one', () => {
  expect(press([[1000], [1001], [1399]])).toEqual([true, false, false]);
  expect(press([[1000], [1400]])).toEqual([true, true]);
});

it('a key that is held down is one press, however long', () => {
  expect(
    press(Array.from({ length: 100 }, (_, index) => [index * 33] as const)).filter(Boolean),
  ).toHaveLength(1);
});

it('a press while the card is open opens no second one', () => {
  expect(press([[0], [5000, true], [9000]])).toEqual([true, false, true]);
});

it('a second firing is none, though the card was closed in between', () => {
  expect(press([[5000, true], [5100]])).toEqual([false, false]);
});
