import type { ExotelReport } from '../../src-shared/exotel-report.ts';
import type { ReasonCode } from '../../src-shared/errors.ts';
import { known, readReport } from '../../src-shared/exotel-fields.ts';
import type { ListedCall, ListedExoPhone, ReadOutcome } from './client.ts';
import { readVerdict, refusalCode } from './connect-answer.ts';
import { type AnswerHeaders, asFields, asList, type Fields, readDocument } from './document.ts';

/** An answer to a read. */
interface Answer {
  readonly status: number;
  readonly headers: AnswerHeaders;
  readonly body: string;
}

/** Calls of a list, or the one call of `Calls/<Sid>`. A call without a Sid is left out. */
export function readCalls(answer: Answer): ReadOutcome<readonly ExotelReport[]> {
  const listed = readListedCalls(answer);
  return listed.kind === 'ok' ? { kind: 'ok', value: listed.value.map(({ report }) => report) } : listed;
}

/** The same, with what tells whose calls they are. */
export function readListedCalls(answer: Answer): ReadOutcome<readonly ListedCall[]> {
  return read(answer, (document) => {
    if (!('Calls' in document || 'Call' in document)) return null;
    const list = asFields(document['Calls'])?.['Call'] ?? document['Calls'] ?? document['Call'];
    return asList(list).flatMap((call): ListedCall[] => {
      const fields = asFields(call) ?? {};
      const { sid, ...report } = readReport(fields);
      if (sid === null) return [];
      return [
        {
          report: { ...report, sid },
          from: known(fields['From']),
          to: known(fields['To']),
          exoPhone: known(fields['PhoneNumberSid']) ?? known(fields['To']),
          direction: known(fields['Direction']),
        },
      ];
    });
  });
}

/**
 * The account's ExoPhones. Today's hosts write `phone_number`, the legacy one `PhoneNumber`, and each wraps its list in
 * its own way, so they are sought at any depth.
 */
export function readExoPhones(answer: Answer): ReadOutcome<readonly ListedExoPhone[]> {
  return read(answer, (document) => {
    const isList = Object.keys(document).some((name) => /^incoming_?phone_?numbers?$/i.test(name));
    const found = findExoPhones(document, 4);
    return isList || found.length > 0 ? found : null;
  });
}

function findExoPhones(value: unknown, depth: number): ListedExoPhone[] {
  if (depth === 0) return [];
  if (Array.isArray(value)) return value.flatMap((each) => findExoPhones(each, depth - 1));
  const fields = asFields(value);
  if (fields === null) return [];
  const number = known(fields['phone_number']) ?? known(fields['PhoneNumber']);
  if (number === null) return Object.values(fields).flatMap((each) => findExoPhones(each, depth - 1));
  return [
    {
      sid: known(fields['sid']) ?? known(fields['Sid']) ?? '',
      number,
      name: known(fields['friendly_name']) ?? known(fields['FriendlyName']) ?? '',
    },
  ];
}

/** Reads a success by `pick`, null where the document is not what was asked for; else says why there is none. */
function read<T>({ status, headers, body }: Answer, pick: (document: Fields) => T | null): ReadOutcome<T> {
  const document = readDocument(body);
  const verdict = readVerdict(status, headers, body, document);
  const success = verdict.status >= 200 && verdict.status < 300;
  const value = success && !verdict.byException && document !== null ? pick(document) : null;
  if (value !== null) return { kind: 'ok', value };
  const reason = {
    code: failureCode(verdict.status, () => refusalCode(verdict)),
    // A read rings nobody.
    customerCalled: 'no',
    httpStatus: status,
    message: verdict.message,
  } as const;
  return { kind: 'failed', reason };
}

function failureCode(status: number, refusal: () => ReasonCode): ReasonCode {
  if (status < 300) return 'unreadable-answer';
  if (status >= 500) return 'server-error';
  return status === 429 ? 'rate-limited' : refusal();
}
