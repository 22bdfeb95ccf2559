import { session } from 'electron';
import type { Proxy } from '../../ports.ts';

/** The proxy of the system's settings, its PAC script included, as Chromium finds it. */
export const sessionProxy: Proxy = {
  async forUrl(url) {
    return readProxyList(await session.defaultSession.resolveProxy(url));
  },
};

/**
 * Chromium's answer: `PROXY a:80; DIRECT`, best first. SOCKS is passed over, we do not speak it. Chromium asks for a
 * proxy's password in a window; ours has none, so a proxy that wants one refuses, and the rep is told so.
 */
function readProxyList(list: string): string | null {
  for (const entry of list.split(';')) {
    const [kind = '', address = ''] = entry.trim().split(/\s+/);
    if (kind.toUpperCase() === 'DIRECT') return null;
    if (kind.toUpperCase() === 'PROXY') return `http://${address}`;
    if (kind.toUpperCase() === 'HTTPS') return `https://${address}`;
  }
  return null;
}
