import { fixedTunnel } from './fixed-tunnel.ts';
import type { Tunnel } from './tunnel.ts';

/**
 * A public address that the user keeps up (a reverse proxy, a fixed host), with any path prefix. It is open at once:
 * whether it really leads here, only a request through it can tell (`watchTunnel`).
 */
export function ownUrlTunnel(publicUrl: string): Tunnel {
  const fault = faultOf(publicUrl);
  return fixedTunnel(
    fault === null
      ? { state: 'open', kind: 'url', publicUrl: publicUrl.trim().replace(/\/+$/, '') }
      : { state: 'failed', kind: 'url', problem: 'bad-url', message: fault, retryAt: null },
  );
}

/** Why StatusCallback URLs cannot be made from this base; null where they can. */
function faultOf(text: string): string | null {
  const url = URL.parse(text.trim());
  if (url === null) return 'This is no web address. Write it as https://host or https://host/path.';
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'It must begin with https:// or http://.';
  if (url.username !== '' || url.password !== '') return 'It must not contain a user name or password.';
  if (/[?#]/.test(text)) return 'It must end with the path: no ? and no #.';
  return null;
}
