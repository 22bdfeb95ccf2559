import { z } from 'zod';

/** What passes between the supervisor and the helper process that runs ngrok's SDK. Both sides parse. */

/** Another ingress than ngrok's own service: a relay inside a company, or a stand-in in tests. */
const ngrokServerSchema = z.strictObject({
  /** `host:port` */
  address: z.string().min(1),
  /** PEM of the authority that signed its certificate. */
  caCert: z.string().min(1),
});
export type NgrokServer = z.infer<typeof ngrokServerSchema>;

/** To the helper, once. The token travels here and nowhere else: argv and environment can be read by others. */
export const startMessageSchema = z.strictObject({
  authtoken: z.string().min(1),
  /** Empty: ngrok picks one. */
  domain: z.string(),
  /** On 127.0.0.1. */
  targetPort: z.int().min(1).max(65_535),
  server: ngrokServerSchema.nullable(),
});
export type StartMessage = z.infer<typeof startMessageSchema>;

/** Why ngrok gave no address. */
export const ngrokFaultSchema = z.strictObject({
  problem: z.enum([
    'bad-token',
    'session-in-use',
    'domain-in-use',
    'domain-refused',
    'offline',
    'untrusted',
    'other',
  ]),
  /** ngrok's own words, without the token. */
  message: z.string(),
});
export type NgrokFault = z.infer<typeof ngrokFaultSchema>;

/** From the helper. */
export const helperMessageSchema = z.discriminatedUnion('type', [
  /** The SDK is loaded, and connects from now on. */
  z.strictObject({ type: z.literal('connecting') }),
  z.strictObject({ type: z.literal('open'), publicUrl: z.url({ protocol: /^https?$/ }) }),
  z.strictObject({ type: z.literal('failed'), fault: ngrokFaultSchema }),
  /** After `open`: the session to ngrok broke, or the SDK dialled it again. */
  z.strictObject({ type: z.literal('session'), connected: z.boolean() }),
]);
export type HelperMessage = z.infer<typeof helperMessageSchema>;
