import { describe, expect, it } from 'vitest';
import { environmentProxy } from '../../../src-main/shells/browser/environment-proxy.ts';

const api = 'https://api.in.exotel.com';

it.each([
  [{}, api, null],
  [{ HTTPS_PROXY: 'http://proxy.office:3128' }, api, 'http://proxy.office:3128/'],
  [{ https_proxy: 'http://lower:1', HTTPS_PROXY: 'http://upper:1' }, api, 'http://lower:1/'],
  [{ HTTPS_PROXY: 'proxy.office:3128' }, api, 'http://proxy.office:3128/'],
  [{ HTTPS_PROXY: 'http://rep:pass@proxy.office' }, api, 'http://rep:pass@proxy.office/'],
  [{ HTTP_PROXY: 'http://proxy.office' }, api, null],
  [{ HTTP_PROXY: 'http://proxy.office' }, 'http://exotel.test:8080', 'http://proxy.office/'],
  [{ HTTPS_PROXY: 'socks5://proxy.office' }, api, null],
  [{ HTTPS_PROXY: '  ' }, api, null],
])('%j sends %s by %s', async (env, url, proxy) => {
  expect(await environmentProxy(env).forUrl(url)).toBe(proxy);
});

describe('NO_PROXY', () => {
  it.each([
    ['*', true],
    ['api.in.exotel.com', true],
    ['exotel.com', true],
    ['.exotel.com', true],
    ['*.exotel.com', true],
    ['API.IN.EXOTEL.COM', true],
    ['localhost, exotel.com', true],
    ['api.in.exotel.com:443', true],
    ['api.in.exotel.com:8443', false],
    ['tel.com', false],
    ['in.exotel.com.example', false],
    ['', false],
  ])('"%s" excepts the host: %s', async (list, excepted) => {
    const proxy = environmentProxy({ HTTPS_PROXY: 'http://proxy.office', NO_PROXY: list });
    expect(await proxy.forUrl(api)).toBe(excepted ? null : 'http://proxy.office/');
  });
});
