import { expect, it } from 'vitest';
import { isOurPage } from '../../../src-main/shells/electron/page-origin.ts';

it.each(['app://flowdial', 'app://flowdial/', 'app://flowdial/index.html#/history', 'APP://flowdial/'])(
  '%s is our page',
  (address) => expect(isOurPage(address)).toBe(true),
);

it.each([
  '',
  'flowdial',
  'about:blank',
  'https://flowdial/',
  'app://flowdial.evil.example/',
  'app://flowdial:1234/',
  'app://user@flowdial/',
  'app://evil.example/app://flowdial/',
  'app:flowdial',
])('%j is not', (address) => expect(isOurPage(address)).toBe(false));
