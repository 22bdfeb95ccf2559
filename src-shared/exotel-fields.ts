import { type ExotelReport, exotelReportSchema } from './exotel-report.ts';
import type { Leg } from './flow-events.ts';

/**
 * Reading what Exotel sends, be it a callback's fields or a call in an answer: the same quirks come by every door
 * (exotel-api.md, "Field quirks").
 */

/** Literal words that were seen in the field where a value is missing, and an applet's template left unresolved. */
const nothing = /^(|""|null|none|undefined|\{\{.*\}\})$/i;

/**
 * A field's text without blanks around it; null where Exotel says nothing. A number out of JSON becomes its text,
 * but for one too large to have kept its digits; what is neither text nor number is nothing.
 */
export function known(value: unknown): string | null {
  const text =
    typeof value === 'string'
      ? value.trim()
      : typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER
        ? String(value)
        : '';
  return nothing.test(text) ? null : text;
}

/**
 * Reads a call's fields, by the names of StatusCallback and of the Call Details API alike. Never fails: a value that is
 * absent, over-long or not what its field holds is null, "not said", so that one bad field spoils no report.
 */
export function readReport(fields: Readonly<Record<string, unknown>>): ExotelReport {
  return {
    sid: sid(fields['Sid']) ?? sid(fields['CallSid']),
    status: word(fields['Status']),
    eventType: word(fields['EventType']),
    dateCreated: dateText(fields['DateCreated']),
    dateUpdated: dateText(fields['DateUpdated']),
    startTime: dateText(fields['StartTime']),
    endTime: dateText(fields['EndTime']),
    durationSeconds: wholeSeconds(fields['Duration']) ?? wholeSeconds(fields['ConversationDuration']),
    price: matching(fields['Price'], decimalForm),
    recordingUrl: recordingUrl(fields['RecordingUrl']),
    conversationSeconds: wholeSeconds(fields['ConversationDuration']),
    legs: readLegs(fields),
  };
}

/** A call has two; a rotation may try more (exotel-flows.md 3). */
const mostLegs = 20;

/** Legs, as `Legs[0][OnCallDuration]` of a form, or as an array in JSON; what is neither is no leg. */
export function readLegs(fields: Readonly<Record<string, unknown>>): Leg[] {
  const listed = fields['Legs'];
  const rows: Record<string, unknown>[] = Array.isArray(listed)
    ? listed.slice(0, mostLegs).map(asRecord)
    : [];
  for (const [name, value] of Object.entries(fields)) {
    if (!name.startsWith('Legs[')) continue;
    const [, index = '', field = ''] = /^Legs\[(\d{1,2})\]\[(\w{1,40})\]$/.exec(name) ?? [];
    if (field === '' || Number(index) >= mostLegs) continue;
    const row = (rows[Number(index)] ??= {});
    row[field] = value;
  }
  // A leg may be missing before another: holes are no legs.
  return rows
    .filter((row) => row !== undefined)
    .map((row) => ({
      number: matching(row['Number'] ?? row['PhoneNumber'], dateForm),
      status: matching(row['Status'], wordForm),
      onCallSeconds: wholeSeconds(row['OnCallDuration']),
    }));
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** Neither blanks nor commas: Sids are asked for as `Sid=a,b`. */
const sidForm = /^[^\s,\p{C}]{1,100}$/u;
const wordForm = /^[^\p{C}]{1,100}$/u;
/** A date, or a phone number: what is short. */
const dateForm = /^[^\p{C}]{1,40}$/u;
const decimalForm = /^-?\d{1,15}(\.\d{1,20})?$/;

/** A date that means "none": a zero date, how PHP writes one, or the epoch as a filler. */
const fillerDate = /^(0000|-0001|1970)-/;

/** A known value that has this form, or null. */
export function matching(value: unknown, form: RegExp): string | null {
  const text = known(value);
  return text !== null && form.test(text) ? text : null;
}

export function sid(value: unknown): string | null {
  return matching(value, sidForm);
}

/** A status, an event, a cause: Exotel's raw word. */
export function word(value: unknown): string | null {
  return matching(value, wordForm);
}

function dateText(value: unknown): string | null {
  const text = matching(value, dateForm);
  return text === null || fillerDate.test(text) ? null : text;
}

export function wholeSeconds(value: unknown): number | null {
  const text = matching(value, /^\d{1,9}(\.\d{1,9})?$/);
  return text === null ? null : Math.round(Number(text));
}

export function recordingUrl(value: unknown): string | null {
  return exotelReportSchema.shape.recordingUrl.safeParse(known(value)).data ?? null;
}

const timeForm = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.\d{1,9})?(Z|[+-]\d\d:?\d\d)?$/;

/**
 * Exotel's time as ms UTC, to the second. `YYYY-MM-DD HH:mm:ss` carries no offset: it is the account's time, IST for
 * Indian accounts; an offset in the text (ISO 8601) goes first. Null for a filler date and for what is no time.
 *
 * @param offset `±HH:mm`
 */
export function exotelTime(text: string, offset = '+05:30'): number | null {
  const [, date, time, written = offset] = timeForm.exec(text.trim()) ?? [];
  if (date === undefined || time === undefined || fillerDate.test(date)) return null;
  const local = Date.parse(`${date}T${time}Z`);
  // Date.parse takes 30 February for 2 March.
  if (Number.isNaN(local) || !new Date(local).toISOString().startsWith(date)) return null;
  return Date.parse(`${date}T${time}${written.replace(/^([+-]\d\d):?(\d\d)$/, '$1:$2')}`);
}

const istOffsetMs = 330 * 60_000;

/** ms UTC as Exotel writes it for Indian accounts: `YYYY-MM-DD HH:mm:ss`, IST, no offset. */
export function exotelTimeText(ms: number): string {
  return new Date(ms + istOffsetMs).toISOString().slice(0, 19).replace('T', ' ');
}
