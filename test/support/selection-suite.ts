import { describe, expect, it } from 'vitest';
import type { SelectionReader } from '../../src-main/ports.ts';
import { findPhoneNumbers } from '../../src-shared/phone-number.ts';

/** A desktop as far as it can be asked what is highlighted on it. */
export interface SelectionWorld {
  readonly reader: SelectionReader;
  /** Empty: nothing is highlighted any more. */
  readonly highlight: (text: string) => void;
}

/** What every selection reader promises (src-main/ports.ts). `open` gives a desktop on which nothing is highlighted. */
export function selectionSuite(name: string, open: () => SelectionWorld): void {
  describe(`${name}: a selection reader`, () => {
    it('finds nothing where nothing is highlighted', async () => {
      expect(await open().reader.read()).toEqual({ kind: 'nothing', why: 'empty' });
    });

    it('gives the highlighted text, letter for letter', async () => {
      const { reader, highlight } = open();
      const text = ' Käse ₹ 500\nप्रिया ९८७६५ ४३२१० 🔑\t';
      highlight(text);
      expect(await reader.read()).toMatchObject({ kind: 'text', text });
    });

    it('finds nothing in blanks', async () => {
      const { reader, highlight } = open();
      highlight(' \n\t ');
      expect(await reader.read()).toEqual({ kind: 'nothing', why: 'empty' });
    });

    it('tells what is highlighted now, never what was', async () => {
      const { reader, highlight } = open();
      highlight('98765 43210');
      await reader.read();
      highlight('91234 56789');
      expect(await reader.read()).toMatchObject({ text: '91234 56789' });
      highlight('');
      expect(await reader.read()).toEqual({ kind: 'nothing', why: 'empty' });
    });

    it('gives the same answer to all who ask at the same time', async () => {
      const { reader, highlight } = open();
      highlight('98765 43210');
      const [first, second] = await Promise.all([reader.read(), reader.read()]);
      expect(first).toMatchObject({ text: '98765 43210' });
      expect(second).toBe(first);
    });

    it('cuts a text that nobody means to call somebody in, and makes no other number of one at the cut', async () => {
      const { reader, highlight } = open();
      // Fifteen digits that are no number; cut after 20 000 characters they would be 080 4719 1234.
      highlight(`${'a'.repeat(19_988)} ${'080471912345678 '.repeat(200)}`);
      const read = await reader.read();
      const text = read.kind === 'text' ? read.text : '';
      expect(text).not.toBe('');
      expect(text.length).toBeLessThan(21_000);
      expect(findPhoneNumbers(text, 'IN')).toEqual([]);
    });
  });
}
