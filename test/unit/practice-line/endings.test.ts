import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { expect, it } from 'vitest';
import { practiceEndings, scriptFor, scripts } from '../../../src-main/practice-line/endings.ts';

it.each(practiceEndings())(
  'offers an Indian mobile for $outcome that plays it',
  ({ ending, example, outcome }) => {
    const number = parsePhoneNumberFromString(example, 'IN');
    expect([number?.isValid(), number?.getType()]).toEqual([true, 'MOBILE']);
    expect(example.endsWith(ending)).toBe(true);
    // In each form that Exotel takes.
    for (const written of [`0${number?.nationalNumber}`, number?.number ?? '']) {
      expect(scriptFor(written).outcome).toBe(outcome);
    }
  },
);

it('names each outcome and each ending once', () => {
  expect(new Set(scripts.map(({ outcome }) => outcome)).size).toBe(scripts.length);
  expect(new Set(scripts.map(({ ending }) => ending)).size).toBe(scripts.length);
});
