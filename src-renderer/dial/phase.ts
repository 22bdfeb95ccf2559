import type { CallView } from '../../src-shared/contract/calls.ts';
import { assertNever } from '../../src-shared/errors.ts';
import { ringsMe } from '../app/my-calls.ts';
import type { en } from '../words/en.ts';

/** How far a call that rings the rep is, for the rep. */
export type Phase = 'ringing' | 'called-off' | 'waiting' | 'talking' | 'talked' | 'missed' | 'left';

type Seen = Pick<CallView, 'status' | 'conversation' | 'calledOff' | 'flow' | 'ringMeFirst' | 'sentAt'>;

/** Null: another call, or one whose status says all there is to say. */
export function phaseOf(call: Seen): Phase | null {
  if (!ringsMe(call)) return null;
  const { state } = call.conversation;
  switch (state) {
    case 'waiting':
    case 'talking':
    case 'talked':
    case 'missed':
    case 'left':
      return state;
    case 'unknown':
    case 'automated':
      return beforeTheLine(call);
    default:
      return assertNever(state);
  }
}

function beforeTheLine({ status, calledOff }: Seen): Phase | null {
  if (status === 'dialing') return calledOff ? 'called-off' : null;
  if (status !== 'in-progress' && status !== 'answered') return null;
  return calledOff ? 'called-off' : 'ringing';
}

/** The words of the headline, by their key. */
export function headlineKey(phase: Phase, call: Seen): `live.${HeadlineKey}` {
  switch (phase) {
    case 'ringing':
      return call.ringMeFirst ? 'live.ringingMe' : 'live.ringing';
    case 'called-off':
      return 'live.calledOff';
    case 'missed':
      return missedKey(call.conversation.why);
    case 'waiting':
    case 'talking':
    case 'talked':
    case 'left':
      return `live.${phase}`;
    default:
      return assertNever(phase);
  }
}

type HeadlineKey = Extract<
  keyof typeof en.live,
  | 'ringing'
  | 'ringingMe'
  | 'calledOff'
  | 'waiting'
  | 'talking'
  | 'talked'
  | 'missed'
  | 'declined'
  | 'away'
  | 'notDialled'
  | 'left'
>;

function missedKey(why: Seen['conversation']['why']): `live.${HeadlineKey}` {
  switch (why) {
    case null:
    case 'no-answer':
      return 'live.missed';
    case 'declined':
      return 'live.declined';
    case 'called-off':
      return 'live.calledOff';
    case 'away':
      return 'live.away';
    case 'not-dialled':
      return 'live.notDialled';
    default:
      return assertNever(why);
  }
}

/** `wait`: a customer waits, or was left waiting. */
export function toneOf(phase: Phase, { conversation }: Seen): 'brand' | 'wait' | 'ok' | 'quiet' {
  switch (phase) {
    case 'ringing':
      return 'brand';
    case 'waiting':
    case 'left':
      return 'wait';
    case 'missed':
      return conversation.why === 'called-off' ? 'quiet' : 'wait';
    case 'talking':
    case 'talked':
      return 'ok';
    case 'called-off':
      return 'quiet';
    default:
      return assertNever(phase);
  }
}

export interface PhaseClock {
  readonly kind: keyof typeof en.live.clock;
  /** It runs since then, ms UTC; or stands at so many seconds. */
  readonly since: number | null;
  readonly seconds: number | null;
}

/** What the clock of the card counts; null: nothing is known to count. */
export function clockOf(phase: Phase, { conversation, sentAt }: Seen): PhaseClock | null {
  switch (phase) {
    case 'waiting':
    case 'talking':
      return { kind: phase, since: conversation.since, seconds: null };
    case 'ringing':
      return sentAt === null ? null : { kind: 'ringing', since: sentAt, seconds: null };
    case 'talked':
      return stands('talked', conversation.seconds);
    case 'missed':
    case 'left':
      return stands('waited', conversation.seconds);
    case 'called-off':
      return null;
    default:
      return assertNever(phase);
  }
}

function stands(kind: PhaseClock['kind'], seconds: number | null): PhaseClock | null {
  return seconds === null ? null : { kind, since: null, seconds };
}
