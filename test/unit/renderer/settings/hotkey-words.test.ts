import { describe, expect, it } from 'vitest';
import { recorded, refusalWords, stateWords } from '../../../../src-renderer/settings/hotkey-words.ts';
import type { KeyPressed } from '../../../../src-shared/accelerator.ts';

const press = (key: string, code: string, held: Partial<KeyPressed> = {}): KeyPressed => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe('recording a hotkey', () => {
  it('takes a combination that is free', () => {
    expect(recorded(press('D', 'KeyD', { ctrlKey: true, shiftKey: true }), 'windows')).toEqual({
      accelerator: 'CommandOrControl+Shift+D',
    });
  });

  it('waits while only modifiers are held', () => {
    expect(recorded(press('Control', 'ControlLeft', { ctrlKey: true }), 'linux')).toEqual({ problem: '' });
  });

  it('refuses what every program needs, by its name', () => {
    expect(recorded(press('c', 'KeyC', { ctrlKey: true }), 'windows')).toEqual({
      problem: 'Ctrl C copies and pastes in every program: choose another.',
    });
    expect(recorded(press('c', 'KeyC', { metaKey: true }), 'mac')).toEqual({
      problem: '⌘C copies and pastes in every program: choose another.',
    });
  });

  it('refuses a letter alone', () => {
    expect(recorded(press('d', 'KeyD'), 'linux')).toEqual({
      problem: expect.stringContaining('Shift alone'),
    });
  });
});

describe('a hotkey that the core refuses', () => {
  it('is said to be taken, and what stood before stays', () => {
    expect(refusalWords({ code: 'TAKEN' }, 'Ctrl Shift Y')).toMatch(/Ctrl Shift Y is taken.*stays/);
  });

  it('is said to be reserved, also by a core that knows more uses', () => {
    const refused = (use: string) =>
      refusalWords({ code: 'REFUSED', data: { problem: 'reserved', use } }, 'Ctrl P');
    expect(refused('program')).toContain('Ctrl P saves, prints');
    expect(refused('something-new')).toContain('no key combination');
  });
});

describe('the state of the hotkey', () => {
  it('claims to work only once it was pressed', () => {
    const said = (state: Parameters<typeof stateWords>[0]['state'], pressedAt: number | null = null) =>
      stateWords({ accelerator: 'CommandOrControl+Shift+Y', state, pressedAt });
    expect(said('unproven')).toContain('Press it now');
    expect(said('proven', Date.UTC(2026, 10, 25))).toMatch(/^It works: pressed at \d\d:\d\d:\d\d\.$/);
    expect(said('taken')).toContain('another program');
  });
});
