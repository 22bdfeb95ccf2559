import type { Verdict } from '../../src-shared/contract/calls.ts';
import type { SettingsView } from '../../src-shared/contract/settings.ts';
import { t } from '../words/words.ts';

/** What the account still needs before it can dial. */
export function missingForAccount({ values, secrets }: SettingsView): Verdict['missing'] {
  return [
    ...(values.accountSid === '' ? (['accountSid'] as const) : []),
    ...(values.callerId === '' ? (['callerId'] as const) : []),
    ...(values.flows.length === 0 ? (['flow'] as const) : []),
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
