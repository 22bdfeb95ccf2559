import { type Call, isTerminal } from '../../src-shared/call.ts';
import type { ConversationState } from '../../src-shared/conversation.ts';
import type { RepView } from '../../src-shared/rep.ts';

/** A call that rings the rep's own phone: by its flow, or before the customer's. */
export function ringsMe({ flow, ringMeFirst }: Pick<Call, 'flow' | 'ringMeFirst'>): boolean {
  return ringMeFirst || flow?.kind === 'rings-me';
}

const overStates: ReadonlySet<ConversationState> = new Set<ConversationState>(['talked', 'missed', 'left']);

/** Nobody talks or waits any more: Exotel's own word on the end may still be to come. */
export function isOver({ status, conversation }: Pick<Call, 'status' | 'conversation'>): boolean {
  return isTerminal(status) || overStates.has(conversation.state);
}

/** A customer was on the line, and the rep was not. */
export function isMissed({ conversation }: Pick<Call, 'conversation'>): boolean {
  return conversation.state === 'missed' || conversation.state === 'left';
}

/** The rep is in the wrap-up of this call. */
export function isWrappedUp(call: Pick<Call, 'id'>, rep: RepView | undefined): boolean {
  return rep?.state === 'wrap-up' && rep.callId === call.id;
}
