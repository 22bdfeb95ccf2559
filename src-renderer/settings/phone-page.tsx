import type { SettingsView } from '../../src-shared/contract/settings.ts';
import { Outcomes } from './outcomes.tsx';
import { Phones } from './phones.tsx';

/** Where the rep is rung, and what they say of a call afterwards. */
export function PhonePage({ view }: { readonly view: SettingsView }) {
  return (
    <>
      <Phones view={view} />
      <Outcomes view={view} />
    </>
  );
}
