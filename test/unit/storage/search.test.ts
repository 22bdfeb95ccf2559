import { describe, expect, it } from 'vitest';
import { digitsOf, fold, readQuery, rowsHolding } from '../../../src-main/storage/search.ts';

describe('fold', () => {
  it.each([
    ['PRIYA', 'priya'],
    ['  Priya \t\n Sharma ', 'priya sharma'],
    ['Élan Vital', 'elan vital'],
    ['José', 'jose'],
    ['ＡＣＭＥ ９８', 'acme 98'],
    ['९८४५०', '98450'],
    ['98450\u00A012345', '98450 12345'],
    ['\u202A+91\u200B98450\u202C', '+9198450'],
    ['प्रिया', 'प्रिया'],
  ])('makes %j %j', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it('is the same a second time', () => {
    for (const text of ['İstanbul', 'क़लम', 'ﬁn', 'Straße']) expect(fold(fold(text))).toBe(fold(text));
  });
});

describe('readQuery', () => {
  it.each([
    ['', { words: [], digits: null }],
    ['   ', { words: [], digits: null }],
    ['Priya Sharma', { words: ['priya', 'sharma'], digits: null }],
    ['98450 12345', { words: ['98450', '12345'], digits: '9845012345' }],
    ['+91 98450', { words: ['+91', '98450'], digits: '9198450' }],
    ['080-4719', { words: ['080-4719'], digits: '804719' }],
    ['0091 98450', { words: ['0091', '98450'], digits: '9198450' }],
    ['00', { words: ['00'], digits: '0' }],
    ['Studio 24', { words: ['studio', '24'], digits: null }],
    ['( )', { words: ['(', ')'], digits: null }],
  ])('reads %j', (query, sought) => {
    expect(readQuery(query)).toEqual(sought);
  });
});

describe('digitsOf', () => {
  it('takes those of the E.164 number, else of what was entered', () => {
    expect(digitsOf({ entered: '098450 12345', e164: '+919845012345' })).toBe('919845012345');
    expect(digitsOf({ entered: 'ext. 1२', e164: null })).toBe('12');
  });
});

describe('rowsHolding', () => {
  it('asks the index from three characters on, counted as people count them', () => {
    const asks = (term: string) => rowsHolding('texts', ['text'], term).sql.includes('MATCH');
    expect(asks('ab')).toBe(false);
    expect(asks('abc')).toBe(true);
    expect(asks('𠮷𠮷')).toBe(false);
  });
});
