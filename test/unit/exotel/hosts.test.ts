import { describe, expect, it } from 'vitest';
import { flowUrl, originOf } from '../../../src-main/exotel/hosts.ts';

describe('originOf', () => {
  it.each([
    ['twilix.exotel.in', 'https://twilix.exotel.in'],
    ['api.exotel.com', 'https://api.exotel.com'],
    ['api.in.exotel.com', 'https://api.in.exotel.com'],
    ['http://127.0.0.1:4710', 'http://127.0.0.1:4710'],
    ['https://proxy.acme.example', 'https://proxy.acme.example'],
  ])('%s is asked at %s', (host, origin) => {
    expect(originOf(host)).toBe(origin);
  });
});

describe('flowUrl', () => {
  const flow = {
    host: 'api.in.exotel.com',
    accountSid: 'acme1',
    appId: '4711',
    form: 'by-host',
    url: '',
  } as const;
  const legacy = 'http://my.exotel.in/exoml/start/4711';
  const today = 'http://my.exotel.com/acme1/exoml/start_voice/4711';

  it.each([
    ['twilix.exotel.in', legacy],
    ['https://twilix.exotel.in', legacy],
    ['api.exotel.com', today],
    ['api.in.exotel.com', today],
    ['http://127.0.0.1:4710', today],
  ])('is written as %s wants it', (host, url) => {
    expect(flowUrl({ ...flow, host })).toBe(url);
  });

  it('is written in the form asked for, whatever the host', () => {
    expect(flowUrl({ ...flow, form: 'legacy' })).toBe(legacy);
    expect(flowUrl({ ...flow, host: 'twilix.exotel.in', form: 'today' })).toBe(today);
  });

  it.each([{}, { appId: '' }, { form: 'legacy' }, { accountSid: '' }] as const)(
    'can be wholly your own, whatever else is set: %j',
    (change) => {
      const url = 'http://flows.example/1';
      expect(flowUrl({ ...flow, ...change, url })).toBe(url);
    },
  );

  it.each([
    { ...flow, appId: '' },
    { ...flow, form: 'legacy', appId: '' },
    { ...flow, form: 'today', accountSid: '' },
  ] as const)('is null while a part is missing: %j', (missing) => {
    expect(flowUrl(missing)).toBeNull();
  });
});
