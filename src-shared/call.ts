import { z } from 'zod';
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
import { type FlowEvent, flowEvents, legSchema } from './flow-events.ts';

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

/** Milliseconds since 1970, UTC, by this computer's clock. */
const instant = z.int().nonnegative();

/** The line a call was made for. A call keeps its line for good. */
export const lineSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('practice') }),
  z.strictObject({ kind: z.literal('account'), host: z.string().min(1), accountSid: z.string().min(1) }),
]);
export type Line = z.infer<typeof lineSchema>;

/** One text per line, to compare and to index by. */
export function lineKey(line: Line): string {
  return line.kind === 'practice' ? 'practice' : `${line.host}/${line.accountSid}`;
}

/** A number as it was typed or highlighted, and as E.164 where it is one. Only `e164` is ever compared. */
export const dialedNumberSchema = z.strictObject({
  entered: z.string().min(1).max(200),
  e164: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/)
    .nullable(),
});

/**
 * What Exotel says of a call, from the answer to Calls/connect, a StatusCallback, or the Call Details API.
 * `null` means "not said", and never overwrites what is known. Times are Exotel's text
 * (`YYYY-MM-DD HH:mm:ss`, IST for Indian accounts, no offset written).
 */
export const exotelReportSchema = z.strictObject({
  sid: z.string().min(1).max(100).nullable(),
  /** The raw status word, as it came. */
  status: z.string().max(100).nullable(),
  /** `answered` or `terminal` where the wider StatusCallback payload is on. */
  eventType: z.string().max(100).nullable(),
  dateCreated: z.string().max(40).nullable(),
  dateUpdated: z.string().max(40).nullable(),
  startTime: z.string().max(40).nullable(),
  endTime: z.string().max(40).nullable(),
  /** Whole seconds. */
  durationSeconds: z.int().nonnegative().nullable(),
  /** A decimal as text, in the account's currency. */
  price: z.string().max(40).nullable(),
  recordingUrl: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .nullable(),
  /** s that two phones were connected (the wider payload, Call Details). */
  conversationSeconds: z.int().nonnegative().nullable().default(null),
  /** Of the wider payload. */
  legs: z.array(legSchema).max(20).default([]),
});
export type ExotelReport = z.infer<typeof exotelReportSchema>;

/** A report that says nothing: the base to fill in. */
export const emptyReport: ExotelReport = {
  sid: null,
  status: null,
  eventType: null,
  dateCreated: null,
  dateUpdated: null,
  startTime: null,
  endTime: null,
  durationSeconds: null,
  price: null,
  recordingUrl: null,
  conversationSeconds: null,
  legs: [],
};

/** A call as Exotel's list shows it. */
export const listedReportSchema = z.strictObject({
  ...exotelReportSchema.shape,
  sid: z.string().min(1).max(100),
});
export type ListedReport = z.infer<typeof listedReportSchema>;

/**
 * How asking ended: `not-found`, Exotel's list has not shown the call for 30 min after it was sent; `forgotten`, Exotel
 * no longer knows its Sid, a day after.
 */
const settledSchema = z.enum(['not-found', 'forgotten']);

/** What happened to a call, in the order it was learnt. `at` is this computer's clock, and orders events. */
export const callEventSchema = z.discriminatedUnion('type', [
  /** A person asked for this call. The first event of every call. */
  z.strictObject({
    type: z.literal('placed'),
    at: instant,
    number: dialedNumberSchema,
    line: lineSchema,
    /** The ExoPhone the customer sees. */
    callerId: z.string(),
    /** The flow's Url as it is sent to Exotel. */
    flowUrl: z.string(),
    /** Warnings that the person saw and overrode, by code. */
    overrode: z.array(z.string()),
    /** Why, in the person's words; may be empty. */
    overrodeWhy: z.string().max(200).default(''),
    /** The flow it was placed with; null: ring me first, or a call of before flows had names. */
    flow: callFlowSchema.nullable().default(null),
    /** The rep's phone is rung first, then the customer's; no flow. */
    ringMeFirst: z.boolean().default(false),
    /** E.164 of the rep's phone then in use; null: none. */
    repNumber: z.string().nullable().default(null),
  }),
  /** Written to disk before the first byte of the request leaves. */
  z.strictObject({
    type: z.literal('sending'),
    at: instant,
    attempt: z.int().positive(),
    /** True where no public address was open: no StatusCallback was asked for, the end is learnt by asking. */
    byAsking: z.boolean(),
  }),
  /** Exotel took the request: a 200 with a Sid. */
  z.strictObject({ type: z.literal('accepted'), at: instant, report: exotelReportSchema }),
  /** Exotel, or a proxy on the way, said no. */
  z.strictObject({ type: z.literal('refused'), at: instant, reason: callReasonSchema }),
  /** 429: the request will be repeated, not before `retryAt`. */
  z.strictObject({
    type: z.literal('rate-limited'),
    at: instant,
    retryAt: instant,
    reason: callReasonSchema,
  }),
  /** No byte of the request left this computer. Repeated where `again`, else given up. */
  z.strictObject({ type: z.literal('not-sent'), at: instant, again: z.boolean(), reason: callReasonSchema }),
  /** The request may have arrived and no readable answer came. Never repeated by the program. */
  z.strictObject({ type: z.literal('doubted'), at: instant, reason: callReasonSchema }),
  /** The program ended while the request was on the wire. */
  z.strictObject({ type: z.literal('interrupted'), at: instant }),
  /** Exotel told us, by StatusCallback or because we asked. */
  z.strictObject({
    type: z.literal('reported'),
    at: instant,
    source: z.enum(['callback', 'asked']),
    report: exotelReportSchema,
  }),
  /**
   * Exotel's list shows one call by this number and time whose Sid no other call of ours has: adopted by the search, or
   * chosen by a person. No proof: a callback of the call's own address replaces it.
   */
  z.strictObject({
    type: z.literal('matched'),
    at: instant,
    by: z.enum(['search', 'rep']),
    report: listedReportSchema,
  }),
  /** Exotel's list shows calls that may be this one: a person chooses. Replaces what was shown before. */
  z.strictObject({
    type: z.literal('candidates'),
    at: instant,
    candidates: z.array(listedReportSchema).max(20),
  }),
  /** A person says that this Sid is not this call: a match is undone, a candidate is not shown again. */
  z.strictObject({ type: z.literal('not-mine'), at: instant, sid: z.string().min(1).max(100) }),
  /** Asking has come to its end without an end of the call. A later proof still moves it. */
  z.strictObject({ type: z.literal('settled'), at: instant, as: settledSchema }),
  /** Was queued across a gap (restart, sleep): a person must say whether it still stands. */
  z.strictObject({ type: z.literal('held'), at: instant }),
  z.strictObject({ type: z.literal('continued'), at: instant }),
  z.strictObject({ type: z.literal('withdrawn'), at: instant }),
  ...flowEvents,
  /** The rep does not want to be connected: Connect will be answered with nobody. The customer's phone may ring on. */
  z.strictObject({ type: z.literal('called-off'), at: instant }),
  /** The rep's outcome (disposition) of the call; null takes it back. */
  z.strictObject({ type: z.literal('outcome'), at: instant, outcome: z.string().min(1).max(40).nullable() }),
  /** The rep's note, whole, as it was typed last. */
  z.strictObject({ type: z.literal('noted'), at: instant, text: z.string().max(10_000) }),
  /** When the rep wants to be reminded, ms UTC; null takes it back. */
  z.strictObject({ type: z.literal('follow-up'), at: instant, due: instant.nullable() }),
]);
export type CallEvent = z.infer<typeof callEventSchema>;

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
