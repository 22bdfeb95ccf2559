import type { CredentialVault, VaultEntry } from '../ports.ts';

/** Keeps secrets until the program ends. `problem` says in words why there is no better place. */
export function memoryVault(problem: string): CredentialVault {
  const secrets = new Map<VaultEntry, string>();
  return {
    kind: 'memory',
    problem,
    get: async (name) => secrets.get(name) ?? null,
    async set(name, value) {
      secrets.set(name, value);
    },
    async delete(name) {
      secrets.delete(name);
    },
  };
}
