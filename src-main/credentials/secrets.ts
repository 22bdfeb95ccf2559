import { z } from 'zod';
import type { SecretName } from '../../src-shared/settings.ts';
import type { CredentialVault } from '../ports.ts';

/** What an account is asked with. */
const accountKeysSchema = z.strictObject({ apiKey: z.string(), apiToken: z.string() });
export type AccountKeys = Readonly<z.infer<typeof accountKeysSchema>>;

export interface Secrets {
  /** Rejects where the keychain refuses (locked, gone). A dial asks each time: it is read once and remembered. */
  get(name: SecretName): Promise<string | null>;
  /** Rejects where it is locked or the keychain refuses; what was there then stays. */
  set(name: SecretName, value: string): Promise<void>;
  clear(name: SecretName): Promise<void>;
  /**
   * Keeps the keys that calls of an account (`lineKey`) were made with, so that it can still be asked for them when
   * another account is set up. Provisioned keys are kept for this run only.
   */
  keepAccount(line: string, keys: AccountKeys): Promise<void>;
  keptAccount(line: string): Promise<AccountKeys | null>;
  forgetAccount(line: string): Promise<void>;
  /** Whether the environment has set it. */
  isLocked(name: SecretName): boolean;
  /** Which are set, and which of them locked; never a value. One that cannot be read counts as not set. */
  view(): Promise<Record<SecretName, { readonly set: boolean; readonly locked: boolean }>>;
}

/** A provisioned secret wins over the vault's and is never written to it. */
export function createSecrets(parts: {
  readonly vault: CredentialVault;
  readonly provisioned: Readonly<Partial<Record<SecretName, string>>>;
}): Secrets {
  const { vault, provisioned } = parts;
  const known = new Map<SecretName, string | null>();
  const accounts = new Map<string, AccountKeys>();

  const isLocked = (name: SecretName) => provisioned[name] !== undefined;

  function refuseLocked(name: SecretName): void {
    if (isLocked(name)) throw new Error(`The secret "${name}" is set by the environment.`);
  }

  async function get(name: SecretName): Promise<string | null> {
    const remembered = provisioned[name] ?? known.get(name);
    if (remembered !== undefined) return remembered;
    const read = await vault.get(name);
    // A change made while the keychain was being read is newer.
    if (!known.has(name)) known.set(name, read);
    return known.get(name) ?? null;
  }

  async function set(name: SecretName, value: string): Promise<void> {
    refuseLocked(name);
    await vault.set(name, value);
    known.set(name, value);
  }

  async function clear(name: SecretName): Promise<void> {
    refuseLocked(name);
    await vault.delete(name);
    known.set(name, null);
  }

  async function keepAccount(line: string, keys: AccountKeys): Promise<void> {
    const before = accounts.get(line);
    if (before?.apiKey === keys.apiKey && before.apiToken === keys.apiToken) return;
    accounts.set(line, keys);
    if (!isLocked('exotelApiToken')) await vault.set(`account ${line}`, JSON.stringify(keys));
  }

  async function keptAccount(line: string): Promise<AccountKeys | null> {
    const remembered = accounts.get(line);
    if (remembered !== undefined) return remembered;
    const read = await vault.get(`account ${line}`);
    const keys = read === null ? null : readKeys(read);
    if (keys !== null) accounts.set(line, keys);
    return keys;
  }

  async function forgetAccount(line: string): Promise<void> {
    accounts.delete(line);
    await vault.delete(`account ${line}`);
  }

  async function stateOf(name: SecretName) {
    const value = await get(name).catch(() => null);
    return { set: value !== null, locked: isLocked(name) };
  }

  async function view() {
    const [exotelApiKey, exotelApiToken, ngrokAuthtoken] = await Promise.all([
      stateOf('exotelApiKey'),
      stateOf('exotelApiToken'),
      stateOf('ngrokAuthtoken'),
    ]);
    return { exotelApiKey, exotelApiToken, ngrokAuthtoken };
  }

  return { get, set, clear, keepAccount, keptAccount, forgetAccount, isLocked, view };
}

/** Null for what some other program put there. */
function readKeys(text: string): AccountKeys | null {
  try {
    return accountKeysSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
