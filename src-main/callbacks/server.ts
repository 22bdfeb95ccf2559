import type { ExotelReport } from '../../src-shared/exotel-report.ts';
import type { DoorOwner } from './applet.ts';

export { doorPath, statusCallbackPath } from './routes.ts';

/** A StatusCallback as it was received. */
export interface StatusCallback {
  /** From the URL. */
  readonly callId: string;
  /** From the URL: proves that Exotel got it from us. */
  readonly token: string;
  readonly report: ExotelReport;
  /** The fields as received, but for tokens of ours, as JSON, at most 64 KiB. */
  readonly raw: string;
}

/** `stored` → 200, also for a repeat; `unknown` (no such call, or a wrong token) → 404; `unavailable` → 503. */
export type StatusCallbackResult = 'stored' | 'unknown' | 'unavailable';

export interface CallbackServerOptions extends DoorOwner {
  /** On 127.0.0.1; 0: any free port. */
  readonly port: number;
  /** Resolves once the event is durable. Where it throws, Exotel gets 503 and comes again. */
  onStatusCallback(callback: StatusCallback): Promise<StatusCallbackResult>;
  /** A line per request for the log, and one more where it failed after its answer; the path comes without its secret. */
  onRequest?(line: {
    readonly method: string;
    readonly path: string;
    readonly status: number;
    readonly ms: number;
    /** What the owner threw, if it did. */
    readonly error?: string;
  }): void;
}

export interface CallbackServer {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  readonly port: number;
  /** A path that answers only the nonce given here: "can Exotel reach me" asks for it by the public address. */
  readonly probe: { readonly path: string; readonly answer: string };
  /** Takes no more requests; those under way may end, for up to 2 s. */
  close(): Promise<void>;
}
