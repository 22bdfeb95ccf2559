import { safe } from '@orpc/client';
import type { Verdict } from '../../src-shared/contract/calls.ts';
import type { SettingsView } from '../../src-shared/contract/settings.ts';
import { assertNever } from '../../src-shared/errors.ts';
import type { Settings } from '../../src-shared/settings.ts';
import { showToast } from '../ui/toast.tsx';
import { t } from '../words/words.ts';
import { api, queryClient } from './api.ts';
import { settingsQuery } from './queries.ts';

/** What the account still needs before it can dial. */
export function missingForAccount({ values, secrets }: SettingsView): Verdict['missing'] {
  const flow = values.flowUrlForm === 'own' ? values.flowUrl : values.appId;
  return [
    ...(values.accountSid === '' ? (['accountSid'] as const) : []),
    ...(values.callerId === '' ? (['callerId'] as const) : []),
    ...(flow === '' ? (['flow'] as const) : []),
    ...(secrets.exotelApiKey.set ? [] : (['exotelApiKey'] as const)),
    ...(secrets.exotelApiToken.set ? [] : (['exotelApiToken'] as const)),
  ];
}

const listFormat = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** `account Sid, ExoPhone and flow`. Names that the catalogue does not know stand as they are. */
export function missingText(missing: readonly string[]): string {
  return listFormat.format(missing.map((name) => (isMissing(name) ? t(`dial.missingName.${name}`) : name)));
}

const missingNames: ReadonlySet<string> = new Set<Verdict['missing'][number]>([
  'accountSid',
  'callerId',
  'flow',
  'exotelApiKey',
  'exotelApiToken',
]);
function isMissing(name: string): name is Verdict['missing'][number] {
  return missingNames.has(name);
}

/** Changes the line that calls go out on; says why where that cannot be. */
export async function switchLine(line: Settings['line']): Promise<void> {
  const { error, data, isDefined } = await safe(api.settings.update({ line }));
  if (data !== undefined) {
    queryClient.setQueryData(settingsQuery.queryKey, data);
    void queryClient.invalidateQueries({ queryKey: ['verdict'] });
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
