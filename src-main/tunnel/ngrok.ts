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

type Problem = Extract<ConnectionNews, { kind: 'failed' }>['problem'];

/** Seconds until the next try by how many failed so in a row; the last counts on. Null: not by itself. */
function backOffOf(problem: Problem): readonly number[] | null {
  switch (problem) {
    case 'bad-token':
      return null;
    case 'no-answer':
      // Each such try has waited long enough.
      return [1];
    case 'offline':
    case 'stopped':
      // The service may be back at any moment: the address is back within 10 s of it.
      return [1, 2, 5, 8];
    case 'session-in-use':
    case 'domain-in-use':
      // Our own session of before a break may be what holds it, for ngrok notices a break late; else somebody does.
      return [5, 15, 30, 60, 300];
    case 'domain-refused':
    case 'untrusted':
    case 'other':
      return [1, 2, 5, 10, 30, 60];
    default:
      return assertNever(problem);
  }
}

/** How long stopping waits for helpers to be gone, ms: they were killed, and quitting must not hang on one that hangs. */
const lastExitsMs = 2000;

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
  let failures: { readonly problem: Problem; readonly inARow: number } | null = null;
  let cancelRetry = () => {};
  let stopping: Promise<void> | null = null;
  let loggedFault: Problem | 'no-token' | 'bad-url' | null = null;

  function connect(): void {
    const connection = openNgrokConnection(options, start, hear);
    running.add(connection);
    void connection.gone.then(() => running.delete(connection));
  }

  function hear(news: ConnectionNews): void {
    switch (news.kind) {
      case 'open':
        failures = null;
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
    const inARow: number = failures?.problem === problem ? failures.inARow : 0;
    failures = { problem, inARow: inARow + 1 };
    const backOff = backOffOf(problem);
    const seconds = backOff?.[inARow] ?? backOff?.at(-1);
    if (seconds === undefined) {
      return become({ state: 'failed', kind: 'ngrok', problem, message, retryAt: null });
    }
    cancelRetry = clock.after(seconds * 1000, tryNow);
    become({ state: 'failed', kind: 'ngrok', problem, message, retryAt: clock.now() + seconds * 1000 });
  }

  function tryNow(): void {
    become({ state: 'connecting', kind: 'ngrok' });
    connect();
  }

  function renew(): void {
    cancelRetry();
    failures = null;
    for (const connection of running) connection.end();
    tryNow();
  }

  function become(next: TunnelState): void {
    state = next;
    const fault = next.state === 'failed' ? next.problem : null;
    // The same fault, tried again every few seconds, would push all else out of the log.
    if (fault !== null && fault !== loggedFault) log.warn('tunnel', { ...next });
    else if (next.state === 'open') log.info('tunnel', { ...next });
    if (next.state !== 'connecting') loggedFault = fault;
    for (const listener of listeners) listener(next);
  }

  async function stop(): Promise<void> {
    listeners.length = 0;
    state = { state: 'off' };
    cancelRetry();
    for (const connection of running) connection.end();
    const { promise: waitedEnough, resolve } = Promise.withResolvers<void>();
    const cancel = clock.after(lastExitsMs, resolve);
    await Promise.race([Promise.all([...running].map((connection) => connection.gone)), waitedEnough]);
    cancel();
  }

  connect();
  return {
    state: () => state,
    onChange: (listener) => void listeners.push(listener),
    renew,
    stop: () => (stopping ??= stop()),
  };
}
