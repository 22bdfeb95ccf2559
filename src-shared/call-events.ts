import { z } from 'zod';
import { callReasonSchema } from './errors.ts';
import { exotelReportSchema, listedReportSchema } from './exotel-report.ts';
import { callFlowSchema } from './flow.ts';
import { flowEvents } from './flow-events.ts';

/** Milliseconds since 1970, UTC, by this computer's clock. */
export const instant = z.int().nonnegative();

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
 * How asking ended: `not-found`, Exotel's list has not shown the call for 30 min after it was sent; `forgotten`, Exotel
 * no longer knows its Sid, a day after.
 */
export const settledSchema = z.enum(['not-found', 'forgotten']);

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
