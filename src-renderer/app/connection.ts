import type { ClientLink } from '@orpc/client';
import { type OpenTransport, SessionRefusedError, type Transport } from './transport.ts';

/**
 * `connecting`: not yet open. `open`: calls pass. `lost`: was open, is being reopened. `refused`: this window must be
 * opened anew.
 */
export type ConnectionState = 'connecting' | 'open' | 'lost' | 'refused';

export interface Connection {
  readonly state: () => ConnectionState;
  /** Calls `changed` after each change of the state; the function returned ends that. */
  readonly subscribe: (changed: () => void) => () => void;
  /** The way to the core now. Throws where there is none: nothing is queued up for later. */
  readonly link: () => ClientLink<Record<never, never>>;
  /** Tries at once instead of waiting for the next try. Also after `refused`. */
  readonly retry: () => void;
}

export interface ConnectionOptions {
  readonly open: OpenTransport;
  /** Asks the core for anything, to see that it lives. */
  readonly ping: () => Promise<unknown>;
  /** How often it is asked, and how long an answer may take. ms. */
  readonly pingEveryMs?: number;
  readonly answerWithinMs?: number;
  /** Waits between tries, in order; the last one repeats. ms. */
  readonly retryAfterMs?: readonly number[];
}

/** Keeps a way to the core open: notices a dead one by its close or by silence, and opens a new one by itself. */
export function createConnection(options: ConnectionOptions): Connection {
  const { open, ping, pingEveryMs = 5000, answerWithinMs = 5000 } = options;
  const retryAfterMs = options.retryAfterMs ?? [200, 500, 1000, 2000, 5000];
  const listeners = new Set<() => void>();
  let state: ConnectionState = 'connecting';
  let transport: Transport | null = null;
  let wake: () => void = () => undefined;

  const become = (next: ConnectionState) => {
    if (state === next) return;
    state = next;
    for (const changed of listeners) changed();
  };

  const sleep = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const watch = (current: Transport) => {
    const timer = setInterval(() => {
      const silence = setTimeout(() => current.close(), answerWithinMs);
      // A rejection is an answer, or comes from the close itself.
      void ping()
        .catch(() => undefined)
        .finally(() => clearTimeout(silence));
    }, pingEveryMs);
    return () => clearInterval(timer);
  };

  const run = async () => {
    for (let tries = 0; ; tries++) {
      try {
        transport = await open();
        tries = -1;
        become('open');
        const stopWatching = watch(transport);
        await transport.closed;
        stopWatching();
        transport = null;
        become('lost');
      } catch (error) {
        if (error instanceof SessionRefusedError) {
          become('refused');
          return;
        }
      }
      await sleep(retryAfterMs[Math.min(Math.max(tries, 0), retryAfterMs.length - 1)] ?? 1000);
    }
  };

  void run();

  return {
    state: () => state,
    subscribe: (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    link: () => {
      if (transport === null) throw new Error('The core is not connected.');
      return transport.link;
    },
    retry: () => {
      if (state === 'refused') {
        become('connecting');
        void run();
      } else wake();
    },
  };
}
