import { z } from 'zod';
import { legSchema } from './flow-events.ts';

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
