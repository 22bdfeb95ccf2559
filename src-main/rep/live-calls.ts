import { type Call, isTerminal } from '../../src-shared/call.ts';

/** Whether the rep is to talk in this call: nobody else can take it. */
export function isRepsCall({ flow, ringMeFirst }: Pick<Call, 'flow' | 'ringMeFirst'>): boolean {
  return ringMeFirst || flow?.kind === 'rings-me';
}

/** An unconfirmed call can still ring the customer, and then the rep, for so long after it was sent, ms. */
const doubtfulMs = 180_000;
/** No call outlasts TimeLimit's maximum by more, ms; whatever Exotel did not tell, the rep is free then. */
const longestMs = (14_400 + 120) * 1000;

/** Until when this call of the rep's keeps them, ms UTC: 0, it does not. */
export function keepsRepUntil(call: Call): number {
  if (!isRepsCall(call) || isTerminal(call.status) || call.status === 'held') return 0;
  // The rep's own leg is over, though Exotel may tell of the customer's only minutes later.
  if (['talked', 'missed', 'left'].includes(call.conversation.state)) return 0;
  const since = call.sentAt ?? call.placedAt;
  return call.status === 'unconfirmed' ? since + doubtfulMs : since + longestMs;
}

/**
 * Whether somebody was on the line for the rep, so that there is something to wrap up. A rep who went Away or called it
 * off meanwhile took no part, and stays what they said.
 */
export function wasOnTheLine({ status, conversation }: Call): boolean {
  if (conversation.why === 'away' || conversation.why === 'called-off') return false;
  if (conversation.state !== 'unknown') return conversation.state !== 'automated';
  return status === 'answered' || status === 'completed';
}
