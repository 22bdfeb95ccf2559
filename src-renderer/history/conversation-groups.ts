import type { ConversationState } from '../../src-shared/conversation.ts';

/** The filter chips of who talked. Every state is in exactly one. */
export const conversationGroups = {
  talked: ['talked'],
  missed: ['missed'],
  left: ['left'],
  now: ['waiting', 'talking'],
  automated: ['automated'],
  unknown: ['unknown'],
} as const satisfies Record<string, readonly ConversationState[]>;

export type ConversationGroup = keyof typeof conversationGroups;

export const conversationGroupNames = Object.keys(conversationGroups) as readonly ConversationGroup[]; // Keys of the literal above.

/** The states of the chosen groups; none chosen: all, which the core writes as an empty list. */
export function conversationsOf(groups: ReadonlySet<ConversationGroup>): ConversationState[] {
  return conversationGroupNames
    .filter((name) => groups.has(name))
    .flatMap((name) => [...conversationGroups[name]]);
}
