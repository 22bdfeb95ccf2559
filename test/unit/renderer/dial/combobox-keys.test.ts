import { describe, expect, it } from 'vitest';
import { type BoxState, boxAction } from '../../../../src-renderer/dial/combobox-keys.ts';

const state = (changes: Partial<BoxState> = {}): BoxState => ({
  open: true,
  active: null,
  count: 3,
  empty: false,
  ...changes,
});
const press = (key: string, changes: Partial<BoxState> = {}) =>
  boxAction({ key, repeat: false, composing: false }, state(changes));

describe('the dial box', () => {
  it('goes through the suggestions and back to what is typed', () => {
    const down = [null, 0, 1, 2].map((active) => press('ArrowDown', { active }));
    expect(down).toEqual([0, 1, 2, null].map((active) => ({ type: 'highlight', active })));
    const up = [null, 2, 1, 0].map((active) => press('ArrowUp', { active }));
    expect(up).toEqual([2, 1, 0, null].map((active) => ({ type: 'highlight', active })));
  });

  it('opens a closed list at its first suggestion, whatever was highlighted before', () => {
    expect(press('ArrowDown', { open: false, active: 2 })).toEqual({ type: 'highlight', active: 0 });
  });

  it('leaves arrows to the text where there is nothing to choose', () => {
    expect(press('ArrowDown', { count: 0 })).toBeNull();
    expect(press('ArrowUp', { count: 0 })).toBeNull();
  });

  it('calls what is highlighted, else what is typed', () => {
    expect(press('Enter', { active: 1 })).toEqual({ type: 'call', active: 1 });
    expect(press('Enter')).toEqual({ type: 'call', active: null });
  });

  it('never calls a suggestion that is not shown', () => {
    expect(press('Enter', { open: false, active: 1 })).toEqual({ type: 'call', active: null });
  });

  it('does not call on a held Enter, nor on one that ends a composition', () => {
    expect(boxAction({ key: 'Enter', repeat: true, composing: false }, state())).toEqual({
      type: 'swallow',
    });
    expect(boxAction({ key: 'Enter', repeat: false, composing: true }, state())).toBeNull();
  });

  it('closes with the first Esc, clears with the second, and then leaves Esc alone', () => {
    expect(press('Escape')).toEqual({ type: 'close' });
    expect(press('Escape', { open: false })).toEqual({ type: 'clear' });
    expect(press('Escape', { open: false, empty: true })).toBeNull();
  });
});
