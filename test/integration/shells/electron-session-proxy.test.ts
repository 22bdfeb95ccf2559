import { expect, it, vi } from 'vitest';
import { sessionProxy } from '../../../src-main/shells/electron/session-proxy.ts';
import { deeds, network } from '../../support/electron-stand-in/electron.ts';
import { becomeReady } from '../../support/electron-stand-in/readiness.ts';

vi.mock('electron', () => import('../../support/electron-stand-in/electron.ts'));

becomeReady();

it.each([
  ['DIRECT', null],
  ['PROXY proxy.office:3128', 'http://proxy.office:3128'],
  ['HTTPS proxy.office:443; DIRECT', 'https://proxy.office:443'],
  ['SOCKS5 proxy.office:1080; PROXY proxy.office:3128', 'http://proxy.office:3128'],
  ['SOCKS proxy.office:1080', null],
  ['DIRECT; PROXY proxy.office:3128', null],
])('takes of Chromium’s "%s" what it can speak to: %s', async (list, proxy) => {
  network.proxies = list;
  expect(await sessionProxy.forUrl('https://api.in.exotel.com')).toBe(proxy);
  expect(deeds.askedProxyFor.at(-1)).toBe('https://api.in.exotel.com');
});
