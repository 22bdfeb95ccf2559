import { z } from 'zod';

/**
 * Why a call was refused, or why nobody knows what became of it. The words a person reads are chosen where
 * they are shown (the renderer's catalogue), from the code; `message` keeps Exotel's own words.
 */
export const reasonCodes = [
  // Refused: the customer was not called (exotel-api.md, "Connect a customer to a flow", table of failures).
  'bad-parameter',
  'credentials',
  'balance',
  'dnd',
  'forbidden',
  'not-found',
  'conflict',
  'proxy-refused',
  'refused',
  // Never left this computer: the customer was not called.
  'unreachable',
  'rep-not-ready',
  // Waits for its turn: the customer was not called yet.
  'rate-limited',
  // Not known: the customer may have been called.
  'could-not-start',
  'server-error',
  'timed-out',
  'connection-lost',
  'unreadable-answer',
  'interrupted',
] as const;

export type ReasonCode = (typeof reasonCodes)[number];

/** Whether the customer's phone can have rung: what every message about a failed dial must say. */
export const customerCalledSchema = z.enum(['no', 'probably-not', 'perhaps']);
export type CustomerCalled = z.infer<typeof customerCalledSchema>;

/** Why a call is `rejected`, `unconfirmed`, or `queued` again. */
export const callReasonSchema = z.strictObject({
  code: z.enum(reasonCodes),
  customerCalled: customerCalledSchema,
  /** HTTP status of the answer, where there was one. */
  httpStatus: z.int().nullable(),
  /** Exotel's own words (RestException Message) or the network's error code; may be empty. */
  message: z.string().max(2000),
});
export type CallReason = z.infer<typeof callReasonSchema>;

/** For the `default` of a switch over a union: a new member fails to compile here. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
