import { expect, it } from 'vitest';
import { remember } from '../../src-shared/remember.ts';

it('asks once for what it was asked twice, and keeps no more than a thousand answers', () => {
  const asked: string[] = [];
  const shout = remember((text) => {
    asked.push(text);
    return text.toUpperCase();
  });
  expect([shout('a'), shout('b'), shout('a')]).toEqual(['A', 'B', 'A']);
  expect(asked).toEqual(['a', 'b']);
  for (let n = 0; n < 1000; n++) shout(String(n));
  expect(shout('a')).toBe('A');
  expect(asked.filter((text) => text === 'a')).toHaveLength(2);
});
