import type { ExotelReport, ListedReport } from '../../src-shared/exotel-report.ts';
import type { CallReason } from '../../src-shared/errors.ts';

/** Where and as whom Exotel is asked. */
export interface ExotelAccount {
  /** `https://api.in.exotel.com`, or any `http(s)://host[:port]`. */
  readonly origin: string;
  /** In the path of every request. */
  readonly accountSid: string;
  /** User name of HTTP Basic auth: the API key; the account sid on legacy accounts. */
  readonly apiKey: string;
  readonly apiToken: string;
}

/** The values of one Calls/connect request, before they are checked and written as Exotel wants them. */
export interface ConnectRequest {
  /** The customer, E.164. Called first. */
  readonly customer: string;
  /** How `From` is written: with 0 or STD code (the seed's form), or as E.164. */
  readonly numberForm: 'national' | 'e164';
  readonly callerId: string;
  /** `promo` is refused: Exotel no longer supports it (seed). */
  readonly callType: string;
  /** The flow; with `ringMeFirst` there is none. */
  readonly flowUrl: string;
  /** Not null: the rep's phone is rung first, then the customer's, and the two are connected (`To` instead of `Url`). */
  readonly ringMeFirst: RingMeFirst | null;
  /** Seconds, 1 to 14400. */
  readonly timeLimitSeconds: number;
  /** Seconds, 1 to 60. */
  readonly timeOutSeconds: number;
  /** Null where no public address is open. */
  readonly statusCallbackUrl: string | null;
  /** Asks for a StatusCallback of the answer too, with the wider payload. Never sent to the legacy host. */
  readonly statusCallbackEvents: boolean;
  /** At most 128 characters. */
  readonly customField: string;
}

/** The parameters of a call between two numbers (exotel-api.md, "Connect a customer to a flow", its end). */
export interface RingMeFirst {
  /** The rep, E.164. */
  readonly rep: string;
  readonly recording: 'off' | 'single' | 'dual';
  /** Audio that the rep hears while the customer's phone rings; empty: Exotel's own. */
  readonly waitUrl: string;
}

/** What became of a Calls/connect request. Total: every fault ends in one of these, none throws. */
export type ConnectOutcome =
  | { readonly kind: 'accepted'; readonly report: ExotelReport }
  | { readonly kind: 'refused'; readonly reason: CallReason }
  /** `retryAfterMs` is null where Exotel gave no Retry-After. */
  | { readonly kind: 'rate-limited'; readonly retryAfterMs: number | null; readonly reason: CallReason }
  /** No byte of the request left this computer: it is safe to repeat. */
  | { readonly kind: 'not-sent'; readonly reason: CallReason }
  /** It may have arrived: never repeat. */
  | { readonly kind: 'doubted'; readonly reason: CallReason };

/** An ExoPhone as the account lists it. */
export interface ListedExoPhone {
  readonly sid: string;
  readonly number: string;
  readonly name: string;
}

/** A call in Exotel's list, with what tells whose it is. Null: not said. */
export interface ListedCall {
  readonly report: ListedReport;
  /** For a call to a flow, the customer; for one between two numbers, who was rung first. In whatever form. */
  readonly from: string | null;
  readonly to: string | null;
  readonly exoPhone: string | null;
  /** `outbound-api`, `inbound`, … */
  readonly direction: string | null;
}

/** Which calls to list: of these customers, created between these times of Exotel's clock, ms UTC, both included. */
export interface CallSearch {
  /** E.164. */
  readonly customers: readonly string[];
  readonly from: number;
  readonly until: number;
}

/** The answer to a read, or why there is none. */
export type ReadOutcome<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'failed'; readonly reason: CallReason };

/** The right to send one read; exactly one of these ends it. */
export interface ReadPass {
  /** The read was answered, but not by 429, or was given up. */
  settle(): void;
  /** It was answered by 429; null: Exotel gave no Retry-After. */
  rateLimited(retryAfterMs: number | null): void;
}

/** Lets reads wait their turn under the account's rate. The right to send Calls/connect is the caller's to bring. */
export interface ReadGate {
  /** Resolves when a read may be sent; with null where none will be: the signal ended the wait, or the program ends. */
  enter(signal: AbortSignal): Promise<ReadPass | null>;
}

/** A Calls/connect request that only has to be sent: all that takes time before it leaves is done. */
export interface ReadyConnect {
  /** Asks Exotel to call the customer. Sends at most one request; never repeats or follows a redirect. Once. */
  send(): Promise<ConnectOutcome>;
}

export interface ExotelClient {
  /** Makes a request ready. Nothing leaves, and no connection is touched, before it is sent. */
  prepare(request: ConnectRequest): ReadyConnect;
  /** Asks for calls by Sid, at most 20 in a request. Sids that Exotel does not list are absent. */
  calls(sids: readonly string[]): Promise<ReadOutcome<readonly ExotelReport[]>>;
  /** Lists calls, oldest first. Fails with `not-found` where the host has no such list. */
  search(search: CallSearch): Promise<ReadOutcome<readonly ListedCall[]>>;
  /** Exotel's clock less this computer's, ms, by the newest answer; null: no answer told its time. */
  clockSkewMs(): number | null;
  exoPhones(): Promise<ReadOutcome<readonly ListedExoPhone[]>>;
  /** Ends at once: a Calls/connect that is on the wire resolves as `doubted`. */
  close(): Promise<void>;
}
