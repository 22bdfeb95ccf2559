/** How often something that crashed is tried again. */
export interface CrashLimit {
  readonly times: number;
  readonly withinMs: number;
}

/** A page that crashes as soon as it is loaded must not be loaded for ever. */
export const pageLimit: CrashLimit = { times: 3, withinMs: 60_000 };

/** The program restarts itself once; what fails again so soon needs a person. */
export const programLimit: CrashLimit = { times: 1, withinMs: 10 * 60_000 };

/**
 * Whether what crashed `now` is tried again, after it was at these times already, and the times to remember. All in ms
 * of one clock.
 */
export function afterCrash(
  triedAt: readonly number[],
  now: number,
  { times, withinMs }: CrashLimit,
): { readonly again: boolean; readonly triedAt: readonly number[] } {
  const lately = triedAt.filter((at) => now - at < withinMs && at <= now);
  const again = lately.length < times;
  return { again, triedAt: again ? [...lately, now] : lately };
}
