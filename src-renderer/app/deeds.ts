import { readAnew } from './read-anew.ts';
import { safe } from '@orpc/client';
import type { CallView } from '../../src-shared/contract/calls.ts';
import { assertNever } from '../../src-shared/errors.ts';
import type { RepState } from '../../src-shared/rep.ts';
import { askedToCallBack, dialWith, freely } from '../dial/dial-choice.ts';
import { dialText } from '../dial/dial-text.ts';
import { failureWords } from '../ui/failure-words.ts';
import { showToast } from '../ui/toast.tsx';
import { t } from '../words/words.ts';
import { api, queryClient } from './api.ts';
import { takeCall } from './live-updates.ts';
import { currentCallsQuery, repQuery, settingsQuery } from './queries.ts';

/** What actions and buttons ask of the core, and what is said where it could not be done. */

/** True where it now holds. */
export async function setRep(state: RepState): Promise<boolean> {
  const { error, data } = await safe(api.rep.set({ state }));
  if (data === undefined) {
    showToast({ message: failureWords(error) });
    return false;
  }
  queryClient.setQueryData(repQuery.queryKey, data);
  readAnew(queryClient, { queryKey: ['verdict'] });
  return true;
}

export async function callOff(id: string): Promise<void> {
  const { error, data, isDefined } = await safe(api.calls.callOff({ id }));
  if (data !== undefined) return takeCall(queryClient, data);
  const isLate = isDefined && error.code === 'TOO_LATE';
  showToast({ message: isLate ? t('live.callOffLate') : failureWords(error) });
}

/** Takes a card off the dial screen; the call stays in the history. */
export function dismissCall(id: string): void {
  queryClient.setQueryData(currentCallsQuery.queryKey, (calls) => calls?.filter((call) => call.id !== id));
}

/** The wrap-up is over: ready for the next one. */
export async function doneWith(call: CallView): Promise<void> {
  if (await setRep('ready')) dismissCall(call.id);
}

/** Puts the number into the box and calls it back, with the flow of that call. */
export async function callBack(call: CallView): Promise<void> {
  const rep = queryClient.getQueryData(repQuery.queryKey);
  if (rep?.state === 'wrap-up' && !(await setRep('ready'))) return;
  dialWith.set(call.flow === null ? freely : { flowId: call.flow.id, ringMeFirst: false });
  dialText.set(call.numberText);
  askedToCallBack.set(call.numberText);
}

/** Turns a setting over, and says how it stands now. */
export async function toggleSetting(name: 'doNotDisturb' | 'callStrip'): Promise<void> {
  const { values } = await queryClient.ensureQueryData(settingsQuery);
  const { error, data } = await safe(api.settings.update({ [name]: !values[name] }));
  if (data === undefined) return showToast({ message: failureWords(error) });
  queryClient.setQueryData(settingsQuery.queryKey, data);
  showToast({ message: t(`card.toggled.${name}.${data.values[name] ? 'on' : 'off'}`) });
}

export type PhoneDeed = 'answer' | 'decline' | 'hangUp';

export async function pressPracticePhone(deed: PhoneDeed): Promise<void> {
  const { error, data } = await safe(pressed(deed));
  if (data === true) return;
  showToast({ message: error === null ? t('phone.tooLate') : failureWords(error) });
}

function pressed(deed: PhoneDeed) {
  switch (deed) {
    case 'answer':
      return api.practice.answer();
    case 'decline':
      return api.practice.decline();
    case 'hangUp':
      return api.practice.hangUp();
    default:
      return assertNever(deed);
  }
}
