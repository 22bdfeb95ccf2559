import { apply } from '../../../src-shared/call.ts';
import type { CallEvent } from '../../../src-shared/call-events.ts';
import type { CallView } from '../../../src-shared/contract/calls.ts';

/** Calls as the core would show them, made by its own rules from events. */
export const placed: CallEvent = {
  type: 'placed',
  at: Date.UTC(2026, 10, 23, 11, 2, 8),
  number: { entered: '98450 12345', e164: '+919845012345' },
  line: { kind: 'practice' },
  callerId: '08047191234',
  flowUrl: 'http://my.exotel.com/exoml/start/926',
  overrode: [],
  overrodeWhy: '',
  flow: null,
  ringMeFirst: false,
  repNumber: null,
};

export function callOf(events: readonly CallEvent[] = [], changes: Partial<CallView> = {}): CallView {
  const id = '6f1c2a52-1d59-4c6a-9d0e-2f4a3e1b7c10';
  const call = [placed, ...events].reduce(
    (before: ReturnType<typeof apply> | null, event) => apply(before, id, event),
    null,
  );
  if (call === null) throw new Error('A call has at least one event.');
  return {
    ...call,
    numberText: '+91 98450 12345',
    callerIdText: '080 4719 1234',
    contactName: null,
    contactId: null,
    queue: null,
    ...changes,
  };
}
