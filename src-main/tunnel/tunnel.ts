import type { TunnelState } from '../../src-shared/contract/app.ts';

/** A public address for the callback server, as the one who gives it says: whether it leads here is not proven. */
export interface Tunnel {
  state(): TunnelState;
  /** Called on every change of state, until `stop`. */
  onChange(listener: (state: TunnelState) => void): void;
  /** Lets go of all there is, a wait for the next try included, and opens anew at once. Null: nothing here can be. */
  readonly renew: (() => void) | null;
  /** Ends it for good; resolves when nothing of it runs any more. */
  stop(): Promise<void>;
}
