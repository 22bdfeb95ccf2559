import type { ClientLink } from '@orpc/client';

/** A way to the core that is open, until it is not. */
export interface Transport {
  readonly link: ClientLink<Record<never, never>>;
  /** Resolves once, when nothing more can pass: pending calls reject then. */
  readonly closed: Promise<void>;
  readonly close: () => void;
}

/** Rejects where the core cannot be reached now, and with {@link SessionRefusedError} where it never will be. */
export type OpenTransport = () => Promise<Transport>;

/** The shell is there, but does not accept this window: it must be opened anew. */
export class SessionRefusedError extends Error {
  override readonly name = 'SessionRefusedError';
}
