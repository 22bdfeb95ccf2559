import { oc } from '@orpc/contract';
import { z } from 'zod';
import { contactDraftSchema, contactSchema, doNotCallSchema } from '../contact.ts';

/** A contact's number with the text people write it as. */
export const contactViewSchema = z.strictObject({
  ...contactSchema.shape,
  numbers: z.array(z.strictObject({ ...contactSchema.shape.numbers.element.shape, text: z.string() })),
});
export type ContactView = z.infer<typeof contactViewSchema>;

const contactId = z.strictObject({ id: z.uuid() });
const notFound = { NOT_FOUND: {} };
/** It could not be written to disk; nothing changed. */
const notStored = { NOT_STORED: { data: z.strictObject({ problem: z.string() }) } };

export const contacts = {
  /** By name, paged by key. `query` matches any part of a name, company or number. */
  list: oc
    .input(
      z.strictObject({
        query: z.string().max(200).default(''),
        after: z.string().max(500).nullable().default(null),
        limit: z.int().min(1).max(200).default(50),
      }),
    )
    .output(
      z.strictObject({ contacts: z.array(contactViewSchema), next: z.string().nullable(), total: z.int() }),
    ),

  get: oc.input(contactId).output(contactViewSchema).errors(notFound),

  /** Creates (an id that is not there yet) or replaces. */
  save: oc
    .input(z.strictObject({ id: z.uuid(), draft: contactDraftSchema }))
    .output(contactViewSchema)
    .errors({
      /** These numbers are not numbers Exotel could dial. Nothing was saved. */
      BAD_NUMBERS: { data: z.strictObject({ numbers: z.array(z.string()) }) },
      ...notStored,
    }),

  /** Takes a contact away; `restore` brings it back as it was. Calls and do-not-call entries stay. */
  remove: oc.input(contactId).errors({ ...notFound, ...notStored }),
  restore: oc
    .input(contactId)
    .output(contactViewSchema)
    .errors({ ...notFound, ...notStored }),
};

export const doNotCall = {
  /** Blocks a contact's numbers, or one number, from now on. */
  add: oc
    .input(
      z.strictObject({
        target: z.union([contactId, z.strictObject({ number: z.string().min(1).max(200) })]),
        why: doNotCallSchema.shape.why,
        until: doNotCallSchema.shape.until,
      }),
    )
    .output(doNotCallSchema)
    .errors({ ...notFound, ...notStored, NOT_DIALABLE: { data: z.strictObject({ entered: z.string() }) } }),

  /** Lifts the entries of a contact or a number. Kept in the data with who, when and why. */
  lift: oc
    .input(
      z.strictObject({
        target: z.union([contactId, z.strictObject({ number: z.string().min(1).max(200) })]),
        why: doNotCallSchema.shape.why,
      }),
    )
    .errors({ ...notFound, ...notStored }),
};
