import { onTestFailed } from 'vitest';

/** Whether this is `npm run torture`: every attack at its full size. */
const full = process.env['FLOWDIAL_TORTURE'] === 'full';

/** How much of an attack is done: a small piece in `npm test`, all of it in `npm run torture`. */
export function amount(inTest: number, inTorture: number): number {
  return full ? inTorture : inTest;
}

/** Chance, the same again for the same seed. */
export interface Chance {
  /** 0 ≤ n < below. */
  int(below: number): number;
  /** True in so many of a hundred. */
  percent(share: number): boolean;
  pick<T>(of: readonly [T, ...T[]]): T;
}

/**
 * The chance of this run: by FLOWDIAL_SEED, else a new one. It is printed, so that a run that failed can be given
 * the same chances again. What the machine's own timing adds is not in it.
 */
export function chanceOfThisRun(): Chance & { readonly seed: number } {
  const given = Number(process.env['FLOWDIAL_SEED']);
  const seed = Number.isInteger(given) && given > 0 ? given : Math.floor(Math.random() * 0x7fffffff) + 1;
  console.log(`FLOWDIAL_SEED=${seed}`);
  onTestFailed(() => console.log(`The same chances again: FLOWDIAL_SEED=${seed}`));
  return { seed, ...chance(seed) };
}

/** mulberry32: small, and good enough to choose moments by. */
export function chance(seed: number): Chance {
  let state = seed;
  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  }
  const int = (below: number) => Math.floor(next() * below);
  return {
    int,
    percent: (share) => next() * 100 < share,
    pick: (of) => of[int(of.length)] ?? of[0],
  };
}
