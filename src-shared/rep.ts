import { z } from 'zod';

/** Whether the rep can take a customer who picks up. Exotel keeps no such state of a number that we return: ours must. */
export const repStates = ['ready', 'away', 'on-a-call', 'wrap-up'] as const;
export const repStateSchema = z.enum(repStates);
export type RepState = z.infer<typeof repStateSchema>;

/** A phone of the rep's. */
export const repPhoneSchema = z.strictObject({
  label: z.string().trim().max(40),
  /** E.164. */
  number: z.string().regex(/^\+[1-9]\d{6,14}$/),
});
export type RepPhone = z.infer<typeof repPhoneSchema>;

/**
 * Why a flow that rings this rep is not dialled now (design.md, "Flows, and the rep who joins"): no customer is left
 * alone on the line. Nothing overrides these.
 */
export const blockCodes = [
  'no-phone',
  'away',
  'wrap-up',
  'on-a-call',
  /** No public address is set up, or it has no fixed one: the flow could not ask whom to ring. */
  'no-address',
  /** The address was not proven end to end within the last minute. */
  'address-unproven',
] as const;
export const blockSchema = z.enum(blockCodes);
export type Block = z.infer<typeof blockSchema>;

/** What a rep can do instead, where a flow is blocked. */
export const alternativeSchema = z.enum(['ring-me-first', 'automated-flow', 'ready']);
export type Alternative = z.infer<typeof alternativeSchema>;

export const repViewSchema = z.strictObject({
  state: repStateSchema,
  /** ms UTC. */
  since: z.int().nonnegative(),
  /** Who or what set it. */
  by: z.enum(['start', 'rep', 'lock', 'sleep', 'call']),
  /** The call that the rep is on, or wraps up. */
  callId: z.uuid().nullable(),
  /** The phone that rings; null: none is set. */
  phone: z.strictObject({ ...repPhoneSchema.shape, text: z.string() }).nullable(),
  /** What blocks a flow that rings me, now. */
  blocks: z.array(blockSchema),
});
export type RepView = z.infer<typeof repViewSchema>;
