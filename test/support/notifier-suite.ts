import { describe, expect, it } from 'vitest';
import type { Notifier } from '../../src-main/ports.ts';
import type { Note } from '../../src-shared/contract/desktop.ts';

/** A desktop as far as its notifications go. */
export interface NotifierWorld {
  readonly notifier: Notifier;
  /** What stands on the screen. */
  readonly shown: () => readonly ShownNote[] | Promise<readonly ShownNote[]>;
  /** The person clicks the one with this title, or a button of it. */
  readonly click: (title: string, action: 'open' | Note['actions'][number]) => void | Promise<void>;
}

export interface ShownNote {
  readonly title: string;
  readonly body: string;
}

const note: Note = {
  id: 'end 4f0e2c1a-77c8-4a55-9a0e-1f2f3f4f5f60',
  kind: 'ended',
  title: 'Priya Nair',
  body: 'Talked 2 min 10 s',
  callId: '4f0e2c1a-77c8-4a55-9a0e-1f2f3f4f5f60',
  actions: ['call-again', 'add-note'],
  urgent: false,
};
const other: Note = { ...note, id: 'end 2', title: 'Arjun Rao', body: 'No answer' };

/**
 * What every notifier of kind `system` promises (src-main/ports.ts). `open` gives a desktop without notifications;
 * `hasButtons`: its system has buttons in them.
 */
export function notifierSuite(
  name: string,
  open: () => NotifierWorld | Promise<NotifierWorld>,
  { hasButtons }: { readonly hasButtons: boolean },
): void {
  describe(`${name}: native notifications`, () => {
    const nobody = () => {};

    it('are of the system', async () => {
      expect((await open()).notifier.kind).toBe('system');
    });

    it('stand with their words until they are closed', async () => {
      const { notifier, shown } = await open();
      notifier.show(note, nobody);
      notifier.show(other, nobody);
      await expect
        .poll(async () => (await shown()).map(({ title }) => title))
        .toEqual([note.title, other.title]);
      notifier.close(note.id);
      await expect.poll(shown).toMatchObject([{ title: other.title, body: other.body }]);
    });

    it('one with the same id takes the place of the one before', async () => {
      const { notifier, shown, click } = await open();
      const clicks: string[] = [];
      notifier.show(note, () => clicks.push('older'));
      notifier.show({ ...note, body: 'Talked 3 min' }, () => clicks.push('newer'));
      await expect.poll(shown).toMatchObject([{ title: note.title, body: 'Talked 3 min' }]);
      await click(note.title, 'open');
      await expect.poll(() => clicks).toEqual(['newer']);
    });

    it('closing what is not there is no error', async () => {
      const { notifier, shown } = await open();
      notifier.close('end nobody');
      notifier.show(note, nobody);
      notifier.close(note.id);
      notifier.close(note.id);
      await expect.poll(shown).toEqual([]);
    });

    it('a click is told once, and to whom it belongs', async () => {
      const { notifier, click } = await open();
      const clicks: string[] = [];
      notifier.show(note, (action) => clicks.push(`first ${action}`));
      notifier.show(other, (action) => clicks.push(`second ${action}`));
      await click(other.title, 'open');
      await expect.poll(() => clicks).toEqual(['second open']);
    });

    it.runIf(hasButtons)('a button tells which', async () => {
      const { notifier, click } = await open();
      const clicks: string[] = [];
      notifier.show(note, (action) => clicks.push(`first ${action}`));
      notifier.show(other, (action) => clicks.push(`second ${action}`));
      await click(note.title, 'add-note');
      await click(other.title, 'call-again');
      await expect.poll(() => clicks).toEqual(['first add-note', 'second call-again']);
    });
  });
}
