import type { TunnelState } from '../../src-shared/contract/app.ts';
import { assertNever } from '../../src-shared/errors.ts';
import type { Clock, Helpers, Log } from '../ports.ts';
import { fixedTunnel } from './fixed-tunnel.ts';
import { type ConnectionNews, type NgrokConnection, openNgrokConnection } from './ngrok-connection.ts';
import type { NgrokServer } from './ngrok-messages.ts';
import type { Tunnel } from './tunnel.ts';

export interface NgrokTunnelOptions {
  readonly helpers: Helpers;
  readonly clock: Clock;
  readonly log: Log;
  /** Null or empty where none is set. */
  readonly authtoken: string | null;
  /** Without `https://`; empty: ngrok picks one. */
  readonly domain: string;
  /** The callback server's, on 127.0.0.1. Nothing else is opened to the world. */
  readonly targetPort: number;
  /** Another ingress than ngrok's own service. */
  readonly server?: NgrokServer;
}

/** Seconds until the next try, by how many failed in a row. */
const backOff = [1, 2, 5, 10, 30] as const;
const longestBackOff = 60;

/**
 * A public address by ngrok, kept up: every try is a helper process with a deadline, killed where it hangs; a session
 * that ngrok's SDK does not mend within seconds is given up for a new process, for the SDK itself would wait minutes.
 * Tries again by itself, but not with a token that ngrok refused.
 */
export function ngrokTunnel(options: NgrokTunnelOptions): Tunnel {
  const { authtoken, clock, log } = options;
  if (authtoken === null || authtoken === '') {
    return fixedTunnel({ state: 'failed', kind: 'ngrok', problem: 'no-token', message: '', retryAt: null });
  }
  const start = {
    authtoken,
    domain: options.domain,
    targetPort: options.targetPort,
    server: options.server ?? null,
  };
  const listeners: ((state: TunnelState) => void)[] = [];
  const running = new Set<NgrokConnection>();
  let state: TunnelState = { state: 'connecting', kind: 'ngrok' };
  let publicUrl = '';
  let failuresInARow = 0;
  let cancelRetry = () => {};

  function connect(): void {
    const connection = openNgrokConnection(options, start, hear);
    running.add(connection);
    void connection.gone.then(() => running.delete(connection));
  }

  function hear(news: ConnectionNews): void {
    switch (news.kind) {
      case 'open':
        failuresInARow = 0;
        publicUrl = news.publicUrl;
        return become({ state: 'open', kind: 'ngrok', publicUrl });
      case 'mended':
        return become({ state: 'open', kind: 'ngrok', publicUrl });
      case 'broken':
        return become({ state: 'connecting', kind: 'ngrok' });
      case 'lost':
        return connect();
      case 'failed':
        return fail(news);
      default:
        return assertNever(news);
    }
  }

  function fail({ problem, message }: Extract<ConnectionNews, { kind: 'failed' }>): void {
    const delayMs = problem === 'bad-token' ? null : 1000 * (backOff[failuresInARow] ?? longestBackOff);
    failuresInARow += 1;
    const retryAt = delayMs === null ? null : clock.now() + delayMs;
    become({ state: 'failed', kind: 'ngrok', problem, message, retryAt });
    if (delayMs === null) return;
    cancelRetry = clock.after(delayMs, () => {
      become({ state: 'connecting', kind: 'ngrok' });
      connect();
    });
  }

  function become(next: TunnelState): void {
    state = next;
    log[next.state === 'failed' ? 'warn' : 'info']('tunnel', { ...next });
    for (const listener of listeners) listener(next);
  }

  connect();
  return {
    state: () => state,
    onChange: (listener) => void listeners.push(listener),
    publicUrl: () => (state.state === 'open' ? state.publicUrl : null),
    async stop() {
      listeners.length = 0;
      state = { state: 'off' };
      cancelRetry();
      const left = [...running];
      for (const connection of left) connection.end();
      await Promise.all(left.map((connection) => connection.gone));
    },
  };
}
