import { describe, expect, it } from 'vitest';
import { memoryVault } from '../../../src-main/credentials/memory-vault.ts';
import { createSecrets } from '../../../src-main/credentials/secrets.ts';
import type { CredentialVault } from '../../../src-main/ports.ts';

const refusing: CredentialVault = {
  kind: 'keychain',
  problem: '',
  get: () => Promise.reject(new Error('locked')),
  set: () => Promise.reject(new Error('locked')),
  delete: () => Promise.reject(new Error('locked')),
};

describe('a secret', () => {
  it('is kept in the vault until it is cleared', async () => {
    const vault = memoryVault('test');
    const secrets = createSecrets({ vault, provisioned: {} });
    await secrets.set('exotelApiToken', 'token');
    expect([await secrets.get('exotelApiToken'), await vault.get('exotelApiToken')]).toEqual([
      'token',
      'token',
    ]);
    await secrets.clear('exotelApiToken');
    expect([await secrets.get('exotelApiToken'), await vault.get('exotelApiToken')]).toEqual([null, null]);
  });

  it('of an earlier run is found in the vault, and read from it once', async () => {
    let reads = 0;
    const kept = memoryVault('test');
    await kept.set('exotelApiToken', 'token');
    const vault: CredentialVault = {
      ...kept,
      get(name) {
        reads++;
        return kept.get(name);
      },
    };
    const secrets = createSecrets({ vault, provisioned: {} });
    expect([await secrets.get('exotelApiToken'), await secrets.get('exotelApiToken')]).toEqual([
      'token',
      'token',
    ]);
    expect(reads).toBe(1);
  });

  it('of the environment wins, is locked, and never reaches the vault', async () => {
    const vault = memoryVault('test');
    await vault.set('exotelApiToken', 'from the vault');
    const secrets = createSecrets({ vault, provisioned: { exotelApiToken: 'from the environment' } });
    expect(await secrets.get('exotelApiToken')).toBe('from the environment');
    expect(secrets.isLocked('exotelApiToken')).toBe(true);
    await expect(secrets.set('exotelApiToken', 'x')).rejects.toThrow('set by the environment');
    await expect(secrets.clear('exotelApiToken')).rejects.toThrow('set by the environment');
    expect(await vault.get('exotelApiToken')).toBe('from the vault');
  });

  it('set while the vault is being read is not undone by the reading', async () => {
    const vault = memoryVault('test');
    const { promise: slow, resolve: release } = Promise.withResolvers<string | null>();
    const secrets = createSecrets({ vault: { ...vault, get: () => slow }, provisioned: {} });
    const reading = secrets.get('exotelApiToken');
    await secrets.set('exotelApiToken', 'new');
    release('old');
    expect([await reading, await secrets.get('exotelApiToken')]).toEqual(['new', 'new']);
  });
});

describe('the view', () => {
  it('tells which are set and locked, and no value', async () => {
    const secrets = createSecrets({ vault: memoryVault('test'), provisioned: { ngrokAuthtoken: 'n' } });
    await secrets.set('exotelApiKey', 'k');
    expect(await secrets.view()).toEqual({
      exotelApiKey: { set: true, locked: false },
      exotelApiToken: { set: false, locked: false },
      ngrokAuthtoken: { set: true, locked: true },
    });
  });

  it('counts a secret that the keychain refuses as not set', async () => {
    const secrets = createSecrets({ vault: refusing, provisioned: {} });
    expect((await secrets.view()).exotelApiKey).toEqual({ set: false, locked: false });
    await expect(secrets.get('exotelApiKey')).rejects.toThrow('locked');
  });
});

describe('the keys that an account’s calls were made with', () => {
  const keys = { apiKey: 'key', apiToken: 'token' };
  const line = 'api.exotel.com/acme1';

  it('are found after a restart, by account, until they are forgotten', async () => {
    const vault = memoryVault('test');
    await createSecrets({ vault, provisioned: {} }).keepAccount(line, keys);
    const later = createSecrets({ vault, provisioned: {} });
    expect(await later.keptAccount(line)).toEqual(keys);
    expect(await later.keptAccount('api.exotel.com/other')).toBeNull();
    await later.forgetAccount(line);
    expect(await later.keptAccount(line)).toBeNull();
    expect(await createSecrets({ vault, provisioned: {} }).keptAccount(line)).toBeNull();
  });

  it('are kept for this run only where the environment gave them', async () => {
    const vault = memoryVault('test');
    const secrets = createSecrets({ vault, provisioned: { exotelApiToken: 'token' } });
    await secrets.keepAccount(line, keys);
    expect(await secrets.keptAccount(line)).toEqual(keys);
    expect(await vault.get(`account ${line}`)).toBeNull();
  });

  it.each(['no json', '{"apiKey":1}'])('are none where another program wrote %s there', async (text) => {
    const vault = memoryVault('test');
    await vault.set(`account ${line}`, text);
    expect(await createSecrets({ vault, provisioned: {} }).keptAccount(line)).toBeNull();
  });
});
