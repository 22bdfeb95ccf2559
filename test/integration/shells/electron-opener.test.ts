import { expect, it, vi } from 'vitest';
import { opener, openDefaultApps } from '../../../src-main/shells/electron/opener.ts';
import { deeds } from '../../support/electron-stand-in/electron.ts';

vi.mock('electron', () => import('../../support/electron-stand-in/electron.ts'));

it('hands web addresses to the browser, written out', async () => {
  await opener.openUrl('https://recordings.exotel.com/a b.mp3');
  await opener.openUrl('http://127.0.0.1:4040');
  expect(deeds.openedExternally).toEqual([
    'https://recordings.exotel.com/a%20b.mp3',
    'http://127.0.0.1:4040/',
  ]);
});

it.each([
  'file:///etc/passwd',
  'javascript:alert(1)',
  'tel:+919845012345',
  'smb://host/share',
  'ms-settings:',
  'no address',
])('security 15: opens no %s', async (url) => {
  const before = deeds.openedExternally.length;
  await expect(opener.openUrl(url)).rejects.toThrow();
  expect(deeds.openedExternally).toHaveLength(before);
});

it('opens one page of the system: where a person chooses who opens links', async () => {
  await openDefaultApps();
  expect(deeds.openedExternally.at(-1)).toMatch(/^ms-settings:defaultapps(\?|$)/);
});
