import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The id under which this data folder's secrets lie in the keychain: random, made at the first start and kept in the
 * folder (mode 0600), so that two folders never share an account. A damaged id is replaced; the secrets are then
 * entered again. Throws where the folder cannot be read or written.
 */
export function profileId(dataDir: string): string {
  const file = path.join(dataDir, 'profile-id');
  const kept = readIfThere(file)?.trim();
  if (kept !== undefined && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(kept)) return kept;
  const made = randomUUID();
  writeFileSync(file, `${made}\n`, { mode: 0o600 });
  return made;
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
