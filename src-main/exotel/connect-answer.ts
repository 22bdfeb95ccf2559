import { z } from 'zod';
import { known, readReport } from '../../src-shared/exotel-fields.ts';
import type { CallReason, ReasonCode } from '../../src-shared/errors.ts';
import type { ConnectOutcome } from './client.ts';
import { type AnswerHeaders, asFields, asList, type Fields, isHtml, readDocument } from './document.ts';

/** `<RestException>`: why Exotel refused. Its Status counts, whatever the HTTP status. Each field may be missing. */
const restExceptionSchema = z.object({
  Status: z.unknown().optional(),
  Message: z.unknown().optional(),
});

/** What Exotel's answer says, whatever was asked. */
export interface Verdict {
  /** RestException's Status, else HTTP's. */
  readonly status: number;
  readonly message: string;
  readonly byException: boolean;
  readonly html: boolean;
}

/** Reads who refused and why. */
export function readVerdict(
  httpStatus: number,
  headers: AnswerHeaders,
  body: string,
  document: Fields | null,
): Verdict {
  const exception = restExceptionSchema.safeParse(document?.['RestException']).data;
  const status = known(exception?.Status) ?? '';
  return {
    status: /^[3-9]\d\d$/.test(status) ? Number(status) : httpStatus,
    message: (known(exception?.Message) ?? '').slice(0, 2000),
    byException: exception !== undefined,
    html: exception === undefined && isHtml(headers, body),
  };
}

/**
 * What became of a call, by the answer to Calls/connect. Total, and in the order of exotel-api.md, "Connect a customer to
 * a flow": a 2xx with a Sid; a RestException, by its Status; 429; doubt; every other 3xx and 4xx.
 *
 * @param headers names in lower case
 */
export function readConnectAnswer(httpStatus: number, headers: AnswerHeaders, body: string): ConnectOutcome {
  const document = readDocument(body);
  const success = httpStatus >= 200 && httpStatus < 300;
  const report = readReport(asFields(document?.['Call']) ?? {});
  if (success && report.sid !== null) return { kind: 'accepted', report };

  const verdict = readVerdict(httpStatus, headers, body, document);
  const { status, message } = verdict;
  const reason = (code: ReasonCode, customerCalled: CallReason['customerCalled']): CallReason => ({
    code,
    customerCalled,
    httpStatus,
    message,
  });
  if (status === 429) {
    const retryAfterMs = readRetryAfter(headers);
    return { kind: 'rate-limited', retryAfterMs, reason: reason('rate-limited', 'no') };
  }
  if (status >= 500) {
    // Exotel itself says that no route took the call; a proxy's page says nothing of Exotel.
    const couldNotStart = (status === 500 || status === 504) && !verdict.html;
    return {
      kind: 'doubted',
      reason: couldNotStart ? reason('could-not-start', 'probably-not') : reason('server-error', 'perhaps'),
    };
  }
  if (status < 300) return { kind: 'doubted', reason: reason('unreadable-answer', 'perhaps') };
  // These may come from anything on the way, after Exotel got the request; not so where Exotel says them itself.
  if (!verdict.byException && (status === 408 || status === 425 || status === 499)) {
    return { kind: 'doubted', reason: reason('server-error', 'perhaps') };
  }
  return { kind: 'refused', reason: reason(refusalCode(verdict), 'no') };
}

/** Why a status from 300 to 499 means no. */
export function refusalCode({ status, message, html }: Verdict): ReasonCode {
  if (status === 407 || (html && (status === 401 || status === 403))) return 'proxy-refused';
  switch (status) {
    case 400:
      return 'bad-parameter';
    case 401:
      return 'credentials';
    case 402:
      return 'balance';
    case 403:
      // "TRAI NDNC" (exotel-flows.md, 8).
      return /\b(?:DND|NDNC|do not disturb)\b/i.test(message) ? 'dnd' : 'forbidden';
    case 404:
      return 'not-found';
    case 409:
      return 'conflict';
    default:
      return 'refused';
  }
}

/** Seconds, or a date against the answer's own clock; in ms. Null where it is not there or means nothing. */
export function readRetryAfter(headers: AnswerHeaders): number | null {
  const [value] = asList(headers['retry-after']);
  const text = known(value) ?? '';
  if (/^\d{1,6}$/.test(text)) return Number(text) * 1000;
  const [date] = asList(headers['date']);
  const wait = Date.parse(text) - Date.parse(known(date) ?? '');
  return Number.isNaN(wait) ? null : Math.max(0, wait);
}
