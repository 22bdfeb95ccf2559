import { expect, it } from 'vitest';
import { mayBeNumber } from '../../../../src-renderer/dial/dial-text.ts';
import { suggestionsOf } from '../../../../src-renderer/dial/suggestions.ts';

const contact = {
  id: '6f1c2a52-1d59-4c6a-9d0e-2f4a3e1b7c10',
  name: 'Priya Sharma',
  company: 'Acme',
  note: '',
  doNotCall: null,
  createdAt: 0,
  updatedAt: 0,
  numbers: [
    { entered: '98450 12345', e164: '+919845012345', label: 'Mobile', text: '+91 98450 12345' },
    { entered: 'ext 12', e164: null, label: '', text: 'ext 12' },
  ],
};

it('offers every number of a contact, as it will be called and as people write it', () => {
  expect(suggestionsOf([contact]).map(({ number, text }) => [number, text])).toEqual([
    ['+919845012345', '+91 98450 12345'],
    ['ext 12', 'ext 12'],
  ]);
});

it('names a contact without a name by the company, once', () => {
  expect(suggestionsOf([{ ...contact, name: '' }])[0]).toMatchObject({ name: 'Acme', company: '' });
});

it('marks numbers that must not be called', () => {
  const doNotCall = { who: 'Ravi', at: 0, why: 'asked', until: null };
  expect(suggestionsOf([{ ...contact, doNotCall }]).every(({ blocked }) => blocked)).toBe(true);
});

it.each([
  ['98', false],
  ['984', true],
  ['९८४५०', true],
  ['Priya 2', false],
  ['', false],
])('takes “%s” for a number: %s', (text, expected) => expect(mayBeNumber(text)).toBe(expected));
