import { z } from 'zod';

/**
 * Who answers the customer in a flow: this rep's phone, anybody of the team (Exotel knows whom), or nobody, the flow
 * speaks by itself.
 */
export const flowKinds = ['rings-me', 'rings-team', 'automated'] as const;
export const flowKindSchema = z.enum(flowKinds);
export type FlowKind = z.infer<typeof flowKindSchema>;

export const flowColours = ['teal', 'blue', 'violet', 'amber', 'rose', 'grey'] as const;

/** What the history keeps of the flow that a call was placed with. */
export const callFlowSchema = z.strictObject({
  id: z.string().min(1).max(60),
  name: z.string().min(1).max(60),
  kind: flowKindSchema,
  colour: z.enum(flowColours),
});
export type CallFlow = z.infer<typeof callFlowSchema>;

/**
 * A flow (app) of the Exotel account, as the rep dials with it. Facts of what its applets take: exotel-flows.md 2
 * to 5.
 */
export const flowSchema = z.strictObject({
  ...callFlowSchema.shape,
  name: z.string().trim().min(1).max(60),
  kind: flowKindSchema.default('rings-me'),
  colour: z.enum(flowColours).default('teal'),
  /** The app's id, as the dashboard's App Bazaar shows it; empty where `url` says all. */
  appId: z
    .string()
    .trim()
    .regex(/^\d{0,20}$/, 'A flow id is a number.')
    .default(''),
  /** The whole Url of Calls/connect; empty: made of `appId`. */
  url: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(2000)]).default(''),
  /** The ExoPhone that the customer sees; empty: the account's. */
  exoPhone: z.string().trim().max(20).default(''),
  /** How long the rep's phone rings, s: Connect's `max_ringing_duration`, at most 60. */
  ringSeconds: z.int().min(1).max(60).default(30),
  /** When the talk is cut, s: Connect's `max_conversation_duration`, at most 4500 whatever TimeLimit says. */
  talkSeconds: z.int().min(1).max(4500).default(3600),
  /** What the Greeting applet speaks: a template (greeting.ts); empty: this flow asks for none. */
  greeting: z.string().trim().max(500).default(''),
  /** Spoken instead where the name cannot be spoken in the voice's script. */
  greetingFallback: z.string().trim().max(500).default(''),
  /** The script that the flow's voice can speak. */
  voice: z.enum(['latin', 'devanagari', 'any']).default('latin'),
  /** Which applets of it ask this computer. */
  asks: z
    .strictObject({
      connect: z.boolean().default(true),
      greeting: z.boolean().default(false),
      legEvents: z.boolean().default(true),
      passthru: z.boolean().default(true),
    })
    .prefault({}),
  /** Connect's `record` and `recording_channels`; `flow`: the applet's own setting stands, no field is sent. */
  recording: z.enum(['flow', 'off', 'single', 'dual']).default('flow'),
  /** Spoken to the rep as they pick up: a template like `greeting`; empty: nothing, and no field is sent. */
  whisper: z.string().trim().max(200).default(''),
  /** Shows the rep this flow's ExoPhone: Connect's `outgoing_phone_number`. */
  exoPhoneToRep: z.boolean().default(false),
  /** The digit that chooses it; null: none. */
  key: z.int().min(1).max(9).nullable().default(null),
});
export type Flow = z.infer<typeof flowSchema>;

/** The catalogue: no id and no key twice. */
export const flowsSchema = z
  .array(flowSchema)
  .max(30)
  .refine((flows) => new Set(flows.map(({ id }) => id)).size === flows.length, 'Two flows have the same id.')
  .refine((flows) => {
    const keys = flows.flatMap(({ key }) => key ?? []);
    return new Set(keys).size === keys.length;
  }, 'Two flows have the same key.');

/** What a call keeps of a flow. */
export function callFlow({ id, name, kind, colour }: Flow): CallFlow {
  return { id, name, kind, colour };
}

/** The flow of this id, else the default one, else the first; null: there is none. */
export function chooseFlow(
  flows: readonly Flow[],
  wanted: string | null,
  defaultFlowId: string,
): Flow | null {
  const by = (id: string) => flows.find((flow) => flow.id === id);
  return (wanted === null ? undefined : by(wanted)) ?? by(defaultFlowId) ?? flows[0] ?? null;
}

/** The paths pasted into a flow (design.md, "Callbacks"), each behind a secret of its own. */
export const doors = ['connect', 'leg', 'passthru', 'greeting'] as const;
export const doorSchema = z.enum(doors);
export type Door = z.infer<typeof doorSchema>;
