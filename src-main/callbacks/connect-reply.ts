import { toExotelNational } from '../../src-shared/phone-number.ts';
import type { ConnectReply } from './applet.ts';

/** An answer of Connect as it goes over the wire; the type is written exactly so. */
export interface WrittenReply {
  readonly type: 'application/json' | 'text/plain';
  readonly text: string;
}

/** Exotel's defaults and limits, s (exotel-flows.md 3). */
const ring = { usual: 30, longest: 60 };
const talk = { usual: 900, longest: 4500 };

/** Nobody is to be dialled. */
export const nobody: ConnectReply = {
  numbers: [],
  ringSeconds: ring.usual,
  talkSeconds: talk.usual,
  record: null,
  recordingChannels: null,
  whisper: null,
  callerId: null,
};

/**
 * Writes whom Connect is to dial, for the two applets that ask by one URL: JSON for who sends `Exotel-Version`, plain text
 * for the older Dial Whom. One field that Exotel does not like voids the whole answer while the customer waits: so no
 * field is written that the reply does not ask for, and none with a value that Exotel is known to refuse.
 *
 * @param versioned the request had the header `Exotel-Version`
 */
export function writeConnectReply(reply: ConnectReply, versioned: boolean): WrittenReply {
  const numbers = reply.numbers.filter(isE164);
  return versioned
    ? { type: 'application/json', text: JSON.stringify(parameters(reply, numbers)) }
    : { type: 'text/plain', text: numbers.slice(0, 1).map(nationally).join() };
}

function parameters(reply: ConnectReply, numbers: readonly string[]) {
  const start = { fetch_after_attempt: false, destination: { numbers } };
  if (numbers.length === 0) return start;
  const { record, recordingChannels, whisper, callerId } = reply;
  return {
    ...start,
    ...(record === null ? {} : { record }),
    ...(record === true && recordingChannels !== null ? { recording_channels: recordingChannels } : {}),
    max_ringing_duration: within(reply.ringSeconds, ring),
    max_conversation_duration: within(reply.talkSeconds, talk),
    music_on_hold: { type: 'default_tone' },
    ...(whisper === null || whisper.trim() === ''
      ? {}
      : { start_call_playback: { playback_to: 'callee', type: 'text', value: whisper } }),
    ...(callerId !== null && isE164(callerId) ? { outgoing_phone_number: callerId } : {}),
  };
}

function isE164(number: string): boolean {
  return /^\+[1-9]\d{6,14}$/.test(number);
}

/** The form with 0 is the safe one there (exotel-flows.md 4). */
function nationally(e164: string): string {
  return toExotelNational(e164) ?? e164;
}

function within(
  seconds: number,
  { usual, longest }: { readonly usual: number; readonly longest: number },
): number {
  return Number.isNaN(seconds) ? usual : Math.min(Math.max(Math.round(seconds), 1), longest);
}
