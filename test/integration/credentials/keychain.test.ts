import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { openVault } from '../../../src-main/credentials/open-vault.ts';
import type { CredentialVault } from '../../../src-main/ports.ts';
import {
  makeKeyringDir,
  type SecretService,
  startSecretService,
  whyNoSecretService,
} from '../../support/secret-service.ts';
import { vaultSuite } from '../../support/vault-suite.ts';

const why = whyNoSecretService();
const busDir = makeKeyringDir();
const busAddress = `unix:path=${busDir.dir}/bus`;

// The native module asks this process' environment where the session's bus is, once.
const before = process.env['DBUS_SESSION_BUS_ADDRESS'];
process.env['DBUS_SESSION_BUS_ADDRESS'] = busAddress;
afterAll(() => {
  if (before === undefined) delete process.env['DBUS_SESSION_BUS_ADDRESS'];
  else process.env['DBUS_SESSION_BUS_ADDRESS'] = before;
  busDir.remove();
});

describe('under a real Secret Service', () => {
  let home: ReturnType<typeof makeKeyringDir>;
  let service: SecretService;

  const start = (password: string) => startSecretService({ home: home.dir, busAddress, password });

  beforeEach(async (test) => {
    if (why !== null) test.skip(why);
    home = makeKeyringDir();
    service = await start('test-only');
    return async () => {
      await service.stop();
      home.remove();
    };
  });

  async function openKeychain(profile: string = randomUUID()): Promise<CredentialVault> {
    const vault = await openVault({ profile });
    expect([vault.kind, vault.problem]).toEqual(['keychain', '']);
    return vault;
  }

  vaultSuite('keychain', openKeychain);

  it('keeps secrets across a restart of the service, for their profile only', async () => {
    const profile = randomUUID();
    await (await openKeychain(profile)).set('exotelApiToken', 'token');
    await service.stop();
    service = await start('test-only');
    expect(await (await openKeychain(profile)).get('exotelApiToken')).toBe('token');
    expect(await (await openKeychain()).get('exotelApiToken')).toBeNull();
  });

  it('leaves nothing behind by proving that it works', async () => {
    await openKeychain();
    const search = spawnSync('secret-tool', ['search', '--all', 'service', 'Flowdial'], { encoding: 'utf8' });
    expect(search.stdout).toBe('');
  });

  it('is memory while the keychain is locked and nobody can unlock it', async () => {
    await service.stop();
    service = await start('another password');
    const vault = await openVault({ profile: randomUUID() });
    expect([vault.kind, vault.problem]).toEqual([
      'memory',
      expect.stringContaining('The keychain of this computer'),
    ]);
  });
});

it('is memory where no keychain service runs', async (test) => {
  if (process.platform !== 'linux') test.skip('other systems always have a keychain');
  const vault = await openVault({ profile: randomUUID() });
  expect([vault.kind, vault.problem]).toEqual([
    'memory',
    expect.stringContaining('The keychain of this computer cannot be used'),
  ]);
});
