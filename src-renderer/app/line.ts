import { readAnew } from './read-anew.ts';
import { safe } from '@orpc/client';
import { assertNever } from '../../src-shared/errors.ts';
import type { Settings } from '../../src-shared/settings.ts';
import { showToast } from '../ui/toast.tsx';
import { t } from '../words/words.ts';
import { api, queryClient } from './api.ts';
import { settingsQuery } from './queries.ts';

/** Changes the line that calls go out on; says why where that cannot be. */
export async function switchLine(line: Settings['line']): Promise<void> {
  const { error, data, isDefined } = await safe(api.settings.update({ line }));
  if (data !== undefined) {
    queryClient.setQueryData(settingsQuery.queryKey, data);
    readAnew(queryClient, { queryKey: ['verdict'] });
    return;
  }
  if (!isDefined) {
    showToast({ message: t('settings.lost') });
    return;
  }
  switch (error.code) {
    case 'CALLS_OUT':
      return showToast({ message: t('line.switchRefused', { count: error.data.count }) });
    case 'LOCKED':
      return showToast({ message: t('line.switchLocked') });
    case 'NOT_STORED':
      return showToast({ message: t('line.switchFailed', { problem: error.data.problem }) });
    default:
      return assertNever(error);
  }
}
