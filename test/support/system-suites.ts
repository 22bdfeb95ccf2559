import { describe, expect, it } from 'vitest';
import type { LinkScheme } from '../../src-main/desktop/links.ts';
import type { LinkOwner, LoginItem, Presence, ReadClipboard } from '../../src-main/ports.ts';

/** A desktop as far as it opens links. */
export interface LinkOwnerWorld {
  readonly linkOwner: LinkOwner;
  /** The system opens links of this kind with that program from now on. */
  readonly give: (scheme: LinkScheme, to: 'us' | 'another') => void | Promise<void>;
  /** How often the system's page, where a person can say so, was opened. */
  readonly pagesOpened: () => number | Promise<number>;
}

const schemes: readonly LinkScheme[] = ['tel', 'callto', 'flowdial'];

/** What every shell that can tell who opens links promises (src-main/ports.ts). `open`: another program opens them all. */
export function linkOwnerSuite(name: string, open: () => LinkOwnerWorld | Promise<LinkOwnerWorld>): void {
  describe(`${name}: who opens links`, () => {
    it.each(schemes)('%s: is told as it is now, whoever changed it', async (scheme) => {
      const { linkOwner, give } = await open();
      expect(linkOwner.owns(scheme)).toBe(false);
      await give(scheme, 'us');
      expect(linkOwner.owns(scheme)).toBe(true);
      expect(schemes.filter((other) => linkOwner.owns(other))).toEqual([scheme]);
      await give(scheme, 'another');
      expect(linkOwner.owns(scheme)).toBe(false);
    });

    it.each(schemes)(
      '%s: claiming it has it, or opens the page where a person can say so',
      async (scheme) => {
        const { linkOwner, pagesOpened } = await open();
        expect(linkOwner.claim(scheme)).toBe(true);
        await expect
          .poll(async () => linkOwner.owns(scheme) === true || (await pagesOpened()) > 0)
          .toBe(true);
        expect(schemes.filter((other) => other !== scheme && linkOwner.owns(other))).toEqual([]);
      },
    );

    it('asking claims nothing', async () => {
      const { linkOwner, pagesOpened } = await open();
      for (const scheme of schemes) linkOwner.owns(scheme);
      expect(schemes.map((scheme) => linkOwner.owns(scheme))).toEqual([false, false, false]);
      expect(await pagesOpened()).toBe(0);
    });
  });
}

/** What every shell that can start at login promises (src-main/ports.ts). `open`: it does not yet. */
export function loginItemSuite(name: string, open: () => LoginItem | Promise<LoginItem>): void {
  describe(`${name}: starting at login`, () => {
    it('is off until it is set, and told as it was set last', async () => {
      const loginItem = await open();
      expect(loginItem.starts()).toBe(false);
      loginItem.set(true);
      expect(loginItem.starts()).toBe(true);
      loginItem.set(false);
      expect(loginItem.starts()).toBe(false);
    });

    it('setting what is set is no error', async () => {
      const loginItem = await open();
      loginItem.set(false);
      expect(loginItem.starts()).toBe(false);
      loginItem.set(true);
      loginItem.set(true);
      expect(loginItem.starts()).toBe(true);
    });
  });
}

/** A desktop as far as its clipboard goes. */
export interface ClipboardWorld {
  readonly readClipboard: ReadClipboard;
  /** Another program copies this text. */
  readonly copy: (text: string) => void | Promise<void>;
}

/** What every shell that has a clipboard promises (src-main/ports.ts). `open` gives an empty one. */
export function clipboardSuite(name: string, open: () => ClipboardWorld | Promise<ClipboardWorld>): void {
  describe(`${name}: the clipboard`, () => {
    it('is a text, an empty one too', async () => {
      expect((await open()).readClipboard()).toBe('');
    });

    it('is given letter for letter, as it is now, and stays', async () => {
      const { readClipboard, copy } = await open();
      await copy('98765 43210');
      expect(readClipboard()).toBe('98765 43210');
      const text = ' Käse ₹ 500\nप्रिया ९८७६५ ४३२१० 🔑\t';
      await copy(text);
      expect([readClipboard(), readClipboard()]).toEqual([text, text]);
    });
  });
}

/** A desktop as far as it tells whether somebody sits at it. */
export interface PresenceWorld {
  readonly presence: Presence;
  readonly lock: () => void | Promise<void>;
  readonly unlock: () => void | Promise<void>;
}

/** What every shell that knows when the screen is locked promises (src-main/ports.ts). */
export function presenceSuite(name: string, open: () => PresenceWorld | Promise<PresenceWorld>): void {
  describe(`${name}: presence`, () => {
    it('tells everyone who listens each time the screen is locked, and not that it is unlocked', async () => {
      const { presence, lock, unlock } = await open();
      const told: string[] = [];
      presence.onLock(() => told.push('one'));
      presence.onLock(() => told.push('other'));
      expect(told).toEqual([]);
      await lock();
      await expect.poll(() => told.toSorted()).toEqual(['one', 'other']);
      await unlock();
      await lock();
      await expect.poll(() => told.toSorted()).toEqual(['one', 'one', 'other', 'other']);
    });

    it('tells nobody who has ended it', async () => {
      const { presence, lock } = await open();
      const told: string[] = [];
      const end = presence.onLock(() => told.push('ended'));
      presence.onLock(() => told.push('listens'));
      end();
      end();
      await lock();
      await expect.poll(() => told).toEqual(['listens']);
    });
  });
}
