import { describe, expect, it } from 'vitest';
import type { CredentialVault } from '../../src-main/ports.ts';

/** What every vault promises (src-main/ports.ts). `open` gives one that holds nothing. */
export function vaultSuite(name: string, open: () => Promise<CredentialVault>): void {
  describe(`${name}: a vault`, () => {
    it('holds nothing at first', async () => {
      expect(await (await open()).get('exotelApiToken')).toBeNull();
    });

    it('gives back what it was given, letter for letter', async () => {
      const vault = await open();
      const value = ` käse ₹ हिन्दी 🔑 ${'x'.repeat(500)}\n`;
      await vault.set('exotelApiToken', value);
      expect(await vault.get('exotelApiToken')).toBe(value);
    });

    it('keeps secrets apart', async () => {
      const vault = await open();
      await vault.set('exotelApiKey', 'key');
      await vault.set('exotelApiToken', 'token');
      await vault.delete('exotelApiKey');
      expect(await vault.get('exotelApiKey')).toBeNull();
      expect(await vault.get('exotelApiToken')).toBe('token');
      expect(await vault.get('ngrokAuthtoken')).toBeNull();
    });

    it('keeps the newer of two', async () => {
      const vault = await open();
      await vault.set('exotelApiToken', 'old');
      await vault.set('exotelApiToken', 'new');
      expect(await vault.get('exotelApiToken')).toBe('new');
    });

    it('takes no offence at deleting what is not there', async () => {
      await expect((await open()).delete('exotelApiToken')).resolves.toBeUndefined();
    });

    it('says why it is not a keychain, where it is none', async () => {
      const { kind, problem } = await open();
      expect(problem === '').toBe(kind === 'keychain');
    });
  });
}
