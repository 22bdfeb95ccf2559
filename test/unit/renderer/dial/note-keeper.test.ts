import { describe, expect, it } from 'vitest';
import { createNoteKeeper } from '../../../../src-renderer/dial/note-keeper.ts';

/** A keeper whose pauses and saves end when the test says so. */
function keeperInHand() {
  const saves: { readonly text: string; readonly end: (problem: string | null) => Promise<void> }[] = [];
  let pause: (() => void) | null = null;
  const keeper = createNoteKeeper({
    save: (_, text) =>
      new Promise((resolve) => {
        saves.push({
          text,
          end: async (problem) => {
            resolve(problem);
            await new Promise((settled) => setImmediate(settled));
          },
        });
      }),
    after: (_, then) => {
      pause = then;
      return () => {
        pause = null;
      };
    },
  });
  return {
    keeper,
    saves,
    state: () => keeper.draft('a')?.state,
    waits: () => pause !== null,
    pauseEnds: () => pause?.(),
  };
}

describe('a note', () => {
  it('is saved once typing pauses, whole', async () => {
    const { keeper, pauseEnds, saves, state } = keeperInHand();
    keeper.type('a', 'S');
    keeper.type('a', 'Send');
    expect(saves).toEqual([]);
    pauseEnds();
    expect(saves.map(({ text }) => text)).toEqual(['Send']);
    expect(state()).toBe('saving');
    await saves[0]?.end(null);
    expect(state()).toBe('saved');
  });

  it('is saved at once as its field or its screen is left, and not twice', async () => {
    const { keeper, saves, waits } = keeperInHand();
    keeper.type('a', 'Send');
    keeper.flush('a');
    expect(saves).toHaveLength(1);
    expect(waits()).toBe(false);
    await saves[0]?.end(null);
    keeper.flush('a');
    expect(saves).toHaveLength(1);
  });

  it('that was typed on while it was saved is saved again, after the first', async () => {
    const { keeper, saves, state } = keeperInHand();
    keeper.type('a', 'Send');
    keeper.flush('a');
    keeper.type('a', 'Send the price');
    keeper.flush('a');
    expect(saves).toHaveLength(1);
    await saves[0]?.end(null);
    expect(saves.map(({ text }) => text)).toEqual(['Send', 'Send the price']);
    await saves[1]?.end(null);
    expect(state()).toBe('saved');
  });

  it('that could not be saved is kept with why, and is sent again as its field is left', async () => {
    const { keeper, saves } = keeperInHand();
    keeper.type('a', 'Send');
    keeper.flush('a');
    await saves[0]?.end('The disk is full.');
    expect(keeper.draft('a')).toEqual({ text: 'Send', state: 'failed', problem: 'The disk is full.' });
    keeper.flush('a');
    expect(saves).toHaveLength(2);
  });

  it('of one call does not touch another’s', () => {
    const { keeper } = keeperInHand();
    keeper.type('a', 'Send');
    expect(keeper.draft('b')).toBeUndefined();
  });
});
