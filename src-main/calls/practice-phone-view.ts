import type { PracticePhoneView } from '../../src-shared/contract/practice.ts';
import { formatExoPhone } from '../../src-shared/phone-number.ts';
import type { PracticePhone } from '../practice-line/practice-line.ts';
import { readCustomField } from '../callbacks/custom-field.ts';

/** The practice phone as the window shows it, with the call that rings it. */
export function practicePhoneView(phone: PracticePhone): PracticePhoneView {
  if (phone.state === 'idle') return phone;
  const { state, customField, from, since, whisper } = phone;
  const callId = readCustomField(customField ?? '')?.callId ?? null;
  return { state, callId, fromText: formatExoPhone(from), since, whisper: whisper ?? '' };
}
