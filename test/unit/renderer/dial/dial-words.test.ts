import { describe, expect, it } from 'vitest';
import { blockWords } from '../../../../src-renderer/dial/block-words.ts';
import { sentenceKeys } from '../../../../src-renderer/dial/sentence-keys.ts';
import { warningWords } from '../../../../src-renderer/dial/warning-words.ts';
import { blockCodes } from '../../../../src-shared/rep.ts';

describe('what Call will do', () => {
  const keys = (changes: Partial<Parameters<typeof sentenceKeys>[0]>) =>
    sentenceKeys({ practice: false, from: true, ringMeFirst: false, kind: 'rings-me', ...changes });

  it('says who is rung and who is on the line then, by the kind of flow', () => {
    expect(keys({})).toEqual(['rings', 'mine']);
    expect(keys({ kind: 'rings-team' })).toEqual(['rings', 'team']);
    expect(keys({ kind: 'automated', from: false })).toEqual(['ringsNoFrom', 'automated']);
  });

  it('never leaves out that nobody is called on the practice line', () => {
    expect(keys({ practice: true })).toEqual(['practice', 'minePractice']);
    expect(keys({ practice: true, ringMeFirst: true })).toEqual(['meFirstPractice']);
  });

  it('says that my phone is rung first, whatever the flow', () => {
    expect(keys({ ringMeFirst: true })).toEqual(['meFirst']);
    expect(keys({ ringMeFirst: true, from: false, kind: null })).toEqual(['meFirstNoFrom']);
  });
});

describe('what speaks against a call', () => {
  const callId = '6f1c2a52-1d59-4c6a-9d0e-2f4a3e1b7c10';

  it('is said in minutes, then in hours', () => {
    expect(warningWords({ code: 'called-recently', minutesAgo: 1, callId })).toBe(
      'This number was called 1 minute ago.',
    );
    expect(warningWords({ code: 'called-recently', minutesAgo: 40, callId })).toContain('40 minutes ago');
    expect(warningWords({ code: 'called-recently', minutesAgo: 200, callId })).toContain('3 hours ago');
  });

  it('counts the calls of the day', () => {
    const times = [2, 3, 4, 21].map((count) => warningWords({ code: 'called-often', times: count }));
    expect(times.map((words) => /\d+\w+/.exec(words)?.[0])).toEqual(['2nd', '3rd', '4th', '21st']);
  });
});

describe('a block', () => {
  it.each(blockCodes)('%s is a sentence', (block) => {
    expect(blockWords([block])).toMatch(/^[A-Z].*\.$/);
  });
});
