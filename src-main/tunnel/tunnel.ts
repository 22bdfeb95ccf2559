import type { TunnelState } from '../../src-shared/contract/app.ts';

/** A public address for the callback server. */
export interface Tunnel {
  state(): TunnelState;
  /** Called on every change of state, until `stop`. */
  onChange(listener: (state: TunnelState) => void): void;
  /** Base URL without a trailing slash while open; null else. A dial never waits for it. */
  publicUrl(): string | null;
  /** Ends it for good; resolves when nothing of it runs any more. */
  stop(): Promise<void>;
}
