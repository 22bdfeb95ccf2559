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

/** A length of time as people say it: `18 s`, `2 min 10 s`, `1 h 12 min`. */
export function lengthWords(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return t('length.seconds', { seconds: whole });
  if (whole >= 3600) return longLength(Math.floor(whole / 60));
  const rest = whole % 60;
  const minutes = Math.floor(whole / 60);
  return rest === 0
    ? t('length.minutes', { minutes })
    : t('length.minutesSeconds', { minutes, seconds: rest });
}

/** To the minute: `12 min`, `1 h 12 min`. */
export function roughLength(seconds: number): string {
  return seconds < 60 ? lengthWords(seconds) : longLength(Math.floor(seconds / 60));
}

function longLength(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return t('length.minutes', { minutes });
  return minutes % 60 === 0
    ? t('length.hours', { hours })
    : t('length.hoursMinutes', { hours, minutes: minutes % 60 });
}

/** `…43 210`: enough of a phone of one's own to know it by. */
export function shortPhone(text: string): string {
  const digits = text.replaceAll(/\D/g, '').slice(-5);
  return digits.length < 5 ? text : `…${digits.slice(0, 2)} ${digits.slice(2)}`;
}

const indian = new Intl.DateTimeFormat(locale, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'Asia/Kolkata',
});
/** When a reminder is due, by India's clock whatever this computer's is: `Thu, 26 Nov, 11:00`. */
export function dueTime(at: number): string {
  return indian.format(at);
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
