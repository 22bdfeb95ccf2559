import type { CallView } from '../../src-shared/contract/calls.ts';
import { formatExoPhone, formatNumber } from '../../src-shared/phone-number.ts';
import type { StoredCall } from '../storage/storage.ts';

/** A stored call as screens show it. */
export function callView(stored: StoredCall): CallView {
  const { number } = stored.call;
  return {
    ...stored.call,
    numberText: number.e164 === null ? number.entered : formatNumber(number.e164),
    callerIdText: formatExoPhone(stored.call.callerId),
    contactName: stored.contact?.name ?? null,
    contactId: stored.contact?.id ?? null,
  };
}
