import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { secretNameSchema, settingsSchema } from '../settings.ts';

/** The settings as they stand, which of them the environment has locked, and which secrets are set. */
export const settingsViewSchema = z.strictObject({
  values: settingsSchema,
  /** Names set by the environment: shown, not changeable here. */
  locked: z.array(z.string()),
  secrets: z.record(secretNameSchema, z.strictObject({ set: z.boolean(), locked: z.boolean() })),
});
export type SettingsView = z.infer<typeof settingsViewSchema>;

/** A change: any of the settings. Defaults do not apply: what is absent stays. */
export const settingsChangeSchema = z.strictObject(
  Object.fromEntries(
    Object.entries(settingsSchema.shape).map(([name, schema]) => [name, schema.unwrap().optional()]),
  ) as {
    [K in keyof typeof settingsSchema.shape]: z.ZodOptional<
      ReturnType<(typeof settingsSchema.shape)[K]['unwrap']>
    >;
  },
);
export type SettingsChange = z.infer<typeof settingsChangeSchema>;

export const settings = {
  get: oc.output(settingsViewSchema),
  /** The view after every change, from now on. */
  live: oc.output(eventIterator(settingsViewSchema)),
  /** Applies at once, wholly or not at all. The hotkey is registered, not only kept: `desktop.setHotkey`. */
  update: oc
    .input(settingsChangeSchema.omit({ hotkey: true }))
    .output(settingsViewSchema)
    .errors({
      LOCKED: { data: z.strictObject({ names: z.array(z.string()) }) },
      /** Line or account cannot change while calls are queued, held or dialing. */
      CALLS_OUT: { data: z.strictObject({ count: z.int().positive() }) },
      NOT_STORED: { data: z.strictObject({ problem: z.string() }) },
    }),
  /** Keeps a secret in the OS keychain (or for this run only, where there is none: see `app.status`). */
  setSecret: oc
    .input(z.strictObject({ name: secretNameSchema, value: z.string().trim().min(1).max(500) }))
    .output(settingsViewSchema)
    .errors({
      LOCKED: {},
      CALLS_OUT: { data: z.strictObject({ count: z.int().positive() }) },
      NOT_STORED: { data: z.strictObject({ problem: z.string() }) },
    }),
  clearSecret: oc
    .input(z.strictObject({ name: secretNameSchema }))
    .output(settingsViewSchema)
    .errors({
      LOCKED: {},
      CALLS_OUT: { data: z.strictObject({ count: z.int().positive() }) },
      NOT_STORED: { data: z.strictObject({ problem: z.string() }) },
    }),
};

/** An ExoPhone of the account. */
export const exoPhoneSchema = z.strictObject({
  sid: z.string(),
  /** As Exotel writes it: what CallerId takes. */
  number: z.string(),
  text: z.string(),
  name: z.string(),
});

const accountErrors = {
  NOT_SET_UP: { data: z.strictObject({ missing: z.array(z.string()) }) },
  /** Exotel answered no, or did not answer. `code` is a ReasonCode. */
  FAILED: { data: z.strictObject({ code: z.string(), httpStatus: z.int().nullable(), message: z.string() }) },
};

export const account = {
  /** Asks Exotel for the account's ExoPhones: proves host, Sid, key and token. Rings nobody. */
  test: oc
    .output(z.strictObject({ exoPhones: z.array(exoPhoneSchema), tookMs: z.number() }))
    .errors(accountErrors),
};
