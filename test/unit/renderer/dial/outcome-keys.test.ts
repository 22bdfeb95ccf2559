import { describe, expect, it } from 'vitest';
import { type DigitPress, outcomeOfKey } from '../../../../src-renderer/dial/outcome-keys.ts';

const press = (key: string, changes: Partial<DigitPress> = {}): DigitPress => ({
  key,
  repeat: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...changes,
});

describe('a plain digit after a call', () => {
  it('chooses the outcome of that place', () => {
    expect(outcomeOfKey(press('1'), 6, 'elsewhere')).toBe(0);
    expect(outcomeOfKey(press('6'), 6, 'empty-dial-box')).toBe(5);
  });

  it('stays text in a field that has some', () => {
    expect(outcomeOfKey(press('1'), 6, 'text')).toBeNull();
  });

  it('is left alone where no outcome has that place', () => {
    expect(outcomeOfKey(press('7'), 6, 'elsewhere')).toBeNull();
    expect(outcomeOfKey(press('0'), 6, 'elsewhere')).toBeNull();
    expect(outcomeOfKey(press('a'), 6, 'elsewhere')).toBeNull();
  });

  it('is another key with Ctrl, Cmd or Alt, and does nothing while it is held', () => {
    for (const held of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { repeat: true }]) {
      expect(outcomeOfKey(press('1', held), 6, 'elsewhere')).toBeNull();
    }
  });
});
