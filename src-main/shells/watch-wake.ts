import type { NetworkInterfaceInfo } from 'node:os';
import type { Clock, Wake, WakeReason } from '../ports.ts';

/** How often it is looked, ms. */
const beatMs = 5000;

/** A beat that comes so much too late was slept through, ms: a busy computer's timers are late by less. */
const sleepMs = 10_000;

/**
 * Tells sleep by a timer that comes too late, and another network by the addresses this computer has. Nothing runs
 * while nobody listens.
 */
export function watchWake(parts: {
  readonly clock: Clock;
  readonly interfaces: () => Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;
  /** Where the system itself tells that it woke. */
  readonly onResume?: (listener: () => void) => () => void;
}): Wake {
  const { clock, interfaces } = parts;
  const listeners = new Set<(why: WakeReason) => void>();
  let seen = look();
  let toldOfSleepAt = -Infinity;
  let cancelBeat = () => {};
  let unwatchResume = () => {};

  function look() {
    return { now: clock.now(), monotonic: clock.monotonic(), addresses: addressesOf(interfaces()) };
  }

  function start(): void {
    seen = look();
    cancelBeat = clock.after(beatMs, beat);
    unwatchResume = parts.onResume?.(resumed) ?? unwatchResume;
  }

  function end(): void {
    cancelBeat();
    unwatchResume();
  }

  function beat(): void {
    cancelBeat = clock.after(beatMs, beat);
    notice(false);
  }

  function resumed(): void {
    // The beat may have come first: one sleep is told once.
    if (clock.monotonic() - toldOfSleepAt >= beatMs) notice(true);
  }

  function notice(surelySlept: boolean): void {
    const before = seen;
    seen = look();
    // Some systems stop the monotonic clock in a sleep, and a person can set the other one back: the longer one counts.
    const elapsedMs = Math.max(seen.now - before.now, seen.monotonic - before.monotonic);
    if (surelySlept || elapsedMs >= beatMs + sleepMs) {
      toldOfSleepAt = seen.monotonic;
      tell({ kind: 'woke', sleptMs: elapsedMs });
    } else if (seen.addresses !== before.addresses) {
      tell({ kind: 'network' });
    }
  }

  function tell(why: WakeReason): void {
    for (const listener of listeners) listener(why);
  }

  return {
    onWake(listener) {
      // A function of its own for each: the same listener may be given twice.
      const own = (why: WakeReason) => listener(why);
      if (listeners.size === 0) start();
      listeners.add(own);
      return () => {
        if (listeners.delete(own) && listeners.size === 0) end();
      };
    },
    look() {
      if (listeners.size > 0) notice(false);
    },
  };
}

/** What others can reach this computer by. Link-local addresses come and go with containers and say nothing. */
function addressesOf(
  interfaces: Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>,
): string {
  return Object.entries(interfaces)
    .flatMap(([name, infos]) => (infos ?? []).map((info) => ({ name, ...info })))
    .filter(({ internal, address }) => !internal && !/^(fe80:|169\.254\.)/i.test(address))
    .map(({ name, address }) => `${name} ${address}`)
    .toSorted()
    .join();
}
