import { onTestFinished } from 'vitest';
import type { DoorOwner } from '../../src-main/callbacks/applet.ts';
import type {
  CallbackServer,
  CallbackServerOptions,
  StatusCallback,
  StatusCallbackResult,
} from '../../src-main/callbacks/server.ts';
import { statusCallbackPath } from '../../src-main/callbacks/server.ts';
import { type CallbackTimeouts, startCallbackServer } from '../../src-main/callbacks/start.ts';
import { nobodyHome } from './door-owner.ts';

export const callId = '7b1d9c1e-3f4a-4c59-9a55-0d4f3c1f2a10';
export const token = 'QmFzZTY0dXJsVG9rZW4xMg';
/** The one StatusCallback URL, below the base, that this server's owner knows. */
export const callPath = statusCallbackPath(callId, token);

type RequestLine = Parameters<NonNullable<CallbackServerOptions['onRequest']>>[0];

export interface ListeningServer extends CallbackServer {
  /** What was handed on for this very call, token right. */
  readonly delivered: readonly StatusCallback[];
  readonly lines: readonly RequestLine[];
}

/** The callback server with an owner that knows one call; it is closed when the test ends. */
export async function listen(
  how: {
    readonly timeouts?: CallbackTimeouts;
    readonly result?: () => Promise<StatusCallbackResult>;
    readonly owner?: Partial<DoorOwner>;
  } = {},
): Promise<ListeningServer> {
  const delivered: StatusCallback[] = [];
  const lines: RequestLine[] = [];
  const server = await startCallbackServer(
    {
      port: 0,
      ...nobodyHome,
      ...how.owner,
      async onStatusCallback(callback) {
        if (callback.callId !== callId || callback.token !== token) return 'unknown';
        delivered.push(callback);
        return how.result === undefined ? 'stored' : how.result();
      },
      onRequest: (line) => lines.push(line),
    },
    how.timeouts,
  );
  onTestFinished(() => server.close());
  return { ...server, delivered, lines };
}
