import { expect, it } from 'vitest';
import { withoutSecrets } from '../../../src-main/callbacks/without-secrets.ts';

const id = '7b1d9c1e-3f4a-4c59-9a55-0d4f3c1f2a10';
const url = 'QmFzZTY0dXJsVG9rZW4xMg';
const field = 'b-K_93hdkslQWErtzuIOPa';

it.each([
  [{ CustomField: `1.${id}.${field}` }, { CustomField: `1.${id}.…` }],
  [{ CustomField: `1.${id}.${field} Priya, 2nd call` }, { CustomField: `1.${id}.… Priya, 2nd call` }],
  // Cut short on the way.
  [{ CustomField: `1.${id.toUpperCase()}.${field.slice(0, 9)}` }, { CustomField: `1.${id.toUpperCase()}.…` }],
  [{ Details: { Custom: [`x1.${id}.${field}"`] } }, { Details: { Custom: [`x1.${id}.…"`] } }],
  [
    { StatusCallback: `https://a.example/exotel/calls/${id}/${url}`, Again: `%2F${url}%2F` },
    { StatusCallback: `https://a.example/exotel/calls/${id}/…`, Again: '%2F…%2F' },
  ],
  [{ [url]: `1.${id}.${field}` }, { '…': `1.${id}.…` }],
])('%j', (fields, kept) => {
  expect(JSON.parse(withoutSecrets(JSON.stringify(fields), url))).toEqual(kept);
});

it('leaves what is no secret of ours as it is', () => {
  const raw = JSON.stringify({ CallSid: 'c5797dcbaaeed7678c4062a4a3ed2f8a', CustomField: `2.${id}.x 1.5 €` });
  expect(withoutSecrets(raw, url)).toBe(raw);
});
