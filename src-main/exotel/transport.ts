import { type Dispatcher, errors, Pool } from 'undici';
import type { CallReason, CustomerCalled, ReasonCode } from '../../src-shared/errors.ts';
import type { ExotelAccount } from './client.ts';
import { createConnector, type ProxyFor, ProxyRefusal } from './connector.ts';
import type { AnswerHeaders } from './document.ts';

/** Milliseconds. */
export interface Timeouts {
  readonly connect: number;
  /** From a Calls/connect request to its answer's headers. */
  readonly callAnswer: number;
  /** From a read to its answer's headers. */
  readonly readAnswer: number;
  /** Between two pieces of an answer's body. */
  readonly body: number;
  /** From the beginning to the answer's last byte, so that no trickle lasts for ever. */
  readonly whole: number;
}

/**
 * Calls/connect answers once Exotel has tried its routes, at worst after many seconds: under 60 s there were false doubts
 * (exotel-flows.md, 8).
 */
export const defaultTimeouts: Timeouts = {
  connect: 10_000,
  callAnswer: 75_000,
  readAnswer: 20_000,
  body: 15_000,
  whole: 110_000,
};

/** An answer is a few kB, twenty calls are some 30: what is larger is not Exotel's. */
const largestAnswer = 1_000_000;

/** What became of one request. */
export type Exchange =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly headers: AnswerHeaders;
      readonly body: string;
    }
  /** `maybeSent` is false only where it is certain that no byte of the request was written. */
  | {
      readonly kind: 'failed';
      readonly maybeSent: boolean;
      readonly code: ReasonCode;
      readonly message: string;
    };

export interface Transport {
  /** Makes one POST ready. Calling the function sends it: at most once, and no redirect is followed. */
  preparePost(path: string, form: string): () => Promise<Exchange>;
  get(path: string): Promise<Exchange>;
  close(): Promise<void>;
}

/** Speaks HTTP to an account's host. Never throws for what happens on the wire. */
export function createTransport(
  account: ExotelAccount,
  options: { readonly timeouts?: Timeouts; readonly proxyFor?: ProxyFor } = {},
): Transport {
  const { timeouts = defaultTimeouts, proxyFor = () => Promise.resolve(null) } = options;
  const pool = new Pool(account.origin, {
    connections: 32,
    // With more, undici repeats requests that were queued behind a failed one.
    pipelining: 1,
    // Over HTTP/2 it is not known which requests left.
    allowH2: false,
    // Idle sockets are given up before a server does: a request that crosses its FIN ends in doubt.
    keepAliveTimeout: 4_000,
    keepAliveMaxTimeout: 10_000,
    connect: createConnector({ timeoutMs: timeouts.connect, proxyFor }),
    bodyTimeout: timeouts.body,
    maxResponseSize: largestAnswer,
  });
  const credentials = Buffer.from(`${account.apiKey}:${account.apiToken}`).toString('base64');
  const headers = {
    accept: 'application/xml, application/json;q=0.9',
    authorization: `Basic ${credentials}`,
    'user-agent': 'Flowdial',
  };

  function prepare(options: Dispatcher.RequestOptions): () => Promise<Exchange> {
    const watch = { maybeSent: false };
    const dispatcher = pool.compose(watchSending(watch));
    return async () => {
      try {
        const answer = await dispatcher.request({ ...options, signal: AbortSignal.timeout(timeouts.whole) });
        const body = await answer.body.text();
        return { kind: 'answered', status: answer.statusCode, headers: answer.headers, body };
      } catch (error) {
        return { kind: 'failed', maybeSent: watch.maybeSent, ...describe(error, watch.maybeSent) };
      }
    };
  }

  return {
    preparePost: (path, form) =>
      prepare({
        method: 'POST',
        path,
        headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
        body: form,
        headersTimeout: timeouts.callAnswer,
      }),
    get: (path) => prepare({ method: 'GET', path, headers, headersTimeout: timeouts.readAnswer })(),
    // At once: a request on the wire ends in doubt, and is recorded so, instead of holding up the end of the program.
    close: () => pool.destroy(),
  };
}

/**
 * Notes when undici is about to write the request: it calls `onRequestStart` on the chosen live socket in the same tick,
 * and an aborted request goes no further. Error codes do not tell: ECONNRESET comes before and after.
 */
function watchSending(watch: { maybeSent: boolean }): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) =>
    dispatch(options, {
      onRequestStart(controller, context) {
        handler.onRequestStart?.(controller, context);
        if (!controller.aborted) watch.maybeSent = true;
      },
      onResponseStart: (...head) => handler.onResponseStart?.(...head),
      onResponseData: (...data) => handler.onResponseData?.(...data),
      onResponseEnd: (...end) => handler.onResponseEnd?.(...end),
      onResponseError: (...failure) => handler.onResponseError?.(...failure),
    });
}

function describe(error: unknown, maybeSent: boolean): { code: ReasonCode; message: string } {
  const message = nameOf(error);
  if (error instanceof ProxyRefusal) return { code: 'proxy-refused', message };
  if (!maybeSent) return { code: 'unreachable', message };
  if (
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError ||
    message === 'TimeoutError'
  ) {
    return { code: 'timed-out', message };
  }
  const unreadable =
    error instanceof errors.HTTPParserError ||
    error instanceof errors.ResponseExceededMaxSizeError ||
    error instanceof errors.HeadersOverflowError;
  return { code: unreadable ? 'unreadable-answer' : 'connection-lost', message };
}

/** The network's code where there is one: `ECONNREFUSED`. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

/** Why an exchange failed, for a request that may have called `customerCalled`. */
export function failureReason(
  { code, message }: Extract<Exchange, { kind: 'failed' }>,
  customerCalled: CustomerCalled,
): CallReason {
  return { code, customerCalled, httpStatus: null, message };
}
