import { describe, expect, it } from 'vitest';
import { destinationOf, isSmallWindow, placeOf } from '../../../../src-renderer/app/destinations.ts';
import { linkOfAddress } from '../../../../src-renderer/app/link-of-address.ts';

const callId = '6f1c2a52-1d59-4c6a-9d0e-2f4a3e1b7c10';

describe('the address of the browser shell', () => {
  it('brings what the browser hands over as a tel: link', () => {
    expect(linkOfAddress('/link', '?to=tel%3A%2B91-80-4719-1234')).toBe('tel:+91-80-4719-1234');
    expect(linkOfAddress('/link', '')).toBe('');
  });

  it('brings ?dial= as a link of our own, in which nothing else can stand', () => {
    expect(linkOfAddress('/', '?dial=98450%2012345')).toBe('flowdial:dial?number=98450%2012345');
    expect(linkOfAddress('/', '?dial=1%26flow=x')).toBe('flowdial:dial?number=1%26flow%3Dx');
  });

  it('brings nothing else', () => {
    expect(linkOfAddress('/', '')).toBeNull();
    expect(linkOfAddress('/', '?to=tel:1')).toBeNull();
  });

  it('brings no more than the core takes', () => {
    expect(linkOfAddress('/', `?dial=${'9'.repeat(5000)}`)).toHaveLength(2000);
    expect(linkOfAddress('/link', `?to=${'9'.repeat(5000)}`)).toHaveLength(2000);
  });
});

describe('destinations', () => {
  it('of a link in a small window are those of the main window', () => {
    const led = (path: string, note = false) => placeOf(destinationOf(path, { note }));
    for (const path of ['/', '/history', '/contacts', '/settings/phone', `/history/${callId}`]) {
      expect(led(path)).toBe(path);
    }
    expect(led(`/history/${callId}`, true)).toBe(`/history/${callId}?note=true`);
    expect(led('/settings')).toBe('/settings/account');
    expect(led('/somewhere')).toBe('/');
  });

  it('know the small windows', () => {
    expect(['/card', '/strip', '/', '/settings/card'].map(isSmallWindow)).toEqual([true, true, false, false]);
  });
});
