import { fixedTunnel } from './fixed-tunnel.ts';
import type { Tunnel } from './tunnel.ts';

/** No public address: the end of a call is learnt by asking. */
export function noTunnel(): Tunnel {
  return fixedTunnel({ state: 'off' });
}
