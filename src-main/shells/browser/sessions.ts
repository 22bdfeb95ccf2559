import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../ports.ts';

/** How long the token of the ready line may be used. ms. */
const tokenLifetimeMs = 60_000;

/**
 * Who may speak to the core. The token of the ready line travels where others may read it (a URL, a command line), so
 * it is good once and for 60 s; it buys a session, which only the page knows and which lasts as long as the program.
 */
export interface Sessions {
  /** 256 random bits, base64url. */
  readonly token: string;
  /** The session for the token; null for a wrong, used or old one. */
  redeem(token: string): string | null;
  accepts(session: string): boolean;
}

/** The token's 60 s begin now. Everything is compared in constant time and kept in memory only. */
export function createSessions(clock: Clock): Sessions {
  const token = randomSecret();
  const session = randomSecret();
  const bornAt = clock.monotonic();
  let state: 'new' | 'redeemed' = 'new';
  return {
    token,
    redeem(offered) {
      const fresh = state === 'new' && clock.monotonic() - bornAt <= tokenLifetimeMs;
      if (!sameSecret(offered, token) || !fresh) return null;
      state = 'redeemed';
      return session;
    },
    accepts: (offered) => sameSecret(offered, session) && state === 'redeemed',
  };
}

function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Hashes have one length, which `timingSafeEqual` needs, and tell nothing of the secret's. */
function sameSecret(offered: string, secret: string): boolean {
  return timingSafeEqual(sha256(offered), sha256(secret));
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
