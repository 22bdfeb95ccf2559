import { type CallStatus, isTerminal, readExotelStatus } from '../../src-shared/call.ts';
import type { CallEvent } from '../../src-shared/call-events.ts';

export interface Step {
  readonly id: 'sent' | 'accepted' | 'answered' | 'ended';
  readonly state: 'done' | 'now' | 'ahead';
  /** When it was learnt, ms UTC; null: not yet, or not told. */
  readonly at: number | null;
}

/** Whether a call's way to its end can be shown as steps: it was sent, and nobody doubts it. */
export function hasSteps(status: CallStatus): boolean {
  switch (status) {
    case 'queued':
    case 'held':
    case 'withdrawn':
    case 'rejected':
    case 'unconfirmed':
      return false;
    default:
      return true;
  }
}

/** The four steps of a call that was sent. Exotel may skip one: an ended call need not have been answered. */
export function stepsOf(status: CallStatus, endedAt: number | null, events: readonly CallEvent[]): Step[] {
  const sent = events.findLast((event) => event.type === 'sending')?.at ?? null;
  const accepted = events.find((event) => event.type === 'accepted' || event.type === 'reported')?.at ?? null;
  const answered = events.find(saysAnswered)?.at ?? null;
  const ended = isTerminal(status);
  const wasAnswered = answered !== null || status === 'answered' || status === 'completed';
  const at = { sent, accepted, answered, ended: ended ? endedAt : null };
  const reached: Record<Step['id'], boolean> = {
    sent: true,
    accepted: status !== 'dialing',
    answered: wasAnswered,
    ended,
  };
  const ids = ['sent', 'accepted', 'answered', 'ended'] as const;
  const last = ids.findLast((id) => reached[id]);
  return ids.map((id) => ({
    id,
    state: reached[id] ? (id === last && !ended ? 'now' : 'done') : 'ahead',
    at: at[id],
  }));
}

function saysAnswered(event: CallEvent): boolean {
  if (event.type !== 'reported' && event.type !== 'accepted') return false;
  return (
    event.report.eventType?.trim().toLowerCase() === 'answered' ||
    readExotelStatus(event.report.status) === 'answered'
  );
}
