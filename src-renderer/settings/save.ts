import { safe } from '@orpc/client';
import type { SettingsChange, SettingsView } from '../../src-shared/contract/settings.ts';
import { assertNever } from '../../src-shared/errors.ts';
import type { SecretName } from '../../src-shared/settings.ts';
import { api, queryClient } from '../app/api.ts';
import { settingsQuery } from '../app/queries.ts';
import { createStore } from '../app/store.ts';
import { t } from '../words/words.ts';

/** The row whose setting was saved last: it says "Saved" beside itself. */
export const lastSaved = createStore('');

/** Saves at once, for the row `place`. Answers why not, in words; null: saved. */
export async function saveSetting(place: string, change: SettingsChange): Promise<string | null> {
  lastSaved.set('');
  const { error, data, isDefined } = await safe(api.settings.update(change));
  if (data !== undefined) {
    took(place, data);
    return null;
  }
  if (!isDefined) {
    const bad = error !== null && 'code' in error && error.code === 'BAD_REQUEST';
    return t(bad ? 'settings.refusedValue' : 'settings.lost');
  }
  return refusal(error);
}

/** Keeps a new secret, or with null clears it. Answers why not, in words; null: done. */
export async function saveSecret(name: SecretName, value: string | null): Promise<string | null> {
  lastSaved.set('');
  const { error, data, isDefined } = await safe(
    value === null ? api.settings.clearSecret({ name }) : api.settings.setSecret({ name, value }),
  );
  if (data !== undefined) {
    took(name, data);
    return null;
  }
  return isDefined ? refusal(error) : t('settings.lost');
}

function took(place: string, view: SettingsView): void {
  queryClient.setQueryData(settingsQuery.queryKey, view);
  queryClient.removeQueries({ queryKey: ['account-test'] });
  lastSaved.set(place);
}

type Refusal =
  | { readonly code: 'LOCKED' }
  | { readonly code: 'CALLS_OUT'; readonly data: { readonly count: number } }
  | { readonly code: 'NOT_STORED'; readonly data: { readonly problem: string } };

function refusal(error: Refusal): string {
  switch (error.code) {
    case 'LOCKED':
      return t('settings.refusedLocked');
    case 'CALLS_OUT':
      return t('settings.refusedCalls', { count: error.data.count });
    case 'NOT_STORED':
      return t('settings.refusedStored', { problem: error.data.problem });
    default:
      return assertNever(error);
  }
}
