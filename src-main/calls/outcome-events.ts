import type { CallEvent } from '../../src-shared/call-events.ts';
import { assertNever, type CallReason } from '../../src-shared/errors.ts';
import type { Block } from '../../src-shared/rep.ts';
import type { ConnectOutcome } from '../exotel/client.ts';

/** How often a request that never left this computer is sent, in all. */
const maxAttempts = 3;

/**
 * What became of a request, as an event of its call. Pure.
 *
 * @param at ms UTC
 * @param attempts sends so far, this one with them
 * @param pauseMs how long a 429 makes the line wait
 */
export function eventOf(
  outcome: ConnectOutcome,
  { at, attempts, pauseMs }: { readonly at: number; readonly attempts: number; readonly pauseMs: number },
): CallEvent {
  switch (outcome.kind) {
    case 'accepted':
      return { type: 'accepted', at, report: outcome.report };
    case 'refused':
      return { type: 'refused', at, reason: outcome.reason };
    case 'rate-limited':
      return { type: 'rate-limited', at, retryAt: at + Math.ceil(pauseMs), reason: outcome.reason };
    case 'not-sent':
      return {
        type: 'not-sent',
        at,
        again: outcome.reason.code === 'unreachable' && attempts < maxAttempts,
        reason: outcome.reason,
      };
    case 'doubted':
      return { type: 'doubted', at, reason: outcome.reason };
    default:
      return assertNever(outcome);
  }
}

/** It was kept back: the rep could not take the customer. The words that a person reads are chosen from the blocks. */
export function keptBack(blocks: readonly Block[]): ConnectOutcome {
  const reason: CallReason = {
    code: 'rep-not-ready',
    customerCalled: 'no',
    httpStatus: null,
    message: blocks.join(', '),
  };
  return { kind: 'not-sent', reason };
}

/** Whether Exotel, or at least a proxy, said anything. */
export function isAnswer(outcome: ConnectOutcome): boolean {
  if (outcome.kind !== 'not-sent' && outcome.kind !== 'doubted') return true;
  return outcome.reason.httpStatus !== null;
}
