import type { Call } from '../../src-shared/call.ts';
import { formatNumber } from '../../src-shared/phone-number.ts';
import type { StoredCall } from '../storage/storage.ts';
import { readable } from './readable.ts';

/** Who a call is for, in one short line: the contact's name, else the number as people say it. */
export function whoOf(call: Call, contact: StoredCall['contact']): string {
  const { e164, entered } = call.number;
  return readable(contact?.name ?? (e164 === null ? entered : formatNumber(e164)));
}
