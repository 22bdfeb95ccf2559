import { describe, expect, it } from 'vitest';
import type { Hotkeys } from '../../src-main/ports.ts';

/** A desktop as far as its keys go. */
export interface HotkeysWorld {
  readonly hotkeys: Hotkeys;
  /** The person presses this combination, in whatever program. */
  readonly press: (accelerator: string) => void | Promise<void>;
  /** Another program has this combination from now on. */
  readonly takeElsewhere: (accelerator: string) => void | Promise<void>;
}

const first = 'CommandOrControl+Shift+D';
const second = 'CommandOrControl+Alt+J';

/** What the keys of every shell that has some promise (src-main/ports.ts). `open` gives a desktop with none registered. */
export function hotkeysSuite(name: string, open: () => HotkeysWorld | Promise<HotkeysWorld>): void {
  describe(`${name}: the keys of the whole desktop`, () => {
    const heard = () => {
      const presses: string[] = [];
      return { presses, as: (what: string) => () => void presses.push(what) };
    };

    it('tell each press of what is registered', async () => {
      const { hotkeys, press } = await open();
      const { presses, as } = heard();
      expect(hotkeys.register(first, as('first'))).toBe('registered');
      expect(presses).toEqual([]);
      await press(first);
      await press(first);
      expect(presses).toEqual(['first', 'first']);
    });

    it('another stands in the place of the one before', async () => {
      const { hotkeys, press } = await open();
      const { presses, as } = heard();
      hotkeys.register(first, as('first'));
      expect(hotkeys.register(second, as('second'))).toBe('registered');
      await press(first);
      await press(second);
      expect(presses).toEqual(['second']);
    });

    it('the same again is registered, and told once, to the newer', async () => {
      const { hotkeys, press } = await open();
      const { presses, as } = heard();
      hotkeys.register(first, as('older'));
      expect(hotkeys.register(first, as('newer'))).toBe('registered');
      await press(first);
      expect(presses).toEqual(['newer']);
    });

    it('what another program has is refused, and the one before stands', async () => {
      const { hotkeys, press, takeElsewhere } = await open();
      const { presses, as } = heard();
      hotkeys.register(first, as('first'));
      await takeElsewhere(second);
      expect(hotkeys.register(second, as('second'))).toBe('taken');
      await press(second);
      await press(first);
      expect(presses).toEqual(['first']);
    });

    it('none is registered by an empty one, and no press is told any more', async () => {
      const { hotkeys, press } = await open();
      const { presses, as } = heard();
      hotkeys.register(first, as('first'));
      expect(hotkeys.register('', as('none'))).toBe('registered');
      await press(first);
      expect(presses).toEqual([]);
      expect(hotkeys.register(first, as('again'))).toBe('registered');
      await press(first);
      expect(presses).toEqual(['again']);
    });
  });
}
