import { oc } from '@orpc/contract';
import { z } from 'zod';
import { doorSchema, flowSchema } from '../flow.ts';

/** What is pasted into a flow, and whether it stays good. */
export const doorsViewSchema = z.strictObject({
  /** A fixed ngrok domain, a public address of one's own, or the practice line: what is pasted stays good. */
  stable: z.boolean(),
  /** Null: there is no public address now. */
  urls: z
    .strictObject({
      connect: z.string(),
      leg: z.string(),
      greeting: z.string(),
      talked: z.string(),
      missed: z.string(),
      nodial: z.string(),
      plain: z.string(),
    })
    .nullable(),
});
export type DoorsView = z.infer<typeof doorsViewSchema>;

export const flows = {
  /** The catalogue of the line in use: the settings' flows, or the practice line's samples. The default one is first. */
  list: oc.output(z.strictObject({ flows: z.array(flowSchema), samples: z.boolean() })),
  doors: oc.output(doorsViewSchema),
  /** A new secret for one of the paths: what was pasted before is dead. */
  replaceDoor: oc
    .input(z.strictObject({ door: doorSchema }))
    .output(doorsViewSchema)
    .errors({ NOT_STORED: { data: z.strictObject({ problem: z.string() }) } }),
};
