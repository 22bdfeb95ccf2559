import { isUnsent } from '../../src-shared/call.ts';
import type { SettingsChange } from '../../src-shared/contract/settings.ts';
import type { SecretName, SettingName, Settings } from '../../src-shared/settings.ts';
import type { Storage } from '../storage/storage.ts';

/** A call keeps its line, so these wait until nothing is on its way (design.md, "A call's life"). */
const lineSettings: ReadonlySet<SettingName> = new Set(['line', 'host', 'accountSid']);
const lineSecrets: ReadonlySet<SecretName> = new Set(['exotelApiKey', 'exotelApiToken']);

/** Thrown where line or account would change under calls that have not reached Exotel yet. */
export class CallsOutError extends Error {
  override readonly name = 'CallsOutError';
  readonly count: number;
  constructor(count: number) {
    super(`${count} calls have not reached Exotel yet.`);
    this.count = count;
  }
}

export function changesLine(change: SettingsChange, before: Settings): boolean {
  return [...lineSettings].some((name) => change[name] !== undefined && change[name] !== before[name]);
}

export function isLineSecret(name: SecretName): boolean {
  return lineSecrets.has(name);
}

/** @throws {CallsOutError} while calls are queued, held or dialing. */
export async function refuseWhileUnsent(storage: Storage): Promise<void> {
  const open = await storage.calls.open();
  const { length } = open.filter(({ call }) => isUnsent(call.status));
  if (length > 0) throw new CallsOutError(length);
}
