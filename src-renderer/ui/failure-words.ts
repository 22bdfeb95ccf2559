import { ORPCError } from '@orpc/client';
import { t } from '../words/words.ts';

/** Why something could not be done: the disk refused (the core's own words), or the core could not be asked. */
export function failureWords(error: unknown): string {
  if (!(error instanceof ORPCError) || error.code !== 'NOT_STORED') return t('settings.lost');
  const data: unknown = error.data;
  const problem = typeof data === 'object' && data !== null && 'problem' in data ? String(data.problem) : '';
  return t('app.notStored', { problem });
}
