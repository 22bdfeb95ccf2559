import { expect, it } from 'vitest';
import { nextRow } from '../../../../src-renderer/ui/grid-keys.ts';

const size = { count: 100, page: 10 };

it.each([
  ['ArrowDown', 4, 5],
  ['ArrowDown', 99, 99],
  ['ArrowUp', 4, 3],
  ['ArrowUp', 0, 0],
  ['PageDown', 4, 14],
  ['PageDown', 95, 99],
  ['PageUp', 14, 4],
  ['PageUp', 4, 0],
  ['Home', 50, 0],
  ['End', 50, 99],
  ['Enter', 50, null],
  ['a', 50, null],
])('%s from row %i leads to %s', (key, from, to) => expect(nextRow(key, from, size)).toBe(to));

it('stays at the top of an empty grid', () => {
  expect(nextRow('ArrowDown', 0, { count: 0, page: 10 })).toBeLessThanOrEqual(0);
});
