import { z } from 'zod';

/** What passes between the reader and the helper process that holds selection-hook. Both sides parse. */

/** To the helper: read what is highlighted now. It answers once, before it is asked again. */
export const readRequestSchema = z.strictObject({ type: z.literal('read') });
export type ReadRequest = z.infer<typeof readRequestSchema>;

/**
 * How much of a selection is taken, UTF-16 units: whoever highlights a whole book means no number in it. More than
 * `findPhoneNumbers` looks at, so that it is the one to cut, and never through a number.
 */
export const mostText = 20_480;

/** From the helper. */
export const readAnswerSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: z.string().min(1).max(mostText) }),
  z.strictObject({
    type: z.literal('nothing'),
    why: z.enum(['empty', 'no-native', 'no-permission']),
    /** The native part's own words; empty: none. */
    detail: z.string(),
  }),
]);
export type ReadAnswer = z.infer<typeof readAnswerSchema>;
