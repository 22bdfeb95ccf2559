import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { type Door, doorSchema, doors } from '../flow.ts';
import { connectRefusals } from '../flow-events.ts';

/** Why a request out by the public address did not come back to this computer. */
export const reachProblemSchema = z.enum([
  /** An answer of another status than 200: a proxy or ngrok's own service spoke, or another path. */
  'wrong-answer',
  /** 200, but not from this program. */
  'somebody-else',
  'unknown-name',
  'nobody-listens',
  'untrusted',
  'no-answer',
  'connection-failed',
]);
export type ReachProblem = z.infer<typeof reachProblemSchema>;

/** How Exotel can reach this computer, in a form a screen can put into words. */
export const tunnelStateSchema = z.discriminatedUnion('state', [
  /** No tunnel wanted: the end of a call is learnt by asking. */
  z.strictObject({ state: z.literal('off') }),
  /** The address is being opened, or it is and was not proven yet. */
  z.strictObject({ state: z.literal('connecting'), kind: z.enum(['ngrok', 'url']) }),
  /** A request out by the public address came back to this program. */
  z.strictObject({ state: z.literal('open'), kind: z.enum(['ngrok', 'url']), publicUrl: z.string() }),
  /** There is an address, and a request by it did not come back. It is tried again by itself. */
  z.strictObject({
    state: z.literal('unreachable'),
    kind: z.enum(['ngrok', 'url']),
    publicUrl: z.string(),
    problem: reachProblemSchema,
    /** The HTTP status or the system's error code; empty: none. */
    detail: z.string(),
    /** When it is tried again, ms UTC; null: now. */
    retryAt: z.int().nullable(),
  }),
  z.strictObject({
    state: z.literal('failed'),
    kind: z.enum(['ngrok', 'url']),
    problem: z.enum([
      'no-token',
      'bad-token',
      'offline',
      'no-answer',
      /** The ngrok account may have no further session: another program or computer has it. */
      'session-in-use',
      /** The domain leads to another program or computer. */
      'domain-in-use',
      'domain-refused',
      'untrusted',
      'stopped',
      'bad-url',
      'other',
    ]),
    /** The service's own words, without secrets. */
    message: z.string(),
    /** When it is tried again, ms UTC; null: not by itself. */
    retryAt: z.int().nullable(),
  }),
]);
export type TunnelState = z.infer<typeof tunnelStateSchema>;

/** Why a door of ours gave nobody. `foreign`: another desktop dials with this flow, or the call is not ours. */
export const doorRefusalSchema = z.strictObject({
  code: z.enum(['foreign', 'forged', ...connectRefusals]),
  door: doorSchema,
  /** ms UTC, of the last one. */
  at: z.int().nonnegative(),
  times: z.int().positive(),
});
export type DoorRefusal = z.infer<typeof doorRefusalSchema>;

export const appStatusSchema = z.strictObject({
  version: z.string(),
  shell: z.enum(['electron', 'browser']),
  platform: z.string(),
  dataDir: z.string(),
  /** Where secrets are kept: the OS keychain, or only in memory for this run, and why. */
  vault: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('keychain') }),
    z.strictObject({ kind: z.literal('memory'), problem: z.string() }),
  ]),
  /** Address of the callback server on this computer. */
  callbacks: z.string(),
  tunnel: tunnelStateSchema,
  /** What the doors of flows heard in this run: by door when a genuine request came last (ms UTC; null: none yet). */
  doorsHeard: z.strictObject(
    Object.fromEntries(doors.map((door) => [door, z.int().nullable()])) as Record<
      Door,
      z.ZodNullable<z.ZodInt>
    >,
  ),
  /** Requests of flows that were answered with nobody, newest first, in this run. */
  doorRefusals: z.array(doorRefusalSchema),
  /** Things a person must know, in order: by code, put into words by the screen. */
  notices: z.array(
    z.discriminatedUnion('code', [
      z.strictObject({ code: z.literal('settings-set-aside'), file: z.string() }),
      /** Values in the settings file that fit no schema: defaults are in use for them. */
      z.strictObject({ code: z.literal('settings-ignored'), names: z.array(z.string()) }),
      /** What of the environment was not taken, in plain words. */
      z.strictObject({ code: z.literal('provisioning'), problems: z.array(z.string()) }),
      z.strictObject({ code: z.literal('calls-interrupted'), count: z.int().positive() }),
      /** Calls that ended, or were found, while the program or this computer was not there. */
      z.strictObject({ code: z.literal('calls-changed-away'), count: z.int().positive() }),
      /** Exotel's host has no list of calls: a call whose Sid was lost cannot be sought there. */
      z.strictObject({ code: z.literal('list-unavailable') }),
      /** A damaged database was set aside at this start; `copyFrom`: the time (ms UTC) of the copy in its place. */
      z.strictObject({
        code: z.literal('storage-restored'),
        setAside: z.string(),
        copyFrom: z.int().nonnegative().nullable(),
      }),
      /** The database was found damaged in use: nothing is stored or sent until Flowdial starts again. */
      z.strictObject({ code: z.literal('storage-damaged') }),
      /** The daily copy could not be made. */
      z.strictObject({ code: z.literal('copy-failed'), problem: z.string() }),
      /** Exotel's limit was reached though we had sent less: another program uses the account. */
      z.strictObject({ code: z.literal('account-shared') }),
    ]),
  ),
});
export type AppStatus = z.infer<typeof appStatusSchema>;

/** One scripted outcome of the practice line. */
export const practiceEndingSchema = z.strictObject({
  /** The last digits of a number that choose this outcome; empty: all others. */
  ending: z.string(),
  /** A number to try it with, as people write it. */
  example: z.string(),
  /** Names the outcome for the screen's catalogue. */
  outcome: z.string(),
});
export type PracticeEnding = z.infer<typeof practiceEndingSchema>;

export const app = {
  /** The state now, and after every change. */
  status: oc.output(eventIterator(appStatusSchema)),
  /** What the practice line can play. */
  practiceEndings: oc.output(z.array(practiceEndingSchema)),
  /** A request out by the public address and back to the callback server. The state follows what comes of it. */
  checkTunnel: oc.output(z.strictObject({ tookMs: z.number() })).errors({
    NO_TUNNEL: {},
    NOT_REACHED: { data: z.strictObject({ problem: reachProblemSchema, detail: z.string() }) },
  }),
  /** Ends the wait for the next try of the public address: it is tried now, also where it would not be by itself. */
  retryTunnel: oc,
  /** Closes a notice. */
  dismissNotice: oc.input(z.strictObject({ code: z.string().max(100) })),
};
