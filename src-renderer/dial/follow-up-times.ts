/** India has one time zone and no summer time. */
const istMs = 5.5 * 3_600_000;
const dayMs = 86_400_000;
const elevenMs = 11 * 3_600_000;

/** 11:00 by India's clock, so many days from the day that it is there now. ms UTC. */
function elevenIn(days: number, now: number): number {
  const today = Math.floor((now + istMs) / dayMs);
  return (today + days) * dayMs + elevenMs - istMs;
}

/** 0 is Sunday. */
function weekday(now: number): number {
  // 1 January 1970 was a Thursday.
  return (Math.floor((now + istMs) / dayMs) + 4) % 7;
}

export interface Offer {
  readonly name: 'tomorrow' | 'friday' | 'monday';
  /** ms UTC. */
  readonly due: number;
}

/** Tomorrow, and Friday; Monday where Friday is tomorrow or today. */
export function followUpOffers(now: number): readonly Offer[] {
  const today = weekday(now);
  const day = today === 4 || today === 5 ? ('monday' as const) : ('friday' as const);
  const until = ((day === 'friday' ? 5 : 8) - today + 7) % 7;
  return [
    { name: 'tomorrow', due: elevenIn(1, now) },
    { name: day, due: elevenIn(until === 0 ? 7 : until, now) },
  ];
}

/** `2026-11-26T11:00`, as a field of date and time holds it, by India's clock. */
export function istText(at: number): string {
  return new Date(at + istMs).toISOString().slice(0, 16);
}

/** The instant that such a text means, ms UTC; null: it is none. */
export function readIstText(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text)) return null;
  const at = Date.parse(`${text}:00Z`);
  return Number.isNaN(at) ? null : at - istMs;
}
