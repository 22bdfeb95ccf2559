import type { Call } from '../../src-shared/call.ts';

/** What a table of calls shows of each, and under which name. Times are UTC, ISO 8601. */
const columns: readonly (readonly [name: string, cell: (call: Call) => string | number | null])[] = [
  ['id', (call) => call.id],
  ['placed_at', (call) => time(call.placedAt)],
  ['number', (call) => call.number.e164 ?? call.number.entered],
  ['status', (call) => call.status],
  ['conversation', (call) => call.conversation.state],
  ['talk_seconds', (call) => (call.conversation.state === 'talked' ? call.conversation.seconds : null)],
  ['flow', (call) => call.flow?.name ?? null],
  ['outcome', (call) => call.outcome],
  ['note', (call) => call.note],
  ['follow_up_at', (call) => time(call.followUpAt)],
  ['reason', (call) => call.reason?.code ?? null],
  ['customer_called', (call) => call.reason?.customerCalled ?? null],
  ['overrode', (call) => call.overrode.join(' ')],
  ['overrode_why', (call) => call.overrodeWhy],
  ['line', (call) => (call.line.kind === 'practice' ? 'practice' : call.line.accountSid)],
  ['exophone', (call) => call.callerId],
  ['sid', (call) => call.sid],
  ['sent_at', (call) => time(call.sentAt)],
  ['ended_at', (call) => time(call.endedAt)],
  ['duration_seconds', (call) => call.durationSeconds],
  ['price', (call) => call.price],
  ['recording_url', (call) => call.recordingUrl],
];

export const callCsvHeader = columns.map(([name]) => name).join(',');

/** A call as a line of RFC 4180 (without the line's end). */
export function callCsvLine(call: Call): string {
  return columns.map(([, cell]) => csvCell(cell(call))).join(',');
}

/**
 * A cell of RFC 4180. Spreadsheets run a text that begins like a formula: such a one gets an apostrophe before it
 * (https://owasp.org/www-community/attacks/CSV_Injection). A number in E.164 is none, and stays as it is.
 */
export function csvCell(value: string | number | null): string {
  if (value === null) return '';
  const text = String(value);
  const guarded = /^[=+\-@\t\r]/.test(text) && !/^\+\d{7,15}$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

function time(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
