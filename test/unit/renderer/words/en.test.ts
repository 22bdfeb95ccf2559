import { describe, expect, it } from 'vitest';
import { en } from '../../../../src-renderer/words/en.ts';

type Words = { readonly [key: string]: string | Words };

function every(words: Words, path = ''): (readonly [string, string])[] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value] as const] : every(value, `${path}${key}.`),
  );
}

describe('the catalogue', () => {
  it('has no empty entry and no exclamation mark', () => {
    for (const [key, text] of every(en)) {
      expect(text.trim(), key).not.toBe('');
      expect(text, key).not.toContain('!');
    }
  });

  it('has the status words that others rely on', () => {
    expect(Object.values(en.status)).toEqual([
      'Queued',
      'Held',
      'Dialing',
      'In progress',
      'Answered',
      'Completed',
      'No answer',
      'Busy',
      'Failed',
      'Canceled',
      'Rejected',
      'Unconfirmed',
      'Withdrawn',
    ]);
  });
});
