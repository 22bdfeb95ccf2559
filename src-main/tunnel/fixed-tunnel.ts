import type { TunnelState } from '../../src-shared/contract/app.ts';
import type { Tunnel } from './tunnel.ts';

/** A tunnel that runs nothing: its state is what it is, and never changes. */
export function fixedTunnel(state: TunnelState): Tunnel {
  return {
    state: () => state,
    onChange: () => {},
    renew: null,
    stop: async () => {},
  };
}
