import { z } from 'zod';

/** Milliseconds since 1970, UTC, by this computer's clock. */
const at = z.int().nonnegative();
const word = z.string().max(100).nullable();
const seconds = z.int().nonnegative().nullable();

/** One phone's part in a call, as Exotel tells of it. Null: not said. */
export const legSchema = z.strictObject({
  /** In any of Exotel's writings. Legs are told apart by it, never by their order (exotel-flows.md 8). */
  number: z.string().max(40).nullable(),
  /** The raw word. */
  status: word,
  /** s that this phone was on the line. */
  onCallSeconds: seconds,
});
export type Leg = z.infer<typeof legSchema>;

/** Why Connect was answered with nobody. */
export const connectRefusals = [
  'called-off',
  'away',
  'wrap-up',
  'no-number',
  'already-talking',
  'ended',
] as const;
export type ConnectRefusal = (typeof connectRefusals)[number];

/** The branch of the flow that a Passthru stands on, told by its path; `plain`: none. */
export const passthruBranches = ['talked', 'missed', 'nodial', 'plain'] as const;

/** What the applets of a call's flow told us (exotel-flows.md 2 to 5). Only a GET proves that the customer picked up. */
export const flowEvents = [
  /** Connect asked whom to ring, and was answered. */
  z.strictObject({
    type: z.literal('connect-asked'),
    at,
    sid: z.string().min(1).max(100).nullable(),
    /** E.164 of the phone that Exotel was told to ring; null: nobody. */
    to: z.string().max(20).nullable(),
    refused: z.enum(connectRefusals).nullable(),
  }),
  /** A Greeting was fetched to be spoken to the customer. */
  z.strictObject({ type: z.literal('greeted'), at, sid: z.string().min(1).max(100).nullable() }),
  /** News of the rep's leg: the popup of the Connect applet, or `dial_passthru_event_url`. */
  z.strictObject({
    type: z.literal('leg'),
    at,
    sid: z.string().min(1).max(100).nullable(),
    what: z.enum(['dialing', 'ringing', 'answered', 'ended', 'other']),
    /** The number rung, as told. */
    number: z.string().max(40).nullable(),
    onCallSeconds: seconds,
    /** Exotel's own words. */
    word,
  }),
  /** A Passthru was reached. */
  z.strictObject({
    type: z.literal('passthru'),
    at,
    sid: z.string().min(1).max(100).nullable(),
    branch: z.enum(passthruBranches),
    callType: word,
    dialCallStatus: word,
    /** Of the leg that was dialled. */
    onCallSeconds: seconds,
    digits: z.string().max(100).nullable(),
    recordingUrl: z.string().max(2000).nullable().default(null),
  }),
] as const;

export const flowEventSchema = z.discriminatedUnion('type', flowEvents);
export type FlowEvent = z.infer<typeof flowEventSchema>;
