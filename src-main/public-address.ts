import type { buildConnector } from 'undici';
import type { TunnelState } from '../src-shared/contract/app.ts';
import type { Settings } from '../src-shared/settings.ts';
import type { Secrets } from './credentials/secrets.ts';
import type { Clock, Helpers, Log, WakeReason } from './ports.ts';
import { checkReachable, type Reached } from './tunnel/check-reachable.ts';
import { ngrokTunnel } from './tunnel/ngrok.ts';
import { noTunnel } from './tunnel/no-tunnel.ts';
import { ownUrlTunnel } from './tunnel/own-url.ts';
import type { Tunnel } from './tunnel/tunnel.ts';
import { type WatchedTunnel, watchTunnel } from './tunnel/watched-tunnel.ts';

/** The public address that the settings ask for, exchanged for another when they change, and proven again and again. */
export interface PublicAddress {
  state(): TunnelState;
  /** Base URL while a request by it came back; null else. */
  publicUrl(): string | null;
  /** ms since a request by it came back; null: it is not open. */
  provenAgoMs(): number | null;
  /** While true it is proven again so often that the last proof is younger than a minute. */
  keepFresh(fresh: boolean): void;
  /** Opens what the settings say now; the address before it is closed first. */
  follow(): Promise<void>;
  /** Sends a request out by it and back now. Null: there is no address. */
  check(): Promise<Reached | null>;
  /** A person wants it tried now. */
  retry(): void;
  /** The computer slept, or its network is another. */
  doubt(why: WakeReason): void;
  /** Ends it for good, whatever hangs. */
  stop(): Promise<void>;
}

export function createPublicAddress(parts: {
  readonly settings: () => Settings;
  readonly secrets: Secrets;
  readonly helpers: Helpers;
  readonly clock: Clock;
  readonly log: Log;
  /** The callback server's. */
  readonly targetPort: number;
  readonly probe: { readonly path: string; readonly answer: string };
  /** The way out of an office's network. */
  readonly connect: buildConnector.connector;
  /** Called after each change of state. */
  readonly changed: () => void;
  /** Called each time the address turns open: what Exotel had to tell meanwhile was lost. */
  readonly reopened: () => void;
  /** Called each time a request by the address came back. */
  readonly proven: () => void;
}): PublicAddress {
  let fresh = false;
  let tunnel: WatchedTunnel = watch(noTunnel());
  let openFor = '';
  let following: Promise<void> = Promise.resolve();
  let stopped = false;

  function watch(opened: Tunnel): WatchedTunnel {
    const watched = watchTunnel(opened, {
      clock: parts.clock,
      log: parts.log,
      reach: (publicUrl, signal) =>
        checkReachable(publicUrl, parts.probe, { signal, connect: parts.connect }),
      changed: parts.changed,
      opened: parts.reopened,
      proven: parts.proven,
    });
    watched.keepFresh(fresh);
    return watched;
  }

  async function exchange(): Promise<void> {
    const { tunnel: kind, tunnelUrl, ngrokDomain } = parts.settings();
    const authtoken = kind === 'ngrok' ? await parts.secrets.get('ngrokAuthtoken') : null;
    const wanted = JSON.stringify([kind, tunnelUrl, ngrokDomain, authtoken]);
    if (wanted === openFor || stopped) return;
    await tunnel.stop();
    // Stopping may have come while the keychain or the old address was waited for.
    if (stopped) return;
    openFor = wanted;
    tunnel = watch(open(kind, authtoken));
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
    provenAgoMs: () => tunnel.provenAgoMs(),
    keepFresh(wanted) {
      fresh = wanted;
      tunnel.keepFresh(wanted);
    },
    follow() {
      following = following.then(exchange, exchange);
      return following;
    },
    check: () => tunnel.check(),
    retry: () => tunnel.retry(),
    doubt: (why) => tunnel.doubt(why),
    stop() {
      stopped = true;
      return tunnel.stop();
    },
  };
}
