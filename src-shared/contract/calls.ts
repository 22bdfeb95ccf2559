import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { callSchema, callStatusSchema } from '../call.ts';
import { callEventSchema, dialedNumberSchema } from '../call-events.ts';
import { contactSchema, doNotCallSchema } from '../contact.ts';
import { conversationStateSchema } from '../conversation.ts';
import { callFlowSchema } from '../flow.ts';
import { alternativeSchema, blockSchema } from '../rep.ts';

/** A call as a screen shows it. */
export const callViewSchema = z.strictObject({
  ...callSchema.shape,
  /** The number as people write it: `+91 98450 12345`, `080 4719 1234`; what was entered, where it is no number. */
  numberText: z.string(),
  /** The ExoPhone as people write it. */
  callerIdText: z.string(),
  /** Name (or company) of the contact that has this number now. */
  contactName: z.string().nullable(),
  contactId: z.uuid().nullable(),
  /** Where a queued call stands on its line; null for any other. */
  queue: z
    .strictObject({
      /** 1 is next. */
      position: z.int().positive(),
      /** When it will be sent, about, ms UTC; null where that hangs on answers that are still to come. */
      expectedAt: z.int().nullable(),
    })
    .nullable(),
});
export type CallView = z.infer<typeof callViewSchema>;

/** A stored event, and how often exactly the same was received (Exotel repeats StatusCallbacks). */
export const storedEventSchema = z.strictObject({
  event: callEventSchema,
  times: z.int().positive(),
  /** When the last repeat came, ms UTC. */
  lastAt: z.int().nonnegative(),
});
export type StoredEvent = z.infer<typeof storedEventSchema>;

/** What speaks against a call, but leaves the decision to the person. */
export const warningSchema = z.discriminatedUnion('code', [
  z.strictObject({
    code: z.literal('outside-calling-hours'),
    from: z.string(),
    until: z.string(),
    now: z.string(),
  }),
  z.strictObject({ code: z.literal('called-just-now'), secondsAgo: z.int(), callId: z.uuid() }),
  /** Called within the last hours (a setting): minutes since, and what the call came to. */
  z.strictObject({ code: z.literal('called-recently'), minutesAgo: z.int(), callId: z.uuid() }),
  /** This will be the `times`-th call of the day to this number. */
  z.strictObject({ code: z.literal('called-often'), times: z.int().positive() }),
  /** Exotel did not answer this account's last request. */
  z.strictObject({ code: z.literal('line-down') }),
]);
export type Warning = z.infer<typeof warningSchema>;
export const warningCodes = [
  'outside-calling-hours',
  'called-just-now',
  'called-recently',
  'called-often',
  'line-down',
] as const satisfies Warning['code'][];

/** What will happen if this text is called now. */
export const verdictSchema = z.strictObject({
  number: dialedNumberSchema,
  numberText: z.string(),
  contact: contactSchema.nullable(),
  /** The ExoPhone as people write it; empty where none is set. */
  callerIdText: z.string(),
  doNotCall: doNotCallSchema.nullable(),
  warnings: z.array(warningSchema),
  /**
   * The flow that Call would dial with: the one asked for, else the last one of this number, else the default; null: none
   * is set up.
   */
  flow: callFlowSchema.nullable(),
  /** Why that one. */
  flowBy: z.enum(['asked', 'last', 'default']),
  /** What blocks it now; nothing overrides these. */
  blocks: z.array(blockSchema),
  /** What works instead, where it is blocked. */
  alternatives: z.array(alternativeSchema),
  /** The rep's phone as people write it; empty where none is set. */
  repPhoneText: z.string(),
  /** Settings that must be filled in before this line can dial. */
  missing: z.array(z.enum(['accountSid', 'callerId', 'flow', 'exotelApiKey', 'exotelApiToken'])),
});
export type Verdict = z.infer<typeof verdictSchema>;

const placeErrors = {
  /** The text holds no number that Exotel can dial. Nothing was sent. */
  NOT_DIALABLE: { data: z.strictObject({ entered: z.string() }) },
  /** Somebody on this number asked not to be called. Nothing was sent. */
  DO_NOT_CALL: { data: doNotCallSchema },
  /** A flow that rings this rep must not be dialled now (rep.ts). Nothing was sent. */
  BLOCKED: {
    data: z.strictObject({ blocks: z.array(blockSchema).min(1), alternatives: z.array(alternativeSchema) }),
  },
  /** Ask the person; place again with the same id and these codes in `accept`. Nothing was sent. */
  NEEDS_CONFIRMATION: { data: z.strictObject({ warnings: z.array(warningSchema).min(1) }) },
  /** The account is not set up. Nothing was sent. */
  NOT_SET_UP: { data: z.strictObject({ missing: verdictSchema.shape.missing }) },
  /** A setting does not fit Exotel's rules. Nothing was sent. */
  BAD_VALUE: { data: z.strictObject({ field: z.string(), problem: z.string() }) },
  /** This id was used for another number: a bug, or two programs. Nothing was sent. */
  ID_TAKEN: {},
  /** The person acted more than 30 s ago (a sleeping computer, a stuck window). Nothing was sent. */
  TOO_OLD: {},
  /** The call could not be written to disk, so it was not sent. */
  NOT_STORED: { data: z.strictObject({ problem: z.string() }) },
};

const notFound = { NOT_FOUND: {} };
const callId = z.strictObject({ id: z.uuid() });
const sidOfCall = z.strictObject({ id: z.uuid(), sid: z.string().min(1).max(100) });
/** It could not be written to disk; nothing changed. */
const notStored = { data: z.strictObject({ problem: z.string() }) };

export const calls = {
  /** Who has this number, what speaks against calling it, what is missing. Sends nothing. */
  check: oc
    .input(
      z.strictObject({
        number: z.string().min(1).max(200),
        /** Null: the last one of this number, else the default. */
        flowId: z.string().max(60).nullable().default(null),
        ringMeFirst: z.boolean().default(false),
      }),
    )
    .output(verdictSchema),

  /**
   * Places a call. Resolves once the call is durably written and about to be sent; what follows comes by `live`.
   * The same id and number again returns the same call and sends nothing.
   */
  place: oc
    .input(
      z.strictObject({
        id: z.uuid(),
        number: z.string().min(1).max(200),
        /** When the person acted, ms UTC by this computer's clock. */
        actedAt: z.int().nonnegative(),
        /** Warnings that the person saw and overrides. */
        accept: z.array(z.enum(warningCodes)).max(warningCodes.length).default([]),
        /** Why, in the person's words; kept with the call. */
        acceptWhy: z.string().trim().max(200).default(''),
        /** Null: the last one of this number, else the default. */
        flowId: z.string().max(60).nullable().default(null),
        /** Rings the rep's phone first, then the customer's (Calls/connect with `To`): needs no flow and no tunnel. */
        ringMeFirst: z.boolean().default(false),
      }),
    )
    .output(callViewSchema)
    .errors(placeErrors),

  /** Takes a queued or held call off the queue. */
  withdraw: oc
    .input(callId)
    .output(callViewSchema)
    .errors({ ...notFound, TOO_LATE: {}, NOT_STORED: notStored }),
  /** Lets a held call wait for its turn again. */
  resume: oc
    .input(callId)
    .output(callViewSchema)
    .errors({ ...notFound, TOO_LATE: {}, NOT_STORED: notStored }),

  /**
   * The rep does not want to be connected any more: Connect will be answered with nobody. Exotel cannot be told to hang
   * up, so the customer's phone may ring on.
   */
  callOff: oc
    .input(callId)
    .output(callViewSchema)
    .errors({ ...notFound, TOO_LATE: {}, NOT_STORED: notStored }),

  /** The rep's outcome, one of the settings' `outcomes`; null takes it back. One that says so adds to do-not-call. */
  setOutcome: oc
    .input(z.strictObject({ id: z.uuid(), outcome: z.string().trim().min(1).max(40).nullable() }))
    .output(callViewSchema)
    .errors({ ...notFound, TOO_LATE: {}, NOT_STORED: notStored }),
  /** The rep's note, whole. */
  note: oc
    .input(z.strictObject({ id: z.uuid(), text: z.string().max(10_000) }))
    .output(callViewSchema)
    .errors({ ...notFound, TOO_LATE: {}, NOT_STORED: notStored }),
  /** When to be reminded, ms UTC; null takes it back. */
  followUp: oc
    .input(z.strictObject({ id: z.uuid(), due: z.int().nonnegative().nullable() }))
    .output(callViewSchema)
    .errors({ ...notFound, TOO_LATE: {}, NOT_STORED: notStored }),

  /** Calls of the line in use since midnight IST: placed, talked, and s of talk. */
  figures: oc.output(
    z.strictObject({
      calls: z.int().nonnegative(),
      talked: z.int().nonnegative(),
      talkSeconds: z.int().nonnegative(),
    }),
  ),

  /** A person says that this Sid, matched or shown to choose from, is not this call. */
  notMine: oc
    .input(sidOfCall)
    .output(callViewSchema)
    .errors({ ...notFound, TOO_LATE: {}, NOT_STORED: notStored }),
  /** A person chooses one of the calls that Exotel's list shows for this one. */
  chooseMatch: oc
    .input(sidOfCall)
    .output(callViewSchema)
    .errors({ ...notFound, TOO_LATE: {}, NOT_STORED: notStored }),

  get: oc
    .input(callId)
    .output(z.strictObject({ call: callViewSchema, events: z.array(storedEventSchema) }))
    .errors(notFound),

  /** Newest first, paged by key. `query` matches digits anywhere in the number, or a contact's name or company. */
  list: oc
    .input(
      z.strictObject({
        query: z.string().max(200).default(''),
        statuses: z.array(callStatusSchema).max(20).default([]),
        conversations: z.array(conversationStateSchema).max(20).default([]),
        /** `next` of the page before. */
        after: z.string().max(200).nullable().default(null),
        limit: z.int().min(1).max(200).default(50),
      }),
    )
    .output(z.strictObject({ calls: z.array(callViewSchema), next: z.string().nullable() })),

  /** Every change of a call from now on, as the whole call. */
  live: oc.output(eventIterator(callViewSchema)),

  /** Opens the call's recording outside the app, where Exotel gave a link. */
  openRecording: oc
    .input(callId)
    .errors({ ...notFound, NO_RECORDING: {}, NOT_OPENED: { data: z.strictObject({ problem: z.string() }) } }),
};
