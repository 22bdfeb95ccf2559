import { memoryVault } from '../../../src-main/credentials/memory-vault.ts';
import { vaultSuite } from '../../support/vault-suite.ts';

vaultSuite('memory', async () => memoryVault('This computer has no keychain.'));
