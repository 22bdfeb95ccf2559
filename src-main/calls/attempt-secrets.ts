import { hash, randomBytes } from 'node:crypto';
import type { AttemptHashes } from '../storage/storage.ts';

/** SHA-256 as hex: what is stored of a secret. */
export function hashSecret(secret: string): string {
  return hash('sha256', secret);
}

/**
 * The secrets of one attempt, 128 random bits each: one in its StatusCallback URL, another in its CustomField, for
 * CustomField is shown to every applet of the flow, and must not open the callback's door.
 */
export interface AttemptSecrets {
  readonly callback: string;
  readonly customField: string;
  readonly hashes: AttemptHashes;
}

export function makeAttemptSecrets(): AttemptSecrets {
  const random = randomBytes(32);
  const callback = random.toString('base64url', 0, 16);
  const customField = random.toString('base64url', 16);
  return {
    callback,
    customField,
    hashes: { callback: hashSecret(callback), customField: hashSecret(customField) },
  };
}

/** Makes the secrets of the next attempt before they are asked for: a dial waits for nothing that can be ready. */
export function secretsAhead(): () => AttemptSecrets {
  let ready: AttemptSecrets | null = makeAttemptSecrets();
  return () => {
    const secrets = ready ?? makeAttemptSecrets();
    ready = null;
    setImmediate(() => (ready ??= makeAttemptSecrets()));
    return secrets;
  };
}

/** `1.<callId>.<token>` and then the rep's own text: design.md, "Flows, and the rep who joins". */
export function writeCustomField(callId: string, token: string, ownText: string): string {
  const mark = `1.${callId}.${token}`;
  return ownText === '' ? mark : `${mark} ${ownText}`;
}
