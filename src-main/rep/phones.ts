import type { Line } from '../../src-shared/call-events.ts';
import type { RepPhone } from '../../src-shared/rep.ts';
import type { Settings } from '../../src-shared/settings.ts';

/** The phone that rings in the window while the rep has named none of their own. Nobody can call it. */
const practicePhone: RepPhone = { label: 'Practice phone', number: '+918047190001' };

/** The rep's phone in use for calls of this line; null: none is set, so no flow can ring them. */
export function phoneInUse(line: Line['kind'], { phones, phoneInUse: inUse }: Settings): RepPhone | null {
  const own = phones.find(({ number }) => number === inUse) ?? phones[0] ?? null;
  return own ?? (line === 'practice' ? practicePhone : null);
}
