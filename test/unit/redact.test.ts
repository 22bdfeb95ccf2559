import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact, redactText } from '../../src-main/redact.ts';

const logged = (value: unknown) => JSON.stringify(redact(value));

describe('security 27: no token', () => {
  it.each([
    ['base64url', () => randomBytes(16).toString('base64url')],
    ['base64', () => randomBytes(30).toString('base64')],
    ['hex', () => randomBytes(16).toString('hex')],
  ])('of %s is left in any text', (_, token) => {
    for (let i = 0; i < 2000; i++) {
      const secret = token();
      const text = redactText(`GET /exotel/calls/${randomUUID()}/${secret}?x=1 failed`);
      // Base64 has + and / between its runs: no run that could be searched for may be left.
      for (const run of secret.match(/[\w-]{20,}/g) ?? []) expect(text).not.toContain(run);
    }
  });

  it.each([
    'https://key:tok3n@api.exotel.com/v1',
    'Authorization: Basic a2V5OnRvazNu',
    'authorization=Bearer tok3n',
    'Bearer tok3n',
    '?access_token=tok3n&x=1',
    '{"apiToken":"tok3n"}',
    "api_key: 'tok3n'",
    'FLOWDIAL_NGROK_AUTHTOKEN=tok3n',
  ])('is left in %s', (text) => {
    expect(redactText(text)).toContain('[redacted]');
    expect(redactText(text)).not.toMatch(/tok3n|a2V5/);
  });

  it.each(['authorization', 'Cookie', 'apiToken', 'api_key', 'password', 'ngrokAuthtoken', 'clientSecret'])(
    'is left under the name %s, however deep',
    (name) => {
      expect(
        logged({ a: [{ [name]: 'tok3n' }, { [name]: { inner: ['tok3n'] } }, { [name]: 7 }] }),
      ).not.toMatch(/tok3n|7/);
    },
  );

  it('is left in an error, its fields or its cause', () => {
    const token = randomBytes(16).toString('base64url');
    const cause = Object.assign(new Error(`at ${token}`), { request: { path: `/exotel/${token}` } });
    const text = logged({ error: new Error(`GET /${token}`, { cause }) });
    expect(text).not.toContain(token);
    expect(text).toContain('GET /[redacted]');
  });
});

describe('security 27: of a phone number, only the last three digits are left', () => {
  it.each([
    '9845012345',
    '+919845012345',
    '09845012345',
    '+91 98450 12345',
    '+91-98450-12345',
    '(098450) 12345',
    '98450.12345',
    '9845-01-2345',
    '98450\u00a012345',
    '98450\u200b12345',
    '98450\u201112345',
  ])('%s', (number) => {
    expect(redactText(`calls ${number} now`)).toBe('calls …345 now');
  });

  it('in the digits of other scripts', () => {
    expect(redactText('९८४५०१२३४५')).toBe('…३४५');
  });

  it('in names, lists and nested data', () => {
    expect(redact({ '+919845012345': [{ from: '09845012345' }] })).toEqual({ '…345': [{ from: '…345' }] });
  });

  it('whatever stands around it', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        expect(redactText(`${before} 9845012345 ${after}`.slice(0, 2000))).not.toContain('9845012345');
      }),
    );
  });
});

describe('what a log is read for stays', () => {
  it.each([
    '0b0d9d7c-5f0e-4b8e-9d3c-123456789012',
    '2026-11-23 10:48:33',
    '2026-11-23T10:48:33.123Z',
    'http://127.0.0.1:40123/exotel',
    '192.168.100.200',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'process.processTicksAndRejections',
    'settings-in-the-file-are-no-good',
    'took 1234567 ms',
  ])('%s', (text) => {
    expect(redactText(text)).toBe(text);
  });

  it('numbers, truths, dates and Sids', () => {
    const data = { ms: 1_795_476_250_000, ok: true, nothing: null, sid: 'b6cfaf5f5cef3ca0fc937749ef96d245' };
    expect(redact({ ...data, at: new Date(0) })).toEqual({ ...data, at: '1970-01-01T00:00:00.000Z' });
  });
});

describe('whatever it is given', () => {
  it('gives what JSON can hold', () => {
    fc.assert(
      fc.property(
        fc.anything({ withMap: true, withSet: true, withDate: true, withBigInt: true }),
        (value) => {
          expect(() => logged(value)).not.toThrow();
        },
      ),
    );
  });

  it('ends, with data that holds itself', () => {
    const data: Record<string, unknown> = {};
    data['self'] = data;
    expect(logged(data)).toContain('[…]');
  });

  it('cuts what is long', () => {
    expect(redactText('ab '.repeat(10_000)).length).toBeLessThan(2100);
    expect(redact(Array.from({ length: 1000 }, (_, i) => i))).toHaveLength(100);
  });
});
