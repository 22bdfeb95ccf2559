import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';

/** The rep's phone on the practice line: it rings in the window. */
export const practicePhoneSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('idle') }),
  z.strictObject({
    state: z.enum(['ringing', 'talking']),
    /** The call of ours, where it is known. */
    callId: z.uuid().nullable(),
    /** Who is shown as calling, as people write it. */
    fromText: z.string(),
    /** ms UTC. */
    since: z.int().nonnegative(),
    /** Spoken as it is picked up; empty: nothing. */
    whisper: z.string(),
  }),
]);
export type PracticePhoneView = z.infer<typeof practicePhoneSchema>;

/** What Exotel does with an answer of Connect that it cannot take: both were seen (exotel-flows.md 3). */
export const practiceStrictnessSchema = z.enum(['nodial', 'drop']);

export const practice = {
  /** The phone now, and after every change. */
  phone: oc.output(eventIterator(practicePhoneSchema)),
  /** False: it does not ring any more. */
  answer: oc.output(z.boolean()),
  decline: oc.output(z.boolean()),
  hangUp: oc.output(z.boolean()),
  setStrictness: oc.input(z.strictObject({ strictness: practiceStrictnessSchema })),
};
