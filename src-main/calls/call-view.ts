import type { CallView } from '../../src-shared/contract/calls.ts';
import { formatExoPhone, formatNumber } from '../../src-shared/phone-number.ts';
import type { Place } from '../pacing/pacer.ts';
import type { StoredCall } from '../storage/storage.ts';

/** A stored call as screens show it; `places` tells where the calls stand that wait for their turn. */
export function callView(stored: StoredCall, places: () => ReadonlyMap<string, Place>): CallView {
  const { number } = stored.call;
  return {
    ...stored.call,
    queue: (stored.call.status === 'queued' ? places().get(stored.call.id) : null) ?? null,
    numberText: number.e164 === null ? number.entered : formatNumber(number.e164),
    callerIdText: formatExoPhone(stored.call.callerId),
    contactName: stored.contact?.name ?? null,
    contactId: stored.contact?.id ?? null,
  };
}
