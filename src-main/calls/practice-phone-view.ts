import type { PracticePhoneView } from '../../src-shared/contract/practice.ts';
import { formatExoPhone } from '../../src-shared/phone-number.ts';
import type { PracticePhone } from '../practice-line/practice-line.ts';
import { callIdOf } from './attempt-secrets.ts';

/** The practice phone as the window shows it, with the call that rings it. */
export function practicePhoneView(phone: PracticePhone): PracticePhoneView {
  if (phone.state === 'idle') return phone;
  const { state, customField, from, since, whisper } = phone;
  const callId = customField === null ? null : callIdOf(customField);
  return { state, callId, fromText: formatExoPhone(from), since, whisper: whisper ?? '' };
}
