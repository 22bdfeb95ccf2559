import { describe, expect, it } from 'vitest';
import type { Windows } from '../../src-main/ports.ts';

export type WindowName = 'main' | 'card' | 'strip';

/** A desktop as far as the program's windows go. */
export interface WindowsWorld {
  readonly windows: Windows;
  /** Those that a person sees, each as often as it is there. */
  readonly visible: () => readonly WindowName[] | Promise<readonly WindowName[]>;
  /** Which has the keyboard; null: none of them. */
  readonly focused: () => WindowName | null | Promise<WindowName | null>;
  /** The person closes this one by the system's own means. */
  readonly close: (window: WindowName) => void | Promise<void>;
  /** The person goes to another program's window. */
  readonly leave: () => void | Promise<void>;
  readonly hasQuit: boolean;
}

/** What the windows of every shell that has some promise (src-main/ports.ts). `open` gives a program without one. */
export function windowsSuite(name: string, open: () => WindowsWorld | Promise<WindowsWorld>): void {
  describe(`${name}: windows`, () => {
    it('the card is shown with the keyboard, until it is hidden', async () => {
      const { windows, visible, focused } = await open();
      windows.showCard();
      await expect.poll(visible).toEqual(['card']);
      await expect.poll(focused).toBe('card');
      windows.hideCard();
      await expect.poll(visible).toEqual([]);
    });

    it('the card comes to the front again, and is one', async () => {
      const { windows, visible, focused, leave } = await open();
      windows.showCard();
      await expect.poll(focused).toBe('card');
      await leave();
      await expect.poll(focused).toBeNull();
      windows.showCard();
      await expect.poll(focused).toBe('card');
      expect(await visible()).toEqual(['card']);
    });

    it('the card that a person closed is shown the next time', async () => {
      const { windows, visible, close } = await open();
      windows.showCard();
      await expect.poll(visible).toEqual(['card']);
      await close('card');
      await expect.poll(visible).toEqual([]);
      windows.showCard();
      await expect.poll(visible).toEqual(['card']);
    });

    it('hiding what is not shown is no error', async () => {
      const { windows, visible } = await open();
      windows.hideCard();
      windows.showStrip(false);
      expect(await visible()).toEqual([]);
    });

    it('the strip is shown and hidden, is one however often it is said, and takes nobody’s keyboard', async () => {
      const { windows, visible, focused } = await open();
      windows.showMain();
      await expect.poll(focused).toBe('main');
      windows.showStrip(true);
      windows.showStrip(true);
      await expect.poll(async () => (await visible()).toSorted()).toEqual(['main', 'strip']);
      expect(await focused()).toBe('main');
      windows.showStrip(false);
      await expect.poll(visible).toEqual(['main']);
    });

    it('the main window comes to the front, is one, and is opened where it was closed', async () => {
      const { windows, visible, focused, leave, close } = await open();
      windows.showMain();
      await expect.poll(focused).toBe('main');
      await leave();
      windows.showMain();
      await expect.poll(focused).toBe('main');
      expect(await visible()).toEqual(['main']);
      await close('main');
      await expect.poll(visible).toEqual([]);
      windows.showMain();
      await expect.poll(visible).toEqual(['main']);
      await expect.poll(focused).toBe('main');
    });

    it('quitting ends the program', async () => {
      const world = await open();
      expect(world.hasQuit).toBe(false);
      world.windows.quit();
      await expect.poll(() => world.hasQuit).toBe(true);
    });
  });
}
