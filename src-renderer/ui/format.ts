import { t } from '../words/words.ts';

/** Times are ms UTC and shown in this computer's time zone, in the 24-hour form that logs and Exotel use. */
const locale = 'en-GB';

const format = (options: Intl.DateTimeFormatOptions) => {
  const formatter = new Intl.DateTimeFormat(locale, options);
  return (at: number) => formatter.format(at);
};

/** `16:32` */
export const timeOfDay = format({ hour: '2-digit', minute: '2-digit' });
/** `16:32:08` */
export const timeWithSeconds = format({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
/** `Mon, 9 Nov 2026, 16:32:08` */
export const exactTime = format({
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
/** `9 Nov 2026` */
export const date = format({ day: 'numeric', month: 'short', year: 'numeric' });

const weekdayDate = format({ weekday: 'long', day: 'numeric', month: 'long' });
const fullDate = format({ weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' });
const shortDate = format({ day: 'numeric', month: 'short' });

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** Whole days by the calendar, not by 24 hours: clocks may change between. */
function daysAgo(at: number, now: number): number {
  return Math.round((startOfDay(now) - startOfDay(at)) / 86_400_000);
}

/** The heading over a day's calls: `Today`, `Yesterday`, `Monday 9 November`, `Mon, 9 November 2025`. */
export function dayHeading(at: number, now: number): string {
  const days = daysAgo(at, now);
  if (days === 0) return t('history.today');
  if (days === 1) return t('history.yesterday');
  return new Date(at).getFullYear() === new Date(now).getFullYear() ? weekdayDate(at) : fullDate(at);
}

/** `16:32` for today, `9 Nov` for another day of this year, else `9 Nov 2025`. */
export function shortWhen(at: number, now: number): string {
  if (daysAgo(at, now) === 0) return timeOfDay(at);
  return new Date(at).getFullYear() === new Date(now).getFullYear() ? shortDate(at) : date(at);
}

/** Seconds as a clock: `0:06`, `12:44`, `1:02:10`. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** `PS` for Priya Sharma, `A` for Acme, `#` for what has no letter. */
export function initials(name: string): string {
  const words = name.split(/\s+/u).flatMap((word) => /\p{L}/u.exec(word) ?? []);
  const [first, last] = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return first === undefined ? '#' : `${first}${last ?? ''}`.toUpperCase();
}

/** `80bf…5211`: enough of a Sid to tell it from others. */
export function shortSid(sid: string): string {
  return sid.length > 10 ? `${sid.slice(0, 4)}…${sid.slice(-4)}` : sid;
}

/** Digits apart, so that a screen reader says them one by one. */
export function spoken(text: string): string {
  return /^[+\d\s-]+$/.test(text) ? text.replaceAll(/[\s-]/g, '').split('').join(' ') : text;
}
