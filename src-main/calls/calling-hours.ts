import type { Line } from '../../src-shared/call-events.ts';
import type { Warning } from '../../src-shared/contract/calls.ts';
import type { Settings } from '../../src-shared/settings.ts';

/** India has one time, +05:30, all year. ms */
const ist = 5.5 * 3_600_000;

/**
 * Warns outside the hours in which sales calls may start, `HH:mm` IST, until at most 24:00. TRAI allows 09:00 to 21:00;
 * none is started in the last 15 minutes, for the talk runs over (exotel-api.md, "Rules of calling in India"). Exotel
 * does not enforce this; the person decides.
 *
 * @param now ms UTC
 */
export function callingHoursWarning(now: number, from: string, until: string): Warning | null {
  const time = new Date(now + ist).toISOString().slice(11, 16);
  const within = from <= until ? from <= time && time < until : from <= time || time < until;
  return within ? null : { code: 'outside-calling-hours', from, until, now: time };
}

/** The same for a call on this line now. Nobody is called on the practice line, so its hours never end. */
export function callingHoursWarningOn(line: Line['kind'], settings: Settings, now: number): Warning | null {
  return line === 'practice'
    ? null
    : callingHoursWarning(now, settings.callingHoursFrom, settings.callingHoursUntil);
}
