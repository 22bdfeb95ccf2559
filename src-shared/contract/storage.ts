import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';

/** Why a copy was made: each day, because a person asked, or before an update changed the database. */
export const copyKinds = ['daily', 'asked', 'before-update'] as const;

/** A copy of the database in `<dataDir>/copies`. */
export const copySchema = z.strictObject({
  /** Name of its file. */
  name: z.string(),
  kind: z.enum(copyKinds),
  /** ms UTC. */
  at: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
});
export type Copy = z.infer<typeof copySchema>;

/** How many of each an export holds. */
export const exportCountsSchema = z.strictObject({
  calls: z.int().nonnegative(),
  contacts: z.int().nonnegative(),
  doNotCall: z.int().nonnegative(),
});
export type ExportCounts = z.infer<typeof exportCountsSchema>;

const stored = { NOT_STORED: { data: z.strictObject({ problem: z.string() }) } };

export const storage = {
  /** Newest first. */
  copies: oc.output(z.array(copySchema)),

  /** Copies the database now. Calls go on meanwhile. */
  copyNow: oc.output(copySchema).errors(stored),

  /**
   * Writes everything that is kept (no secrets) into a new folder of `<dataDir>/exports`: `calls.jsonl` (each with its
   * events), `calls.csv`, `contacts.jsonl`, `do-not-call.jsonl`. Tells how far it is; the last word says where it is.
   * Who stops listening cancels it, and nothing is left.
   */
  export: oc
    .output(
      eventIterator(
        z.discriminatedUnion('state', [
          z.strictObject({ state: z.literal('writing'), done: z.int(), total: z.int() }),
          z.strictObject({ state: z.literal('done'), folder: z.string(), counts: exportCountsSchema }),
        ]),
      ),
    )
    .errors(stored),
};
