import type { CallEvent } from '../../src-shared/call-events.ts';
import type { CallView } from '../../src-shared/contract/calls.ts';
import { isOver } from '../app/my-calls.ts';
import type { Step } from './steps.ts';

export interface MyStep {
  readonly id: 'sent' | 'ringing' | 'line' | 'talking' | 'wrapUp';
  readonly state: Step['state'];
  /** When it was learnt, ms UTC; null: not yet, or not told. */
  readonly at: number | null;
  /** How long it took, s; null: it goes on, or nobody told. */
  readonly seconds: number | null;
}

/**
 * The five steps of a call whose flow rings the rep. One may be skipped: a customer who hung up while waiting was on
 * the line, and nobody talked.
 */
export function mySteps(
  call: Pick<CallView, 'status' | 'conversation' | 'endedAt'>,
  events: readonly CallEvent[],
  wrappingUp: boolean,
): readonly MyStep[] {
  const { conversation, status } = call;
  const sent = events.findLast((event) => event.type === 'sending')?.at ?? null;
  const ringing = events.find((event) => event.type === 'accepted' || event.type === 'reported')?.at ?? null;
  const asked = events.find((event) => event.type === 'connect-asked' && event.to !== null)?.at ?? null;
  const answered = events.find((event) => event.type === 'leg' && event.what === 'answered')?.at ?? null;
  const talked = conversation.state === 'talking' || conversation.state === 'talked';
  const over = isOver(call);
  const reached: Record<MyStep['id'], boolean> = {
    sent: true,
    ringing: status !== 'dialing',
    line: asked !== null || talked || conversation.state === 'waiting' || conversation.state === 'left',
    talking: talked,
    wrapUp:
      over && (wrappingUp || talked || conversation.state === 'missed' || conversation.state === 'left'),
  };
  const at: Record<MyStep['id'], number | null> = {
    sent,
    ringing,
    line: asked,
    talking: talked ? (answered ?? conversation.since) : null,
    wrapUp: null,
  };
  const seconds: Record<MyStep['id'], number | null> = {
    sent: null,
    ringing: between(ringing, asked),
    line: talked ? between(asked, answered) : conversation.seconds,
    talking: conversation.state === 'talked' ? conversation.seconds : null,
    wrapUp: null,
  };
  const ids = ['sent', 'ringing', 'line', 'talking', 'wrapUp'] as const;
  const last = ids.findLast((id) => reached[id]);
  const still = !over || (last === 'wrapUp' && wrappingUp);
  return ids.map((id) => ({
    id,
    state: reached[id] ? (id === last && still ? 'now' : 'done') : 'ahead',
    at: at[id],
    seconds: reached[id] ? seconds[id] : null,
  }));
}

function between(from: number | null, to: number | null): number | null {
  return from === null || to === null ? null : Math.max(0, Math.round((to - from) / 1000));
}
