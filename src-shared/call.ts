import { z } from 'zod';
import { type CallEvent, dialedNumberSchema, instant, lineSchema, settledSchema } from './call-events.ts';
import { emptyReport, type ExotelReport, listedReportSchema } from './exotel-report.ts';
import {
  beginConversation,
  type ConversationAbout,
  type ConversationEvent,
  conversationSchema,
  converse,
  isOnTheLine,
} from './conversation.ts';
import { assertNever, callReasonSchema } from './errors.ts';
import { callFlowSchema } from './flow.ts';
import type { FlowEvent } from './flow-events.ts';

/** Every status a call can have. What each means and what may follow: docs/architecture.md, "A call's life". */
export const callStatuses = [
  'queued',
  'held',
  'dialing',
  'in-progress',
  'answered',
  'completed',
  'no-answer',
  'busy',
  'failed',
  'canceled',
  'rejected',
  'unconfirmed',
  'withdrawn',
] as const;
export const callStatusSchema = z.enum(callStatuses);
export type CallStatus = z.infer<typeof callStatusSchema>;

const terminalStatuses: ReadonlySet<CallStatus> = new Set<CallStatus>([
  'completed',
  'no-answer',
  'busy',
  'failed',
  'canceled',
  'rejected',
  'withdrawn',
]);

/** No event moves a call out of a terminal status. */
export function isTerminal(status: CallStatus): boolean {
  return terminalStatuses.has(status);
}

/** Whether this call has not reached Exotel yet: while there is such a one, its line cannot change (design.md). */
export function isUnsent(status: CallStatus): boolean {
  return status === 'queued' || status === 'held' || status === 'dialing';
}

/** Whether Exotel has, or may have, this call and its end is still to come: the reconciler asks for these. */
export function isOut(status: CallStatus): boolean {
  return status === 'in-progress' || status === 'answered' || status === 'unconfirmed';
}

/** Whether the call may be at Exotel under a Sid that we do not know: it is sought in Exotel's list. */
export function isSought(call: Pick<Call, 'status' | 'sid'>): boolean {
  return call.status === 'unconfirmed' && call.sid === null;
}

/** A call: the sum of its events. */
export const callSchema = z.strictObject({
  /** The intent's id: a UUID made where the person acted. The same id never dials twice. */
  id: z.uuid(),
  number: dialedNumberSchema,
  line: lineSchema,
  callerId: z.string(),
  flowUrl: z.string(),
  overrode: z.array(z.string()),
  overrodeWhy: z.string().default(''),
  flow: callFlowSchema.nullable().default(null),
  ringMeFirst: z.boolean().default(false),
  /** E.164 of the rep's phone when it was placed. */
  repNumber: z.string().nullable().default(null),
  status: callStatusSchema,
  /** Who talked. */
  conversation: conversationSchema.default(beginConversation(null)),
  /** The rep called it off while it rang: they will not be connected. */
  calledOff: z.boolean().default(false),
  outcome: z.string().nullable().default(null),
  note: z.string().default(''),
  /** When the rep wants to be reminded, ms UTC. */
  followUpAt: instant.nullable().default(null),
  /** Why the call is rejected, unconfirmed or queued again; null elsewhere. */
  reason: callReasonSchema.nullable(),
  /** Exotel's Sid: digits and letters, always text. */
  sid: z.string().nullable(),
  /** Exotel's last status word, raw, known to us or not. */
  exotelStatus: z.string().nullable(),
  placedAt: instant,
  /** When the last attempt went on the wire. */
  sentAt: instant.nullable(),
  attempts: z.int().nonnegative(),
  /** When we learnt of the terminal status. */
  endedAt: instant.nullable(),
  updatedAt: instant,
  byAsking: z.boolean(),
  /** When a rate-limited call may be sent again. */
  retryAt: instant.nullable(),
  dateCreated: z.string().nullable(),
  dateUpdated: z.string().nullable(),
  startTime: z.string().nullable(),
  endTime: z.string().nullable(),
  durationSeconds: z.int().nonnegative().nullable(),
  price: z.string().nullable(),
  recordingUrl: z.string().nullable(),
  /** How the Sid was found, where only number and time speak for it, and the doubt that stood before; null: proven. */
  match: z
    .strictObject({ by: z.enum(['search', 'rep']), doubt: callReasonSchema.nullable() })
    .nullable()
    .default(null),
  /** Calls of Exotel's list that may be this one, while a person has not chosen. */
  candidates: z.array(listedReportSchema).default([]),
  /** Sids that a person said are not this call. */
  notMine: z.array(z.string()).default([]),
  settled: settledSchema.nullable().default(null),
});
export type Call = z.infer<typeof callSchema>;

/**
 * Reads Exotel's status word. `queued`, `ringing` and `in-progress` all mean that Exotel has the call;
 * an unknown word is `null`: it moves nothing. Case, blanks and `_` are forgiven (exotel-api.md, field quirks).
 */
export function readExotelStatus(word: string | null): CallStatus | null {
  switch (
    word
      ?.trim()
      .toLowerCase()
      .replaceAll(/[\s_]+/g, '-')
  ) {
    case 'queued':
    case 'ringing':
    case 'in-progress':
      return 'in-progress';
    case 'answered':
      return 'answered';
    case 'completed':
      return 'completed';
    case 'no-answer':
      return 'no-answer';
    case 'busy':
      return 'busy';
    case 'failed':
      return 'failed';
    case 'canceled':
    case 'cancelled':
      return 'canceled';
    default:
      return null;
  }
}

/** Thrown by `apply` where an event cannot belong to the call: a bug in the caller, never Exotel's doing. */
export class ImpossibleEventError extends Error {
  override readonly name = 'ImpossibleEventError';
  readonly status: CallStatus | null;
  readonly eventType: CallEvent['type'];

  constructor(status: CallStatus | null, eventType: CallEvent['type']) {
    super(`A call that is ${status ?? 'not there'} cannot take the event "${eventType}".`);
    this.status = status;
    this.eventType = eventType;
  }
}

/**
 * The lifecycle: what a call becomes by an event. Pure; the only place that decides a status.
 *
 * Events that come from outside (`reported`) or late (`accepted`, `doubted` after a callback) are always taken
 * and at worst change nothing. Events that only our own code makes throw {@link ImpossibleEventError} where they
 * make no sense, so that a bug cannot write a wrong history.
 */
export function apply(call: Call | null, id: string, event: CallEvent): Call {
  if (call === null) {
    if (event.type !== 'placed') throw new ImpossibleEventError(null, event.type);
    return placeCall(id, event);
  }
  const moved = move(call, event);
  const about = aboutOf(moved);
  const conversation = heard(call, moved, event).reduce(
    (before, each) => converse(before, each, about),
    moved.conversation,
  );
  return { ...moved, conversation };
}

/** A call is the sum of its events, of which the first is `placed`. Throws as `apply`. */
export function sumOf(id: string, events: readonly CallEvent[]): Call {
  const call = events.reduce<Call | null>((sum, event) => apply(sum, id, event), null);
  if (call === null) throw new Error('There is no call without an event.');
  return call;
}

/** What the conversation hears of an event, by what it made of the call. */
function heard(before: Call, after: Call, event: CallEvent): ConversationEvent[] {
  const events: ConversationEvent[] = [];
  switch (event.type) {
    case 'connect-asked':
    case 'greeted':
    case 'leg':
    case 'passthru':
      events.push(event);
      break;
    case 'accepted':
    case 'reported':
      // Asked for before it was known to be another call: `move` took nothing of it.
      if (event.report.sid !== null && event.report.sid !== after.sid) break;
      if (event.report.legs.length > 0 || event.report.conversationSeconds !== null) {
        const { legs, conversationSeconds } = event.report;
        events.push({ type: 'legs', at: event.at, legs, conversationSeconds });
      }
      break;
    default:
  }
  if (isTerminal(after.status) && !isTerminal(before.status)) events.push({ type: 'ended', at: event.at });
  return events;
}

function aboutOf(call: Call): ConversationAbout {
  return {
    kind: call.ringMeFirst ? 'ring-me-first' : (call.flow?.kind ?? null),
    rep: call.repNumber,
    customer: call.number.e164,
    over: isTerminal(call.status),
  };
}

function move(call: Call, event: CallEvent): Call {
  const touched: Call = { ...call, updatedAt: Math.max(call.updatedAt, event.at) };
  switch (event.type) {
    case 'placed':
      throw new ImpossibleEventError(call.status, event.type);
    case 'sending':
      if (call.status !== 'queued') throw new ImpossibleEventError(call.status, event.type);
      return {
        ...touched,
        status: 'dialing',
        reason: null,
        retryAt: null,
        sentAt: event.at,
        attempts: event.attempt,
        byAsking: event.byAsking,
      };
    case 'accepted':
      // Whatever word came with it: a Sid means that Exotel has the call.
      return learn(prove(touched, event.report), event.report, event.at, 'in-progress');
    case 'reported':
      if (event.source === 'callback') {
        return learn(prove(touched, event.report), event.report, event.at, null);
      }
      // Asked for before a person said "not mine", or before proof replaced a match: it tells of another call.
      if (event.report.sid !== null && event.report.sid !== call.sid) return touched;
      return learn(touched, event.report, event.at, null);
    case 'matched': {
      // Proof, or another choice, may have come first.
      if (!isSought(call) || call.notMine.includes(event.report.sid)) return touched;
      const match = { by: event.by, doubt: call.reason };
      return learn({ ...touched, match, candidates: [] }, event.report, event.at, 'in-progress');
    }
    case 'candidates': {
      if (!isSought(call)) return touched;
      const candidates = event.candidates.filter(({ sid }) => !call.notMine.includes(sid));
      return { ...touched, candidates };
    }
    case 'not-mine': {
      const isMatch = call.match !== null && call.sid === event.sid;
      if (!isMatch && !call.candidates.some(({ sid }) => sid === event.sid)) {
        throw new ImpossibleEventError(call.status, event.type);
      }
      return {
        ...(isMatch ? withoutMatch(touched) : touched),
        candidates: call.candidates.filter(({ sid }) => sid !== event.sid),
        notMine: [...call.notMine, event.sid],
      };
    }
    case 'settled':
      if (!isOut(call.status)) return touched;
      return { ...touched, settled: event.as };
    case 'refused':
      // A callback may have proved the call before this answer was read: the proof counts.
      if (call.status !== 'dialing') return touched;
      return { ...touched, status: 'rejected', reason: event.reason, endedAt: event.at };
    case 'rate-limited':
      if (call.status !== 'dialing') return touched;
      return { ...touched, status: 'queued', reason: event.reason, retryAt: event.retryAt };
    case 'not-sent':
      if (call.status !== 'dialing') return touched;
      return event.again
        ? { ...touched, status: 'queued', reason: event.reason }
        : { ...touched, status: 'rejected', reason: event.reason, endedAt: event.at };
    case 'doubted':
      if (call.status !== 'dialing') return touched;
      return { ...touched, status: 'unconfirmed', reason: event.reason };
    case 'interrupted':
      if (call.status !== 'dialing') return touched;
      return {
        ...touched,
        status: 'unconfirmed',
        reason: { code: 'interrupted', customerCalled: 'perhaps', httpStatus: null, message: '' },
      };
    case 'held':
      if (call.status !== 'queued') throw new ImpossibleEventError(call.status, event.type);
      return { ...touched, status: 'held' };
    case 'continued':
      if (call.status !== 'held') throw new ImpossibleEventError(call.status, event.type);
      return { ...touched, status: 'queued' };
    case 'withdrawn':
      if (call.status !== 'queued' && call.status !== 'held') {
        throw new ImpossibleEventError(call.status, event.type);
      }
      return { ...touched, status: 'withdrawn', reason: null, retryAt: null, endedAt: event.at };
    case 'connect-asked':
      // It was answered before the call off was stored: the rep's phone rings.
      return pickedUp({ ...touched, calledOff: call.calledOff && event.to === null }, event);
    case 'greeted':
    case 'leg':
    case 'passthru':
      return pickedUp(touched, event);
    case 'called-off':
      if (!canCallOff(call)) throw new ImpossibleEventError(call.status, event.type);
      return { ...touched, calledOff: true };
    case 'outcome':
      return { ...touched, outcome: event.outcome };
    case 'noted':
      return { ...touched, note: event.text };
    case 'follow-up':
      return { ...touched, followUpAt: event.due };
    default:
      return assertNever(event);
  }
}

/**
 * Whether the rep can still call it off: a call to a flow that rings somebody, sent, and nobody asked yet whom to
 * ring. Exotel has no way to hang up the customer's leg (exotel-flows.md 8).
 */
export function canCallOff(call: Pick<Call, 'status' | 'flow' | 'calledOff' | 'conversation'>): boolean {
  const out = call.status === 'dialing' || isOut(call.status);
  return out && call.flow?.kind === 'rings-me' && !call.calledOff && call.conversation.state === 'unknown';
}

/** An applet of the flow asked: the customer is on the line, whatever was known before. */
function pickedUp(call: Call, event: FlowEvent): Call {
  const recordingUrl = event.type === 'passthru' ? event.recordingUrl : null;
  const report = { ...emptyReport, sid: event.sid, eventType: 'answered', recordingUrl };
  return learn(prove(call, report), report, event.at, null);
}

function placeCall(id: string, event: Extract<CallEvent, { type: 'placed' }>): Call {
  return {
    id,
    number: event.number,
    line: event.line,
    callerId: event.callerId,
    flowUrl: event.flowUrl,
    overrode: event.overrode,
    overrodeWhy: event.overrodeWhy,
    flow: event.flow,
    ringMeFirst: event.ringMeFirst,
    repNumber: event.repNumber,
    status: 'queued',
    conversation: beginConversation(event.ringMeFirst ? 'ring-me-first' : (event.flow?.kind ?? null)),
    calledOff: false,
    outcome: null,
    note: '',
    followUpAt: null,
    reason: null,
    sid: null,
    exotelStatus: null,
    placedAt: event.at,
    sentAt: null,
    attempts: 0,
    endedAt: null,
    updatedAt: event.at,
    byAsking: false,
    retryAt: null,
    dateCreated: null,
    dateUpdated: null,
    startTime: null,
    endTime: null,
    durationSeconds: null,
    price: null,
    recordingUrl: null,
    match: null,
    candidates: [],
    notMine: [],
    settled: null,
  };
}

/** The call as it was before a match: in doubt, with nothing learnt of the other call. */
function withoutMatch(call: Call): Call {
  return {
    ...call,
    status: 'unconfirmed',
    reason: call.match?.doubt ?? null,
    // Only a call that nobody had told of was matched.
    conversation: beginConversation(aboutOf(call).kind),
    match: null,
    sid: null,
    exotelStatus: null,
    endedAt: null,
    dateCreated: null,
    dateUpdated: null,
    startTime: null,
    endTime: null,
    durationSeconds: null,
    price: null,
    recordingUrl: null,
    settled: null,
  };
}

/** Exotel's own word for this call: what was only matched by number and time gives way to it. */
function prove(call: Call, report: ExotelReport): Call {
  const says = report.sid !== null || readExotelStatus(report.status) !== null;
  const isOther = call.match !== null && says && report.sid !== call.sid;
  return { ...(isOther ? withoutMatch(call) : call), match: null, candidates: [] };
}

/** Where the rep's phone is rung first, each phone that is picked up is told: only the customer's counts. */
function tellsPickUp(call: Call, { eventType, legs }: ExotelReport): boolean {
  if (eventType?.trim().toLowerCase() !== 'answered') return false;
  return !call.ringMeFirst || isOnTheLine(legs, call.number.e164);
}

/** Fields that Exotel may fill in, also after the end (duration and price come minutes later). */
function learn(call: Call, report: ExotelReport, at: number, atLeast: 'in-progress' | null): Call {
  const known: Call = {
    ...call,
    // Exotel knows it after all.
    settled: null,
    sid: call.sid ?? report.sid,
    dateCreated: report.dateCreated ?? call.dateCreated,
    dateUpdated: report.dateUpdated ?? call.dateUpdated,
    startTime: report.startTime ?? call.startTime,
    endTime: report.endTime ?? call.endTime,
    durationSeconds: report.durationSeconds ?? call.durationSeconds,
    price: report.price ?? call.price,
    recordingUrl: report.recordingUrl ?? call.recordingUrl,
  };
  if (isTerminal(call.status)) return known;
  const moved: Call = { ...known, exotelStatus: report.status ?? known.exotelStatus };
  const said = tellsPickUp(call, report) ? 'answered' : (readExotelStatus(report.status) ?? atLeast);
  if (said === null) return moved;
  const status = said === 'in-progress' && call.status === 'answered' ? 'answered' : said;
  return {
    ...moved,
    status,
    reason: null,
    retryAt: null,
    endedAt: isTerminal(status) ? at : null,
  };
}
