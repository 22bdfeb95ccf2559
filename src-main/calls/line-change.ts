import { isUnsent } from '../../src-shared/call.ts';
import type { SettingsChange } from '../../src-shared/contract/settings.ts';
import type { Settings } from '../../src-shared/settings.ts';
import type { Storage } from '../storage/storage.ts';

/** A call keeps its line, so these wait until nothing is on its way (design.md, "A call's life"). */
const lineSettings = ['line', 'host', 'accountSid'] as const;

/** The line cannot be another while calls of it are on their way. Nothing changed. */
export class CallsOutError extends Error {
  override readonly name = 'CallsOutError';
  readonly count: number;
  constructor(count: number) {
    super(`${count} calls of this line have not reached Exotel yet.`);
    this.count = count;
  }
}

/** Rejects with a CallsOutError where this change would take a call's line from under it. */
export async function guardLine(
  change: SettingsChange,
  settings: Settings,
  storage: Pick<Storage, 'calls'>,
): Promise<void> {
  const changesLine = lineSettings.some(
    (name) => change[name] !== undefined && change[name] !== settings[name],
  );
  const count = changesLine ? await countUnsent(storage) : 0;
  if (count > 0) throw new CallsOutError(count);
}

/** Calls that have not reached Exotel yet. */
export async function countUnsent(storage: Pick<Storage, 'calls'>): Promise<number> {
  return (await storage.calls.open()).filter(({ call }) => isUnsent(call.status)).length;
}
