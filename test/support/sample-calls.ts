import type { StoredCall } from '../../src-main/storage/storage.ts';
import { apply } from '../../src-shared/call.ts';
import type { CallEvent } from '../../src-shared/call-events.ts';
import { emptyReport } from '../../src-shared/exotel-report.ts';
import { noon, type Placed, placed, sending } from './storage-samples.ts';

/** Ids of a test's calls: the n-th. */
export function idOf(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

/** A call that these events made. */
export function callOf(
  events: readonly CallEvent[],
  { n = 1, name = 'Priya Nair', ...more }: Partial<Placed> & { n?: number; name?: string | null } = {},
): StoredCall {
  const id = idOf(n);
  const begun = apply(null, id, placed('+919845012345', more));
  return {
    call: events.reduce((call, event) => apply(call, id, event), begun),
    contact: name === null ? null : { id: idOf(900 + n), name },
  };
}

/** Its request is on the wire. */
export const sent = sending(1);

/** Exotel tells, `after` s after noon. */
export function reported(status: string, after = 60): CallEvent {
  return {
    type: 'reported',
    at: noon + after * 1000,
    source: 'callback',
    report: { ...emptyReport, status },
  };
}

/** The customer is on the line, and the rep's phone is to ring; nobody's, where it was refused. */
export function connectAsked(
  after = 10,
  refused: Extract<CallEvent, { type: 'connect-asked' }>['refused'] = null,
): CallEvent {
  const to = refused === null ? '+919876543210' : null;
  return { type: 'connect-asked', at: noon + after * 1000, sid: null, to, refused };
}

/** The rep's own leg: they picked up, or hung up after so long. */
export function repLeg(
  what: 'answered' | 'ended',
  after = 15,
  onCallSeconds: number | null = null,
): CallEvent {
  return {
    type: 'leg',
    at: noon + after * 1000,
    sid: null,
    what,
    number: '+919876543210',
    onCallSeconds,
    word: null,
  };
}

/** The flow went on past Connect. */
export function passthru(
  branch: 'talked' | 'missed' | 'nodial',
  more: { readonly after?: number; readonly dialCallStatus?: string; readonly callType?: string } = {},
): CallEvent {
  return {
    type: 'passthru',
    at: noon + (more.after ?? 40) * 1000,
    sid: null,
    branch,
    callType: more.callType ?? null,
    dialCallStatus: more.dialCallStatus ?? null,
    onCallSeconds: null,
    digits: null,
    recordingUrl: null,
  };
}
