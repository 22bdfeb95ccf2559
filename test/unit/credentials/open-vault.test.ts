import { describe, expect, it } from 'vitest';
import { type Keyring, openVault } from '../../../src-main/credentials/open-vault.ts';

/** A keyring module whose entries do this. */
function keyringOf(methods: { set: () => Promise<void>; get: () => Promise<string | null> }): Keyring {
  class AsyncEntry {
    setPassword = methods.set;
    getPassword = methods.get;
    deleteCredential = async () => true;
  }
  return { AsyncEntry };
}

const open = (keyring: () => Promise<Keyring>) =>
  openVault({ profile: 'p', deadlineMs: 20, loadKeyring: keyring });

describe('security 25: without a keychain that works, secrets are in memory, and the reason is told', () => {
  it.each<[string, () => Promise<Keyring>, string]>([
    [
      'the binary is missing',
      () => Promise.reject(new Error("Cannot find module '@napi-rs/keyring-linux-x64-gnu'")),
      "cannot be loaded on this computer (Cannot find module '@napi-rs/keyring-linux-x64-gnu')",
    ],
    [
      'it refuses',
      async () =>
        keyringOf({ set: () => Promise.reject(new Error('no result found')), get: async () => null }),
      'cannot be used (no result found)',
    ],
    [
      'it forgets',
      async () => keyringOf({ set: async () => {}, get: async () => null }),
      'it does not give back what it was given',
    ],
    [
      'it hangs',
      async () => keyringOf({ set: () => new Promise(() => {}), get: async () => null }),
      'did not answer within 0.02 s',
    ],
  ])('%s', async (_, keyring, problem) => {
    const vault = await open(keyring);
    expect(vault.kind).toBe('memory');
    expect(vault.problem).toContain(problem);
    await vault.set('exotelApiToken', 'token');
    expect(await vault.get('exotelApiToken')).toBe('token');
  });
});

describe('a keychain that the desktop has not started yet', () => {
  /** Fails so often, then works. */
  function lateKeyring(failures: readonly string[]) {
    const left = [...failures];
    let asked = 0;
    let kept = '';
    class AsyncEntry {
      async setPassword(value: string) {
        asked++;
        const failure = left.shift();
        if (failure !== undefined) throw new Error(failure);
        kept = value;
      }
      getPassword = async () => kept;
      deleteCredential = async () => true;
    }
    return { keyring: { AsyncEntry } as unknown as Keyring, asked: () => asked };
  }
  const absent = 'DBus error: Failed to connect to socket /run/user/1000/bus: No such file or directory';

  it('is waited for as long as it may be', async () => {
    const { keyring } = lateKeyring([absent, 'Secret Service: no result found']);
    const options = { profile: 'p', loadKeyring: async () => keyring };
    expect((await openVault({ ...options, patienceMs: 5000 })).kind).toBe('keychain');
  });

  it('is not waited for by who did not just log in', async () => {
    const { keyring, asked } = lateKeyring([absent]);
    expect((await openVault({ profile: 'p', loadKeyring: async () => keyring })).kind).toBe('memory');
    expect(asked()).toBe(1);
  });

  it('but refuses is asked once: each time may be a prompt', async () => {
    const { keyring, asked } = lateKeyring(['Prompt was dismissed']);
    const vault = await openVault({ profile: 'p', patienceMs: 5000, loadKeyring: async () => keyring });
    expect([vault.kind, asked()]).toEqual(['memory', 1]);
  });
});
