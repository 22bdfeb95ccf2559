import type { TunnelState } from '../src-shared/contract/app.ts';
import type { Settings } from '../src-shared/settings.ts';
import type { Secrets } from './credentials/secrets.ts';
import type { Clock, Helpers, Log } from './ports.ts';
import { ngrokTunnel } from './tunnel/ngrok.ts';
import { noTunnel } from './tunnel/no-tunnel.ts';
import { ownUrlTunnel } from './tunnel/own-url.ts';
import type { Tunnel } from './tunnel/tunnel.ts';

/** The public address that the settings ask for, exchanged for another when they change. */
export interface PublicAddress {
  state(): TunnelState;
  /** Base URL while open; null else. */
  publicUrl(): string | null;
  /** Opens what the settings say now; the address before it is closed first. */
  follow(): Promise<void>;
  stop(): Promise<void>;
}

export function createPublicAddress(parts: {
  readonly settings: () => Settings;
  readonly secrets: Secrets;
  readonly helpers: Helpers;
  readonly clock: Clock;
  readonly log: Log;
  readonly targetPort: number;
  readonly changed: () => void;
}): PublicAddress {
  let tunnel: Tunnel = noTunnel();
  let openFor = '';
  let following: Promise<void> = Promise.resolve();

  async function exchange(): Promise<void> {
    const { tunnel: kind, tunnelUrl, ngrokDomain } = parts.settings();
    const authtoken = kind === 'ngrok' ? await parts.secrets.get('ngrokAuthtoken') : null;
    const wanted = JSON.stringify([kind, tunnelUrl, ngrokDomain, authtoken]);
    if (wanted === openFor) return;
    await tunnel.stop();
    openFor = wanted;
    tunnel = open(kind, authtoken);
    tunnel.onChange(parts.changed);
    parts.changed();
  }

  function open(kind: Settings['tunnel'], authtoken: string | null): Tunnel {
    const { tunnelUrl, ngrokDomain } = parts.settings();
    switch (kind) {
      case 'none':
        return noTunnel();
      case 'url':
        return ownUrlTunnel(tunnelUrl);
      case 'ngrok':
        return ngrokTunnel({
          helpers: parts.helpers,
          clock: parts.clock,
          log: parts.log,
          authtoken,
          domain: ngrokDomain,
          targetPort: parts.targetPort,
        });
    }
  }

  return {
    state: () => tunnel.state(),
    publicUrl: () => tunnel.publicUrl(),
    follow() {
      following = following.then(exchange, exchange);
      return following;
    },
    async stop() {
      await following.catch(() => {});
      await tunnel.stop();
    },
  };
}
