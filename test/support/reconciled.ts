import { setTimeout as pass } from 'node:timers/promises';
import { expect } from 'vitest';
import { isTerminal } from '../../src-shared/call.ts';
import type { CallView } from '../../src-shared/contract/calls.ts';
import type { ActedCall, ActingExotel } from './acting-exotel.ts';
import type { CoreProcess } from './core-process.ts';

/**
 * Every call as the program knows it once Exotel is quiet, nothing waits to be sent, and each call that rang has its end,
 * or is shown to be chosen from Exotel's list.
 */
export async function reconciled(core: CoreProcess, exotel: ActingExotel): Promise<CallView[]> {
  for (;;) {
    await exotel.quiet();
    const calls = await core.all();
    const rings = new Map(exotel.acted.map((ring) => [ring.callId, ring]));
    if (calls.every((call) => isSettled(call, rings.get(call.id)))) return calls;
    // The program asks by its own clock; nothing but its answer tells that it has.
    await pass(50);
  }
}

function isSettled({ status, candidates }: CallView, ring: ActedCall | undefined): boolean {
  if (ring !== undefined) return isTerminal(status) || candidates.some(({ sid }) => sid === ring.sid);
  return isTerminal(status) || status === 'held' || status === 'unconfirmed';
}

/** What Exotel did, by intent; fails where a customer was rung twice for one. */
export function ringsByCall(exotel: ActingExotel): ReadonlyMap<string, ActedCall> {
  const rings = new Map<string, ActedCall>();
  for (const ring of exotel.acted) {
    expect(rings.has(ring.callId), `${ring.callId} rang the customer more than once`).toBe(false);
    rings.set(ring.callId, ring);
  }
  return rings;
}
