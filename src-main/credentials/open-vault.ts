import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AsyncEntry, EntryOptions } from '@napi-rs/keyring';
import type { CredentialVault } from '../ports.ts';
import { memoryVault } from './memory-vault.ts';

type Entry = Pick<AsyncEntry, 'setPassword' | 'getPassword' | 'deleteCredential'>;

/** What is used of the native module. */
export interface Keyring {
  readonly AsyncEntry: new (service: string, username: string, options: EntryOptions) => Entry;
}

export interface VaultOptions {
  /** Names this data folder's entries apart from another's: see `profileId`. */
  readonly profile: string;
  /** The name that a keychain's own window shows. */
  readonly service?: string;
  /** How long the keychain may take to prove itself at the start, ms. */
  readonly deadlineMs?: number;
  /** How long a keychain that the desktop has not started yet is waited for, ms. */
  readonly patienceMs?: number;
  /** The native module. Loaded only here, so that a machine without its binary still runs. */
  readonly loadKeyring?: () => Promise<Keyring>;
}

/**
 * The keychain of this computer, where it keeps, gives back and forgets an entry within the deadline; else memory, with
 * the reason in words. Never rejects.
 */
export async function openVault(options: VaultOptions): Promise<CredentialVault> {
  const { profile, service = 'Flowdial', deadlineMs = 5000, patienceMs = 0 } = options;
  let keyring: Keyring;
  try {
    keyring = await (options.loadKeyring ?? (() => import('@napi-rs/keyring')))();
  } catch (error) {
    return memoryVault(`The keychain's program part cannot be loaded on this computer (${wordsOf(error)}).`);
  }

  /** Without `store`, Linux without a Secret Service would take the kernel's keyring, which a restart empties. */
  const entry = (name: string) =>
    new keyring.AsyncEntry(service, `${profile}/${name}`, { linux: { store: 'secret-service' } });

  try {
    await patiently(patienceMs, () => within(deadlineMs, (signal) => probe(entry, signal)));
  } catch (error) {
    return memoryVault(
      error instanceof DeadlineError
        ? `The keychain of this computer did not answer within ${deadlineMs / 1000} s; it may be locked.`
        : `The keychain of this computer cannot be used (${wordsOf(error)}).`,
    );
  }
  return {
    kind: 'keychain',
    problem: '',
    get: async (name) => entry(name).getPassword(),
    set: async (name, value) => entry(name).setPassword(value),
    async delete(name) {
      await entry(name).deleteCredential();
    },
  };
}

/** Only trying tells: the module's errors carry no code, and a locked keychain reads as an empty one. */
async function probe(entry: (name: string) => Entry, signal: AbortSignal): Promise<void> {
  const value = randomUUID();
  const throwaway = entry(`probe-${randomUUID()}`);
  await throwaway.setPassword(value, signal);
  const kept = await throwaway.getPassword(signal);
  await throwaway.deleteCredential(signal);
  if (kept !== value) throw new Error('it does not give back what it was given');
}

/** How the Secret Service's absence sounds: no bus, nobody there who has its name, no keyring in it yet. */
const notThereYet =
  /failed to connect|ServiceUnknown|not provided by any|NameHasNoOwner|NoReply|no result found/i;

/** Tries again while the keychain is not there; one that is locked, or refuses, is not asked twice. */
async function patiently(patienceMs: number, run: () => Promise<void>): Promise<void> {
  const until = performance.now() + patienceMs;
  for (let waitMs = 250; ; waitMs = Math.min(waitMs * 2, 4000)) {
    try {
      return await run();
    } catch (error) {
      if (!notThereYet.test(wordsOf(error)) || performance.now() + waitMs > until) throw error;
    }
    await sleep(waitMs);
  }
}

class DeadlineError extends Error {}

/** The signal stops what has not begun; what hangs in the system's own code is left behind. */
async function within(ms: number, run: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const signal = AbortSignal.timeout(ms);
  const passed = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new DeadlineError()), { once: true });
  });
  await Promise.race([run(signal), passed]);
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
