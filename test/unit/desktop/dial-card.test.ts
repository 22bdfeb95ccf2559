import { describe, expect, it } from 'vitest';
import { dialCardOfSelection, dialCardOfText } from '../../../src-main/desktop/dial-card.ts';

function numbersOf(text: string): string[] {
  const card = dialCardOfText(text);
  return card.kind === 'numbers' ? card.numbers.map((number) => number.e164) : [];
}

describe('the dial card of a text', () => {
  it.each([
    ['98765 43210', ['+919876543210']],
    // What the closest peer glues, strips or loses (peers.md, A).
    ['98765 43210 or 91234 56789', ['+919876543210', '+919123456789']],
    ['+91 (0)98765-43210', ['+919876543210']],
    ['(+91) 98765 43210', ['+919876543210']],
    ['Mob:9876543210;Ph:080-41234567', ['+919876543210', '+918041234567']],
    ['९८७६५४३२१०', ['+919876543210']],
  ])('offers the numbers of %j in their order', (text, numbers) => {
    expect(numbersOf(text)).toEqual(numbers);
  });

  it.each([
    'Invoice 42 of 2026',
    'Order 9876543210 paid',
    'A/c 50100123456789',
    'Aadhaar 1234 5678 9012',
    'GSTIN 29ABCDE1234F1Z5',
    '1234567890',
    '12/05/2026 10:30',
    'Rs 12,34,567.00',
  ])('finds no number in %j and says what was read', (text) => {
    expect(dialCardOfText(text)).toEqual({ kind: 'no-number', read: text });
  });

  it('offers a number once, however it is written', () => {
    expect(numbersOf('98765 43210, +91-98765-43210, 91234 56789, 098765 43210')).toEqual([
      '+919876543210',
      '+919123456789',
    ]);
  });

  it('offers as many as there are digit keys, and counts the rest', () => {
    const text = Array.from({ length: 12 }, (_, index) => `98765 432${10 + index}`).join('\n');
    const card = dialCardOfText(text);
    expect(card).toMatchObject({ more: 3 });
    expect(numbersOf(text)).toHaveLength(9);
    expect(numbersOf(text)[8]).toBe('+919876543218');
    expect(dialCardOfText('98765 43210')).toMatchObject({ more: 0 });
  });

  it('shows a number that Exotel cannot ring, and an extension that nobody would press', () => {
    expect(dialCardOfText('1800 123 4567')).toMatchObject({ numbers: [{ callable: false }] });
    expect(dialCardOfText('022-67890123 ext 45')).toMatchObject({
      numbers: [{ e164: '+912267890123', extension: '45', callable: true }],
    });
  });

  it('shortens what was read between characters, in one line', () => {
    expect(dialCardOfText(`  first line\r\n\tsecond ${'क्षि'.repeat(100)}`)).toEqual({
      kind: 'no-number',
      read: `first line second ${'क्षि'.repeat(80 - 'first line second '.length)}…`,
    });
    expect(dialCardOfText('x'.repeat(80))).toEqual({ kind: 'no-number', read: 'x'.repeat(80) });
    expect(dialCardOfText(`x${' '.repeat(3000)}y`)).toEqual({ kind: 'no-number', read: 'x…' });
  });

  it('shows nothing that could make a text pass for another', () => {
    const text = 'pay\u202Eelif\u2066\u200B\u0000\u001B[31m\uFEFF\uD800 now 👩‍💼';
    expect(dialCardOfText(text)).toEqual({ kind: 'no-number', read: 'payelif[31m now 👩‍💼' });
  });
});

describe('the dial card of a selection', () => {
  it('is that of its text, wherever it was read', () => {
    const card = dialCardOfText('98765 43210');
    for (const source of ['native', 'primary'] as const) {
      expect(dialCardOfSelection({ kind: 'text', text: '98765 43210', source })).toEqual(card);
    }
  });

  it.each(['empty', 'no-native', 'no-permission', 'crashed', 'timed-out'] as const)(
    'says that nothing was read (%s), and offers no number from elsewhere',
    (why) => {
      expect(dialCardOfSelection({ kind: 'nothing', why })).toEqual({ kind: 'nothing-read', why });
    },
  );
});
