import type { CallStatus } from '../../src-shared/call.ts';

/** The filter chips: statuses that a person asks for together. Every status is in exactly one. */
export const statusGroups = {
  open: ['queued', 'held', 'dialing', 'in-progress', 'answered'],
  answered: ['completed'],
  missed: ['no-answer', 'busy', 'canceled'],
  trouble: ['failed', 'rejected'],
  doubt: ['unconfirmed'],
  withdrawn: ['withdrawn'],
} as const satisfies Record<string, readonly CallStatus[]>;

export type StatusGroup = keyof typeof statusGroups;

export const statusGroupNames = Object.keys(statusGroups) as readonly StatusGroup[]; // Keys of the literal above.

/** The statuses of the chosen groups; none chosen: all, which the core writes as an empty list. */
export function statusesOf(groups: ReadonlySet<StatusGroup>): CallStatus[] {
  return statusGroupNames.filter((name) => groups.has(name)).flatMap((name) => [...statusGroups[name]]);
}
