import { z } from 'zod';

/** What came back from a URL that an applet asked. */
export interface AppletAnswer {
  readonly status: number;
  /** The header as it came; empty: none. */
  readonly contentType: string;
  readonly body: string;
}

/** An answer that Exotel takes: whom to dial, and how. */
export interface ConnectAnswer {
  /** E.164, tried in order; empty: nobody is dialled. */
  readonly numbers: readonly string[];
  /** The URL is asked again after an attempt that nobody answered. */
  readonly fetchAgain: boolean;
  readonly ringSeconds: number;
  readonly talkSeconds: number;
  /** null: as the applet itself is set. */
  readonly record: boolean | null;
  /** The caller id for the rep; null: the ExoPhone of the first leg. */
  readonly callerId: string | null;
  readonly whisper: string | null;
  /** Where the leg's events go too; null: only to the applet's own URL. */
  readonly eventsUrl: string | null;
}

const e164 = z.string().regex(/^\+[1-9]\d{6,14}$/, 'not E.164');
const webAddress = z.url({ protocol: /^https?$/, error: 'no web address' });

/** Not the caller: the customer. */
const playbackTo = z.enum(['callee', 'both']);

const answerSchema = (exoPhone: string) =>
  z.strictObject({
    fetch_after_attempt: z.boolean().default(false),
    destination: z.strictObject({ numbers: z.array(e164) }),
    outgoing_phone_number: z.literal(exoPhone, 'no ExoPhone of this account in E.164').optional(),
    record: z.boolean().optional(),
    recording_channels: z.enum(['single', 'dual']).optional(),
    max_ringing_duration: z.int().min(1).max(60).default(30),
    max_conversation_duration: z.int().min(1).max(4500).default(900),
    music_on_hold: z
      .discriminatedUnion('type', [
        z.strictObject({ type: z.enum(['default_tone', 'operator_tone']) }),
        z.strictObject({ type: z.literal('custom_tone'), value: webAddress }),
      ])
      .optional(),
    start_call_playback: z
      .discriminatedUnion('type', [
        z.strictObject({ playback_to: playbackTo, type: z.literal('text'), value: z.string().min(1) }),
        z.strictObject({ playback_to: playbackTo, type: z.literal('audio_url'), value: webAddress }),
      ])
      .optional(),
    parallel_ringing: z
      .strictObject({
        // Exotel opens it for an account on request.
        activate: z.literal(false, 'not switched on for this account'),
        max_parallel_attempts: z.int().min(1).max(10).optional(),
      })
      .optional(),
    dial_passthru_event_url: webAddress.optional(),
  });

/**
 * Reads the answer to a Connect applet as strictly as was seen in the field: one field that is unknown, or one value of
 * another type or out of its range, voids the whole (exotel-flows.md 3).
 *
 * @param exoPhone the account's, in E.164
 */
export function readConnectAnswer(
  { status, contentType, body }: AppletAnswer,
  exoPhone: string,
): ConnectAnswer | { readonly problem: string } {
  if (status !== 200) return { problem: `the status is ${status}, not 200` };
  if (!/^application\/json(?:\s*;\s*charset="?utf-8"?)?$/i.test(contentType)) {
    return { problem: `the Content-Type is ${contentType || 'missing'}, not application/json` };
  }
  const read = answerSchema(exoPhone).safeParse(parseJson(body));
  if (!read.success) {
    const [issue] = read.error.issues;
    return { problem: [...(issue?.path ?? []), issue?.message].join(': ') };
  }
  const { data } = read;
  const playback = data.start_call_playback;
  return {
    numbers: data.destination.numbers,
    fetchAgain: data.fetch_after_attempt,
    ringSeconds: data.max_ringing_duration,
    talkSeconds: data.max_conversation_duration,
    record: data.record ?? null,
    callerId: data.outgoing_phone_number ?? null,
    whisper: playback?.type === 'text' ? playback.value : null,
    eventsUrl: data.dial_passthru_event_url ?? null,
  };
}

/** undefined, which fits no schema, where it is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
