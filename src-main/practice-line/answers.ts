import { exotelTimeText } from '../../src-shared/exotel-fields.ts';
import type { PracticeCall } from './call-book.ts';

/** An HTTP answer, whole. */
export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** The answer to a request, or the connection reset without one. */
export type Reply = Answered | 'reset';

/** Exotel answers in XML, and in JSON where `.json` is appended. */
export type Format = 'xml' | 'json';

/** One call. */
export function callAnswer(format: Format, call: PracticeCall, accountSid: string): Answered {
  const fields = callFields(call, accountSid);
  return format === 'json'
    ? json(200, { Call: fields })
    : xml(
        200,
        `${xmlDeclaration}<TwilioResponse>\n <Call>\n${elements(fields, '  ')} </Call>\n</TwilioResponse>\n`,
      );
}

/** A page of calls; there is only ever one page. */
export function callsAnswer(
  format: Format,
  calls: readonly PracticeCall[],
  accountSid: string,
  uri: string,
): Answered {
  const metadata = {
    Total: String(calls.length),
    PageSize: '100',
    FirstPageUri: uri,
    PrevPageUri: null,
    NextPageUri: null,
  };
  const rows = calls.map((call) => callFields(call, accountSid));
  if (format === 'json') return json(200, { Metadata: metadata, Calls: rows });
  const list = rows.map((fields) => `  <Call>\n${elements(fields, '   ')}  </Call>\n`).join('');
  return xml(
    200,
    `${xmlDeclaration}<TwilioResponse>\n <Metadata>\n${elements(metadata, '  ')} </Metadata>\n <Calls>\n${list} </Calls>\n</TwilioResponse>\n`,
  );
}

/** Why not. */
export function exceptionAnswer(
  format: Format,
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Answered {
  const fields = { Status: String(status), Message: message };
  const answer =
    format === 'json'
      ? json(status, { RestException: { ...fields, Status: status } })
      : xml(
          status,
          `<TwilioResponse>\n  <RestException>\n${elements(fields, '    ')}  </RestException>\n</TwilioResponse>\n`,
        );
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

/** The account's only ExoPhone, in the shape of `/v1` (legacy) or of `/v2_beta`. */
export function exoPhonesAnswer(version: 'v1' | 'v2_beta', number: string, uri: string): Answered {
  const name = 'Practice line';
  if (version === 'v1') {
    return json(200, {
      Metadata: { Total: 1, PageSize: 50, FirstPageUri: uri, PrevPageUri: null, NextPageUri: null },
      IncomingPhoneNumbers: [
        { IncomingPhoneNumber: { Sid: number, PhoneNumber: number, FriendlyName: name } },
      ],
    });
  }
  return json(200, {
    page: 0,
    page_size: 50,
    uri,
    first_page_uri: uri,
    next_page_uri: null,
    previous_page_uri: null,
    incoming_phone_numbers: [
      {
        sid: number,
        phone_number: number,
        friendly_name: name,
        capabilities: { voice: true, sms: false },
      },
    ],
  });
}

/** What a proxy on the way answers in Exotel's stead. */
export function proxyPage(status: number): Answered {
  const body =
    '<html><head><title>Service Unavailable</title></head><body><h1>Service Unavailable</h1></body></html>\n';
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}

/** The same answer, its body cut in the middle. */
export function brokenOff(answer: Answered): Answered {
  return { ...answer, body: answer.body.slice(0, answer.body.length / 2) };
}

type Fields = Readonly<Record<string, string | null>>;

/** The elements of the seed's sample, in its order. */
function callFields(call: PracticeCall, accountSid: string): Fields {
  const ended = call.endedAt;
  return {
    Sid: call.sid,
    ParentCallSid: null,
    DateCreated: exotelTimeText(call.createdAt),
    DateUpdated: exotelTimeText(call.updatedAt),
    AccountSid: accountSid,
    To: call.to,
    From: call.from,
    PhoneNumberSid: call.exoPhone,
    Status: call.status,
    StartTime: exotelTimeText(call.createdAt),
    EndTime: ended === null ? null : exotelTimeText(ended),
    Duration: ended === null ? null : String(Math.round((ended - call.createdAt) / 1000)),
    // Nothing is charged, and Exotel too knows a price only after the end.
    Price: ended === null ? null : '0.00',
    Direction: 'outbound-api',
    AnsweredBy: null,
    ForwardedFrom: null,
    CallerName: null,
    RecordingUrl: call.recordingUrl,
    Uri: `/v1/Accounts/${accountSid}/Calls/${call.sid}`,
  };
}

const xmlDeclaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** The seed writes these two as an open and a close tag when empty, all others as one. */
const writtenOpen: ReadonlySet<string> = new Set(['Duration', 'Price']);

function elements(fields: Fields, indent: string): string {
  return Object.entries(fields)
    .map(([name, value]) =>
      value === null && !writtenOpen.has(name)
        ? `${indent}<${name}/>\n`
        : `${indent}<${name}>${escapeXml(value ?? '')}</${name}>\n`,
    )
    .join('');
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function xml(status: number, body: string): Answered {
  return { status, headers: { 'content-type': 'application/xml' }, body };
}

function json(status: number, value: unknown): Answered {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}
