import type { TunnelState } from '../../src-shared/contract/app.ts';
import type { Clock, Log, WakeReason } from '../ports.ts';
import type { Reached } from './check-reachable.ts';
import type { Tunnel } from './tunnel.ts';

/** A public address that is said to be open only where a request by it has come back, and goes on being tried. */
export interface WatchedTunnel {
  state(): TunnelState;
  /** Base URL without a trailing slash while proven open; null else. A dial never waits for it. */
  publicUrl(): string | null;
  /** ms since a request by it came back; null: it is not open. */
  provenAgoMs(): number | null;
  /** From now on it is proven again so often that the last proof is always younger than a minute, or rarely. */
  keepFresh(fresh: boolean): void;
  /** Sends a request out by the address now, and moves the state by what comes of it. Null: there is no address. */
  check(): Promise<Reached | null>;
  /** A person wants it tried now: ends any wait, also where nothing would be tried by itself. */
  retry(): void;
  /** The computer slept, or its network is another: what stood before may be dead. */
  doubt(why: WakeReason): void;
  stop(): Promise<void>;
}

/** How often an open address is checked, ms. */
const recheckMs = 5 * 60_000;
/** The same while a flow may ring the rep at any moment: a check takes at most 10 s (check-reachable.ts). */
const freshRecheckMs = 40_000;

/** Seconds until the next check by how many failed in a row; the last counts on. */
const backOff = [3, 5, 10, 30, 60] as const;
const longestBackOff = 60;

/** A tunnel that fails so many checks is opened anew: one failure may be the network's own. */
const missesToRenew = 2;

/** ngrok's service gives a silent session up after some 25 s: whoever slept longer, ms, has none any more. */
const sessionDeadMs = 30_000;

type Proof =
  | { readonly kind: 'awaited' }
  | { readonly kind: 'reached' }
  | {
      readonly kind: 'missed';
      readonly fault: Extract<Reached, { ok: false }>;
      readonly retryAt: number | null;
    };

/** Watches a tunnel, from now until `stop`, which stops the tunnel too. */
export function watchTunnel(
  tunnel: Tunnel,
  parts: {
    readonly clock: Clock;
    readonly log: Log;
    /** Goes out by the URL and back; the signal ends it. Never rejects. */
    readonly reach: (publicUrl: string, signal: AbortSignal) => Promise<Reached>;
    /** Called after each change of state. */
    readonly changed: () => void;
    /** Called each time it turns open. */
    readonly opened: () => void;
    /** Called each time a request by it came back: the age of the proof begins anew. */
    readonly proven: () => void;
  },
): WatchedTunnel {
  const { clock, log } = parts;
  let proof: Proof = { kind: 'awaited' };
  let running: { readonly result: Promise<Reached | null>; readonly abort: AbortController } | null = null;
  let cancelTimer = () => {};
  /** Since it was last reached: the longer, the rarer it is tried. */
  let missesInARow = 0;
  /** Since the tunnel was opened or mended. */
  let missesHere = 0;
  let doubted = false;
  let stopped = false;
  let fresh = false;
  /** When it was last reached, by the monotonic clock. */
  let provenAt = Number.NEGATIVE_INFINITY;

  function state(): TunnelState {
    const claimed = tunnel.state();
    if (claimed.state !== 'open' || proof.kind === 'reached') return claimed;
    const { kind, publicUrl } = claimed;
    if (proof.kind === 'awaited') return { state: 'connecting', kind };
    const { problem, detail } = proof.fault;
    return { state: 'unreachable', kind, publicUrl, problem, detail, retryAt: proof.retryAt };
  }

  /** What is under way says nothing of what is now. */
  function drop(): void {
    running?.abort.abort();
    running = null;
    cancelTimer();
  }

  function follow(claimed: TunnelState): void {
    drop();
    proof = { kind: 'awaited' };
    missesHere = 0;
    doubted = false;
    parts.changed();
    if (claimed.state === 'open') void start();
  }

  /** Null: there is no address, or what was found out no longer counts. */
  function start(): Promise<Reached | null> {
    const claimed = tunnel.state();
    if (claimed.state !== 'open' || stopped) return Promise.resolve(null);
    if (running !== null) return running.result;
    cancelTimer();
    if (proof.kind === 'missed') {
      proof = { ...proof, retryAt: null };
      parts.changed();
    }
    const abort = new AbortController();
    const result = parts.reach(claimed.publicUrl, abort.signal).then((reached) => {
      if (abort.signal.aborted) return null;
      running = null;
      if (reached.ok) believe();
      else miss(reached);
      return reached;
    });
    running = { result, abort };
    return result;
  }

  function believe(): void {
    const before = proof.kind;
    proof = { kind: 'reached' };
    missesInARow = 0;
    missesHere = 0;
    doubted = false;
    provenAt = clock.monotonic();
    cancelTimer = clock.after(fresh ? freshRecheckMs : recheckMs, () => void start());
    parts.proven();
    if (before === 'reached') return;
    log.info('the public address is reached');
    parts.changed();
    parts.opened();
  }

  function miss(fault: Extract<Reached, { ok: false }>): void {
    missesInARow++;
    missesHere++;
    // Once: the same again and again would push all else out of the log.
    if (missesInARow === 1) log.warn('the public address is not reached', { ...fault });
    const renewing = tunnel.renew !== null && (doubted || missesHere >= missesToRenew);
    const delayMs = 1000 * (backOff[missesInARow - 1] ?? longestBackOff);
    proof = { kind: 'missed', fault, retryAt: clock.now() + delayMs };
    if (renewing) return tunnel.renew();
    cancelTimer = clock.after(delayMs, () => void start());
    parts.changed();
  }

  tunnel.onChange(follow);
  if (tunnel.state().state === 'open') void start();
  return {
    state,
    publicUrl() {
      const now = state();
      return now.state === 'open' ? now.publicUrl : null;
    },
    provenAgoMs: () => (state().state === 'open' ? clock.monotonic() - provenAt : null),
    keepFresh(wanted) {
      if (fresh === wanted) return;
      fresh = wanted;
      if (fresh && proof.kind === 'reached') void start();
    },
    async check() {
      // What ended the first one began the next, where there still is an address.
      return (await start()) ?? (await running?.result) ?? null;
    },
    retry() {
      const claimed = tunnel.state();
      if (claimed.state === 'failed') tunnel.renew?.();
      else void start();
    },
    doubt(why) {
      const claimed = tunnel.state();
      // What was refused for good stays refused.
      if (claimed.state === 'off' || (claimed.state === 'failed' && claimed.retryAt === null)) return;
      const slept = why.kind === 'woke' && why.sleptMs >= sessionDeadMs;
      if (tunnel.renew !== null && (claimed.state !== 'open' || slept)) return tunnel.renew();
      drop();
      doubted = true;
      // A request that came back before says nothing of now, however short ago.
      provenAt = Number.NEGATIVE_INFINITY;
      void start();
    },
    stop() {
      stopped = true;
      drop();
      return tunnel.stop();
    },
  };
}
