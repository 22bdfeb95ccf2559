import type { Call } from '../../src-shared/call.ts';
import type { Line } from '../../src-shared/call-events.ts';
import type { ConnectRefusal } from '../../src-shared/flow-events.ts';
import { formatNumber } from '../../src-shared/phone-number.ts';
import type { Block, RepState, RepView } from '../../src-shared/rep.ts';
import type { Settings } from '../../src-shared/settings.ts';
import type { Clock } from '../ports.ts';
import { keepsRepUntil, wasOnTheLine } from './live-calls.ts';
import { phoneInUse } from './phones.ts';

/**
 * Whether the rep can take a customer now. The four rules of design.md, "Nobody alone on the line", are `blocks`; they
 * are read at the last moment before a send, and nothing overrides them.
 */
export interface Readiness {
  view(): RepView;
  /** What blocks a flow that rings this rep, for a call that is not placed yet, or for this one that is. */
  blocks(callId?: string): Block[];
  /** What blocks ring me first: it needs neither Ready nor an address, for the rep's own phone rings first. */
  blocksRingMeFirst(callId?: string): Block[];
  /** From now on this call keeps the rep, before it is written: two that are pressed at once do not both go. */
  reserve(callId: string): void;
  /** It was not written. */
  release(callId: string): void;
  /** Why the customer of this call cannot be connected to the rep now; null: they can. */
  refusal(callId: string): ConnectRefusal | null;
  /** Tells it of every change of a call. */
  follow(call: Call): void;
  /** The rep says what they are. */
  set(state: RepState): void;
  /** The computer was locked, or slept: nobody sits at it. */
  leave(by: 'lock' | 'sleep'): void;
  /** Settings or the public address changed: what it looks at may be another. */
  look(): void;
  stop(): void;
}

/** A public address counts as proven for so long, ms. */
export const provenForMs = 60_000;

export function createReadiness(parts: {
  readonly clock: Clock;
  readonly settings: () => Settings;
  /** ms since the public address was last proven end to end; null: it is not open. */
  readonly provenAgoMs: () => number | null;
  /** A restart finds what the rep said of themselves. */
  readonly keepAway: (away: boolean) => void;
  /** The rep says what they are while we believe that a call keeps them: they may know better. */
  readonly contradicted: () => void;
  /** They were Away, and say that they are not. */
  readonly returned: () => void;
  readonly changed: (view: RepView) => void;
}): Readiness {
  const { clock } = parts;
  let chosen: { readonly state: RepState; readonly since: number; readonly by: RepView['by'] } = {
    state: parts.settings().away ? 'away' : 'ready',
    since: clock.now(),
    by: 'start',
  };
  /** Calls that keep the rep, until when (ms UTC), and whether each has left the queue. */
  const live = new Map<
    string,
    { readonly since: number; readonly until: number; readonly isOnItsWay: boolean }
  >();
  /** How often each call keeps the rep: one intent may come twice at once. */
  const reserved = new Map<string, number>();
  let wrapUp: { readonly callId: string; readonly since: number } | null = null;
  let cancelTimer = () => {};
  let told = '';
  let stopped = false;

  function liveNow(but?: string): string | null {
    const now = clock.now();
    for (const [id, { until }] of live) if (id !== but && until > now) return id;
    return [...reserved.keys()].find((id) => id !== but) ?? null;
  }

  function state(): Pick<RepView, 'state' | 'since' | 'by' | 'callId'> {
    const callId = liveNow();
    if (callId !== null) {
      return { state: 'on-a-call', since: live.get(callId)?.since ?? clock.now(), by: 'call', callId };
    }
    if (wrapUp !== null) return { state: 'wrap-up', since: wrapUp.since, by: 'call', callId: wrapUp.callId };
    return { ...chosen, callId: null };
  }

  function line(): Line['kind'] {
    return parts.settings().line;
  }

  function view(): RepView {
    const phone = phoneInUse(line(), parts.settings());
    return {
      ...state(),
      phone: phone === null ? null : { ...phone, text: formatNumber(phone.number) },
      blocks: blocks(),
    };
  }

  /** What the rep said, or is in the middle of, apart from this call. */
  function repBlock(callId?: string): Block | null {
    if (liveNow(callId) !== null) return 'on-a-call';
    if (wrapUp !== null && wrapUp.callId !== callId) return 'wrap-up';
    return chosen.state === 'ready' ? null : chosen.state;
  }

  function addressBlock(): Block | null {
    // The practice line is on this computer.
    if (line() === 'practice') return null;
    const { tunnel, ngrokDomain } = parts.settings();
    // What was pasted into a flow must still lead here.
    if (tunnel === 'none' || (tunnel === 'ngrok' && ngrokDomain === '')) return 'no-address';
    const ago = parts.provenAgoMs();
    return ago === null || ago > provenForMs ? 'address-unproven' : null;
  }

  function phoneBlock(): Block | null {
    return phoneInUse(line(), parts.settings()) === null ? 'no-phone' : null;
  }

  function blocks(callId?: string): Block[] {
    return [phoneBlock(), repBlock(callId), addressBlock()].filter((block) => block !== null);
  }

  function look(): void {
    cancelTimer();
    if (stopped) return;
    const now = clock.now();
    for (const [id, { until }] of live) if (until <= now) live.delete(id);
    const ago = parts.provenAgoMs();
    const waits = [...live.values()].map(({ until }) => until - now);
    if (ago !== null && ago <= provenForMs) waits.push(provenForMs - ago + 1);
    if (waits.length > 0) cancelTimer = clock.after(Math.min(...waits), look);
    const current = view();
    const { since: _, ...rest } = current;
    const text = JSON.stringify(rest);
    if (text === told) return;
    told = text;
    parts.changed(current);
  }

  function choose(next: RepState, by: RepView['by']): void {
    chosen = { state: next, since: clock.now(), by };
    wrapUp = null;
    look();
  }

  return {
    view,
    blocks,
    blocksRingMeFirst(callId) {
      const others = liveNow(callId) === null ? null : ('on-a-call' as const);
      return [phoneBlock(), others].filter((block) => block !== null);
    },
    reserve(callId) {
      reserved.set(callId, (reserved.get(callId) ?? 0) + 1);
      look();
    },
    release(callId) {
      const left = (reserved.get(callId) ?? 0) - 1;
      if (left > 0) reserved.set(callId, left);
      else reserved.delete(callId);
      look();
    },
    refusal(callId) {
      if (phoneBlock() !== null) return 'no-number';
      switch (repBlock(callId)) {
        case 'on-a-call':
          return 'already-talking';
        case 'wrap-up':
          return 'wrap-up';
        case null:
          return null;
        default:
          return 'away';
      }
    },
    follow(call) {
      const until = keepsRepUntil(call);
      const was = live.get(call.id);
      // Most calls are none of the rep's, and change by the hundred.
      if (until === 0 && was === undefined && !reserved.has(call.id)) return;
      reserved.delete(call.id);
      if (until > clock.now()) {
        const isOnItsWay = call.status !== 'queued';
        live.set(call.id, { since: was?.since ?? clock.now(), until, isOnItsWay });
        // What there was to wrap up is behind them. A call that waits for its turn must not go while they wrap up.
        if (isOnItsWay && was?.isOnItsWay !== true) wrapUp = null;
      } else {
        live.delete(call.id);
        if (was !== undefined && wasOnTheLine(call)) wrapUp = { callId: call.id, since: clock.now() };
      }
      look();
    },
    set(next) {
      if (liveNow() !== null) parts.contradicted();
      const wasAway = chosen.state === 'away';
      choose(next, 'rep');
      if (wasAway && next !== 'away') parts.returned();
      if (next === 'ready' || next === 'away') parts.keepAway(next === 'away');
    },
    leave(by) {
      if (chosen.state !== 'away') choose('away', by);
    },
    look,
    stop() {
      stopped = true;
      cancelTimer();
    },
  };
}
