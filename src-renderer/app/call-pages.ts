import { type CallStatus, isTerminal } from '../../src-shared/call.ts';
import type { CallView } from '../../src-shared/contract/calls.ts';
import type { ConversationState } from '../../src-shared/conversation.ts';

/** Which calls a list shows. */
export interface CallFilter {
  readonly query: string;
  readonly statuses: readonly CallStatus[];
  readonly conversations: readonly ConversationState[];
}

export interface CallPage {
  readonly calls: readonly CallView[];
  readonly next: string | null;
}

/**
 * The pages with a changed call in its place; `null` where only the core can tell whether and where it belongs.
 * A new call stands at the top, for lists are newest first. A call that no longer fits the statuses or the conversations goes.
 */
export function mergeCall(
  pages: readonly CallPage[],
  filter: CallFilter,
  call: CallView,
): readonly CallPage[] | null {
  const there = pages.some((page) => page.calls.some(({ id }) => id === call.id));
  const fits =
    isAmong(filter.statuses, call.status) && isAmong(filter.conversations, call.conversation.state);
  if (there) {
    return pages.map((page) => ({
      ...page,
      calls: fits
        ? page.calls.map((old) => (old.id === call.id ? call : old))
        : page.calls.filter(({ id }) => id !== call.id),
    }));
  }
  if (!fits) return pages;
  const [first, ...rest] = pages;
  const newest = first?.calls[0];
  const isNewest = newest === undefined || call.placedAt >= newest.placedAt;
  if (first === undefined || filter.query !== '' || !isNewest) return null;
  return [{ ...first, calls: [call, ...first.calls] }, ...rest];
}

/** None chosen: all fit. */
function isAmong<T>(chosen: readonly T[], value: T): boolean {
  return chosen.length === 0 || chosen.includes(value);
}

/** A call that went wrong in a way that somebody must take note of. */
export function needsAction(call: CallView): boolean {
  return call.status === 'rejected' || call.status === 'unconfirmed' || call.settled !== null;
}

/**
 * The calls that the dial screen shows as cards, newest first: those on their way, and how the last one ended. An
 * ended call gives way to the next; one that needs action stays until it is dismissed.
 */
export function mergeCurrent(current: readonly CallView[], call: CallView): readonly CallView[] {
  if (current.some(({ id }) => id === call.id)) {
    return current.map((old) => (old.id === call.id ? call : old));
  }
  if (isTerminal(call.status)) return current;
  return [call, ...current.filter((old) => !isTerminal(old.status) || needsAction(old))];
}
