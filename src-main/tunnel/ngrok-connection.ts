import { assertNever } from '../../src-shared/errors.ts';
import type { Clock, Helper, Helpers } from '../ports.ts';
import {
  type HelperMessage,
  helperMessageSchema,
  type NgrokFault,
  type StartMessage,
} from './ngrok-messages.ts';

/** How long a helper may take to load: a virus scanner may look at it first. */
const loadMs = 10_000;

/**
 * How long an address may take then: ngrok's SDK has no deadline of its own. With the wait for the next try (ngrok.ts), a
 * service that answers again just after a try began to hang is back within 10 s.
 */
const connectMs = 7000;

/** How long the SDK may take to mend a broken session. It tries after 50 ms and 2.5 s, and then only after 125 s. */
const mendMs = 5000;

export type ConnectionNews =
  | { readonly kind: 'open'; readonly publicUrl: string }
  /** The session broke; ngrok's SDK is mending it. */
  | { readonly kind: 'broken' }
  /** Mended: the address is the same. */
  | { readonly kind: 'mended' }
  /** The last news: not mended in time. */
  | { readonly kind: 'lost' }
  /** The last news: no address, or the helper is gone. */
  | {
      readonly kind: 'failed';
      readonly problem: NgrokFault['problem'] | 'no-answer' | 'stopped';
      readonly message: string;
    };

export interface NgrokConnection {
  /** Resolves when the helper's process is gone. */
  readonly gone: Promise<void>;
  /** Ends the process; no news come any more. */
  end(): void;
}

/** One try to have an address: the life of one helper process. It is over with the first `lost` or `failed`. */
export function openNgrokConnection(
  parts: { readonly helpers: Helpers; readonly clock: Clock },
  start: StartMessage,
  tell: (news: ConnectionNews) => void,
): NgrokConnection {
  const gone = Promise.withResolvers<void>();
  let over = false;
  let connected = false;
  let helper: Helper | null = null;
  let cancelMending: (() => void) | null = null;
  let cancelDeadline = parts.clock.after(loadMs, () => fail('no-answer', ''));

  helper = parts.helpers.start('ngrok', {
    message: (message) => {
      if (!over) hear(helperMessageSchema.safeParse(message).data);
    },
    exit: (reason) => {
      if (!over) fail('stopped', reason);
      gone.resolve();
    },
  });
  helper.send(start);

  function hear(message: HelperMessage | undefined): void {
    switch (message?.type) {
      case undefined:
        return fail('other', 'The helper said something unreadable.');
      case 'connecting':
        cancelDeadline();
        cancelDeadline = parts.clock.after(connectMs, () => fail('no-answer', ''));
        return;
      case 'open':
        cancelDeadline();
        connected = true;
        return tell({ kind: 'open', publicUrl: message.publicUrl.replace(/\/+$/, '') });
      case 'failed':
        return fail(message.fault.problem, message.fault.message);
      case 'session':
        return hearSession(message.connected);
      default:
        return assertNever(message);
    }
  }

  function hearSession(nowConnected: boolean): void {
    if (connected === nowConnected) return;
    connected = nowConnected;
    tell({ kind: connected ? 'mended' : 'broken' });
    if (connected || cancelMending !== null) return;
    // "Connected" only says that TLS stands, so a break is judged once, when its time is up, by how it stands then.
    cancelMending = parts.clock.after(mendMs, () => {
      cancelMending = null;
      if (connected) return;
      end();
      tell({ kind: 'lost' });
    });
  }

  function fail(problem: Extract<ConnectionNews, { kind: 'failed' }>['problem'], message: string): void {
    end();
    tell({ kind: 'failed', problem, message });
  }

  function end(): void {
    over = true;
    cancelDeadline();
    cancelMending?.();
    helper?.kill();
  }

  return { gone: gone.promise, end };
}
