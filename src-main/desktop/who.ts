import type { Call } from '../../src-shared/call.ts';
import { formatNumber } from '../../src-shared/phone-number.ts';
import { remember } from '../../src-shared/remember.ts';
import type { StoredCall } from '../storage/storage.ts';
import { readable } from './readable.ts';

/** A call is told of at each of its changes. */
const shown = remember(readable);

/** Who a call is for, in one short line: the contact's name, else the number as people say it. */
export function whoOf(call: Call, contact: StoredCall['contact']): string {
  const { e164, entered } = call.number;
  return shown(contact?.name ?? (e164 === null ? entered : formatNumber(e164)));
}
