import { z } from 'zod';
import { assertNever } from './errors.ts';
import type { FlowKind } from './flow.ts';
import type { FlowEvent, Leg } from './flow-events.ts';

/**
 * Who talked: the second axis of a call, beside its status. `completed` says that the customer's leg ended, not that
 * anyone talked (exotel-flows.md 8).
 *
 * `unknown`: nothing told us. `automated`: a flow without a rep. `waiting`: Connect asked, so the customer is on the
 * line and the rep's phone rings. `missed`: the rep did not join. `left`: the customer hung up while waiting.
 */
export const conversationStates = [
  'unknown',
  'automated',
  'waiting',
  'talking',
  'talked',
  'missed',
  'left',
] as const;
export const conversationStateSchema = z.enum(conversationStates);
export type ConversationState = z.infer<typeof conversationStateSchema>;

export const conversationSchema = z.strictObject({
  state: conversationStateSchema,
  /**
   * ms UTC by this computer's clock: since when the customer waits (`waiting`, and after it where nothing more was
   * told) or the two talk (`talking`); null elsewhere.
   */
  since: z.int().nonnegative().nullable(),
  /** s: of the rep's leg (`talked`), or that the customer waited (`missed`, `left`); null: not known. */
  seconds: z.int().nonnegative().nullable(),
  /** Whether `seconds` is Exotel's own figure of the rep's leg, rather than measured here. */
  exact: z.boolean(),
  /** Why the rep did not join. */
  why: z.enum(['no-answer', 'declined', 'called-off', 'away', 'not-dialled']).nullable(),
});
export type Conversation = z.infer<typeof conversationSchema>;

/** What a conversation hears of: the flow's applets, legs in a report, and the end of the customer's leg. */
export type ConversationEvent =
  | FlowEvent
  | {
      readonly type: 'legs';
      readonly at: number;
      readonly legs: readonly Leg[];
      /** s that two phones were connected; only a call between two numbers is told by it. */
      readonly conversationSeconds: number | null;
    }
  | { readonly type: 'ended'; readonly at: number };

/** What the call is that the two may talk in. */
export interface ConversationAbout {
  /** Null: a call of before flows had kinds. */
  readonly kind: FlowKind | 'ring-me-first' | null;
  /** E.164. */
  readonly rep: string | null;
  readonly customer: string | null;
  /** Whether the customer's leg has ended. */
  readonly over: boolean;
}

export function beginConversation(kind: ConversationAbout['kind']): Conversation {
  return { ...silent, state: kind === 'automated' ? 'automated' : 'unknown' };
}

const silent = { state: 'unknown', since: null, seconds: null, exact: false, why: null } as const;

/**
 * What a conversation becomes by an event. Pure. Whatever the order, repetition or loss of events: talk is claimed only
 * where the rep's own leg proved it, and never taken back.
 */
export function converse(
  before: Conversation,
  event: ConversationEvent,
  about: ConversationAbout,
): Conversation {
  switch (event.type) {
    case 'greeted':
      return before;
    case 'connect-asked':
      if (before.state !== 'unknown' && before.state !== 'automated') return before;
      if (event.to === null) return { ...silent, state: 'missed', why: whyNot(event.refused) };
      // Told after the end, nobody waits any more.
      return { ...silent, state: about.over ? 'unknown' : 'waiting', since: event.at };
    case 'leg':
      // Our Connect named the rep alone: another phone's talk is not theirs.
      if (about.kind === 'rings-me' && event.number !== null && !isSame(event.number, about.rep))
        return before;
      // Whatever seconds come with it: they have only begun.
      if (event.what === 'answered' && !about.over) return joined(before, event.at, about);
      if (event.onCallSeconds !== null && event.onCallSeconds > 0) return talked(before, event.onCallSeconds);
      if (event.what === 'answered') return joined(before, event.at, about);
      return event.what === 'ended' ? endTalk(before, event.at) : before;
    case 'passthru':
      return byPassthru(before, event, about);
    case 'legs':
      return byLegs(before, event, about);
    case 'ended':
      // Who was waiting may have talked with events lost: that is not known, until a Passthru tells.
      return before.state === 'waiting' ? { ...before, state: 'unknown' } : endTalk(before, event.at);
    default:
      return assertNever(event);
  }
}

function isTalk({ state }: Conversation): boolean {
  return state === 'talking' || state === 'talked';
}

/** The rep picked up. */
function joined(before: Conversation, at: number, about: ConversationAbout): Conversation {
  if (isTalk(before)) return before;
  return about.over ? { ...silent, state: 'talked' } : { ...silent, state: 'talking', since: at };
}

/** Exotel's figure goes before one measured here; of two of its figures, the longer. */
function talked(before: Conversation, seconds: number | null): Conversation {
  if (seconds === null) return before.state === 'talked' ? before : { ...silent, state: 'talked' };
  const longest = before.exact ? Math.max(seconds, before.seconds ?? 0) : seconds;
  return { ...silent, state: 'talked', seconds: longest, exact: true };
}

function endTalk(before: Conversation, at: number): Conversation {
  if (before.state !== 'talking') return before;
  return { ...silent, state: 'talked', seconds: secondsSince(before.since, at) };
}

function missed(before: Conversation, at: number, why: Conversation['why']): Conversation {
  if (isTalk(before) || before.state === 'left') return before;
  if (before.state === 'missed') {
    // What we answered ourselves is known better than by the branch it led to.
    return { ...before, why: before.why ?? why };
  }
  return { ...silent, state: 'missed', seconds: secondsSince(before.since, at), why };
}

function left(before: Conversation, at: number): Conversation {
  if (isTalk(before) || before.state === 'left') return before;
  // Whoever was told at once that nobody comes did not wait.
  if (before.why === 'called-off' || before.why === 'away') return before;
  return { ...silent, state: 'left', seconds: before.seconds ?? secondsSince(before.since, at) };
}

function secondsSince(since: number | null, at: number): number | null {
  return since === null ? null : Math.max(0, Math.round((at - since) / 1000));
}

function whyNot(refused: Extract<FlowEvent, { type: 'connect-asked' }>['refused']): Conversation['why'] {
  if (refused === 'called-off' || refused === 'away') return refused;
  return 'not-dialled';
}

/** The branches and their fields: exotel-flows.md 5. */
function byPassthru(
  before: Conversation,
  event: Extract<FlowEvent, { type: 'passthru' }>,
  about: ConversationAbout,
): Conversation {
  const callType = plain(event.callType);
  const dialled = plain(event.dialCallStatus);
  // Where a flow by itself dialled nobody, the leg is the customer's.
  const isLone = about.kind === 'automated' && event.branch === 'plain' && dialled === '';
  if (!isLone && event.onCallSeconds !== null && event.onCallSeconds > 0) {
    return talked(before, event.onCallSeconds);
  }
  const contradicted = callType === 'incomplete' || callType === 'client-hangup';
  if (event.branch === 'talked' && !contradicted) {
    const ended = endTalk(before, event.at);
    return ended.state === 'talked' ? ended : talked(ended, null);
  }
  if (event.branch === 'plain' && dialled === '' && callType !== 'client-hangup') return before;
  if (callType === 'client-hangup' || dialled === 'canceled') {
    // On a plain Passthru of an automated flow nobody was waited for.
    return before.state === 'automated' ? before : left(before, event.at);
  }
  if (event.branch === 'nodial') return missed(before, event.at, 'not-dialled');
  if (dialled === 'busy') return missed(before, event.at, 'declined');
  if (event.branch === 'missed' || dialled === 'no-answer') return missed(before, event.at, 'no-answer');
  return before;
}

function byLegs(
  before: Conversation,
  { at, legs, conversationSeconds }: Extract<ConversationEvent, { type: 'legs' }>,
  about: ConversationAbout,
): Conversation {
  const mine = legs.find(({ number }) => isSame(number, about.rep));
  if (about.kind === 'ring-me-first') {
    // The rep is rung first: that they were on the line proves nothing before the customer is.
    const theirs = legs.find(({ number }) => isSame(number, about.customer));
    const areOn = theirs !== undefined && mine !== undefined && isOn(theirs) && isOn(mine);
    if (areOn && !about.over) return joined(before, at, about);
    if (conversationSeconds !== null && conversationSeconds > 0) return talked(before, conversationSeconds);
    if (areOn) return joined(before, at, about);
    const both = Math.min(theirs?.onCallSeconds ?? 0, mine?.onCallSeconds ?? 0);
    return both > 0 ? talked(before, both) : before;
  }
  if (mine === undefined) return before;
  if (mine.onCallSeconds !== null && mine.onCallSeconds > 0) {
    // Asked for while they talk: seconds that still run are no end of it.
    return isOn(mine) && !about.over ? joined(before, at, about) : talked(before, mine.onCallSeconds);
  }
  switch (plain(mine.status)) {
    case 'canceled':
      return left(before, at);
    case 'no-answer':
      return missed(before, at, 'no-answer');
    case 'busy':
      return missed(before, at, 'declined');
    case 'failed':
      return missed(before, at, 'not-dialled');
    default:
      return before;
  }
}

/** Whether legs tell that this phone is on the line; the rep's alone says nothing of the customer's. */
export function isOnTheLine(legs: readonly Leg[], e164: string | null): boolean {
  return legs.some((leg) => isSame(leg.number, e164) && isOn(leg));
}

function isOn({ status }: Leg): boolean {
  return plain(status) === 'in-progress' || plain(status) === 'answered';
}

/** Case, blanks and `_` are forgiven, as in Exotel's statuses. */
function plain(word: string | null): string {
  const text = (word ?? '')
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-');
  return text === 'cancelled' ? 'canceled' : text;
}

/** Exotel writes a number in one form or another: the last ten digits tell Indian ones apart. */
function isSame(told: string | null, e164: string | null): boolean {
  if (told === null || e164 === null) return false;
  const digits = (text: string) => text.replaceAll(/\D/g, '').slice(-10);
  return digits(told).length >= 8 && digits(told) === digits(e164);
}
