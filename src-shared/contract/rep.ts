import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { repStateSchema, repViewSchema } from '../rep.ts';

const stored = { NOT_STORED: { data: z.strictObject({ problem: z.string() }) } };

export const rep = {
  /** The state now, and after every change. */
  live: oc.output(eventIterator(repViewSchema)),
  /**
   * The rep says what they are. `ready` also ends a wrap-up. While a call of theirs is live they stay on it; it is asked
   * about at once, and what they said holds after it.
   */
  set: oc
    .input(z.strictObject({ state: repStateSchema }))
    .output(repViewSchema)
    .errors(stored),
  /** Which of their phones rings from now on: E.164 of one in the settings. */
  usePhone: oc
    .input(z.strictObject({ number: z.string().max(20) }))
    .output(repViewSchema)
    .errors({ ...stored, NOT_FOUND: {}, LOCKED: {} }),
};
