import { expect, it } from 'vitest';
import { endOfDay } from '../../../../src-renderer/contacts/end-of-day.ts';

const now = new Date(2026, 10, 23, 16).getTime();

it('is the last moment of a day after today', () => {
  expect(endOfDay('2026-11-24', now)).toBe(new Date(2026, 10, 24, 23, 59, 59, 999).getTime());
});

it.each(['2026-11-23', '2026-01-01', '', 'soon'])('refuses “%s”', (day) => {
  expect(endOfDay(day, now)).toBeNull();
});
