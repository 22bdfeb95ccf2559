import { exotelTimeText } from '../../src-shared/exotel-fields.ts';
import type { Quirks } from './endings.ts';

/** The call that an applet speaks of. */
export interface AppletCall {
  readonly sid: string;
  /** The customer's number and the ExoPhone, as they were sent. */
  readonly customer: string;
  readonly exoPhone: string;
  readonly customField: string | null;
  readonly appId: string;
  readonly accountSid: string;
  /** ms UTC. */
  readonly createdAt: number;
  readonly startedAt: number;
}

/** How the second leg ended. Seconds. */
export interface DialedLeg {
  readonly number: string;
  readonly status: 'completed' | 'no-answer' | 'busy' | 'canceled';
  /** From triggering the leg to its end, talk included. */
  readonly dialSeconds: number;
  /** null: nobody talked. */
  readonly talkSeconds: number | null;
}

/** How far the call has come. */
export interface Progress {
  readonly callStatus: 'in-progress' | 'completed';
  readonly callType: 'call-attempt' | 'completed' | 'client-hangup' | 'incomplete';
  readonly leg: DialedLeg | null;
  readonly recordingUrl: string | null;
}

export type LegEvent = 'Dial' | 'Ringing' | 'Answered' | 'Terminal';

/** A constant: the call has not ended (exotel-flows.md 2). */
const endTimeFiller = '1970-01-01 05:30:00';

/**
 * What Connect and Passthru send (exotel-flows.md 2 and 5).
 *
 * @param digits what the customer pressed; Exotel tells it once
 */
export function appletQuery(
  call: AppletCall,
  progress: Progress,
  at: { readonly now: number; readonly digits: string },
  quirks: Quirks,
): URLSearchParams {
  const { leg } = progress;
  const talked = leg?.talkSeconds ?? null;
  return written(quirks, {
    CallSid: call.sid,
    ...numbers(call, quirks),
    Direction: 'outbound-dial',
    Created: exotelTimeText(call.createdAt),
    StartTime: exotelTimeText(call.startedAt),
    EndTime: endTimeFiller,
    CurrentTime: exotelTimeText(at.now),
    DialCallDuration: String(leg?.dialSeconds ?? 0),
    DialCallStatus: leg?.status ?? null,
    DialWhomNumber: leg?.number ?? null,
    CallStatus: progress.callStatus,
    CallType: progress.callType,
    digits: `"${at.digits}"`,
    CustomField: call.customField,
    flow_id: call.appId,
    tenant_id: call.accountSid,
    RecordingUrl: progress.recordingUrl,
    ...(leg !== null && talked !== null
      ? { 'Legs[0][Number]': leg.number, 'Legs[0][OnCallDuration]': String(talked) }
      : {}),
  });
}

/** What a Greeting with a URL as its text sends (exotel-api.md, "Applets of a flow"). */
export function greetingQuery(call: AppletCall, quirks: Quirks): URLSearchParams {
  const { From, To } = numbers(call, quirks);
  return written(quirks, { CallSid: call.sid, From, To, DialWhomNumber: '', CustomField: call.customField });
}

/** What the "Create popup" URL gets at each step of the rep's leg (exotel-flows.md 5). */
export function legQuery(call: AppletCall, number: string, event: LegEvent, quirks: Quirks): URLSearchParams {
  return written(quirks, {
    CallSid: call.sid,
    From: call.customer,
    DialWhomNumber: number,
    Status: event === 'Terminal' ? 'free' : 'busy',
    EventType: event,
    CustomField: call.customField,
  });
}

/** Of an outgoing call: from the ExoPhone to the customer, or the other way round, as integrations disagree. */
function numbers({ customer, exoPhone }: AppletCall, { crossedNumbers }: Quirks) {
  const [from, to] = crossedNumbers ? [customer, exoPhone] : [exoPhone, customer];
  return { CallFrom: from, CallTo: to, From: from, To: to };
}

/** The fields that were seen as templates that nobody filled in. */
const seenUnresolved: ReadonlySet<string> = new Set(['CallSid', 'DialWhomNumber', 'digits', 'flow_id']);

/** null: not sent. */
function written(
  { unresolvedTemplates }: Quirks,
  fields: Readonly<Record<string, string | null>>,
): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    if (unresolvedTemplates && seenUnresolved.has(name)) query.set(name, `{{${name}}}`);
    else if (value !== null) query.set(name, value);
  }
  return query;
}
