import { z } from 'zod';
import { dialedNumberSchema } from './call-events.ts';

/** Somebody asked not to be called. Only such an entry blocks a dial; everything else warns. */
export const doNotCallSchema = z.strictObject({
  /** Who recorded it: the rep's name. */
  who: z.string().min(1).max(200),
  /** When, ms UTC. */
  at: z.int().nonnegative(),
  why: z.string().min(1).max(500),
  /** Until when, ms UTC; null is for good. */
  until: z.int().nonnegative().nullable(),
});
export type DoNotCall = z.infer<typeof doNotCallSchema>;

/** What a person may write of a contact. A contact has a name or a company, and any number of numbers. */
export const contactDraftSchema = z
  .strictObject({
    name: z.string().trim().max(200),
    company: z.string().trim().max(200),
    numbers: z
      .array(z.strictObject({ entered: z.string().trim().min(1).max(200), label: z.string().trim().max(40) }))
      .max(20),
    note: z.string().max(10_000),
  })
  .refine((draft) => draft.name !== '' || draft.company !== '', {
    message: 'A contact needs a name or a company.',
    path: ['name'],
  });
export type ContactDraft = z.infer<typeof contactDraftSchema>;

export const contactSchema = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  company: z.string(),
  numbers: z.array(z.strictObject({ ...dialedNumberSchema.shape, label: z.string() })),
  note: z.string(),
  /** The entry that blocks this contact now, from any of its numbers. */
  doNotCall: doNotCallSchema.nullable(),
  createdAt: z.int().nonnegative(),
  updatedAt: z.int().nonnegative(),
});
export type Contact = z.infer<typeof contactSchema>;
