import { describe, expect, it } from 'vitest';
import { followUpOffers, istText, readIstText } from '../../../../src-renderer/dial/follow-up-times.ts';

const offered = (ist: string) => {
  const now = readIstText(ist);
  if (now === null) throw new Error(ist);
  return followUpOffers(now).map(({ name, due }) => `${name} ${istText(due)}`);
};

describe('when to come back to a customer', () => {
  it('is offered by India’s calendar, whatever this computer’s is', () => {
    // A Wednesday in India; 22:00 UTC of Tuesday.
    expect(offered('2026-11-25T03:30')).toEqual(['tomorrow 2026-11-26T11:00', 'friday 2026-11-27T11:00']);
    expect(offered('2026-11-25T23:59')).toEqual(['tomorrow 2026-11-26T11:00', 'friday 2026-11-27T11:00']);
  });

  it('offers Monday where Friday is tomorrow or today', () => {
    expect(offered('2026-11-26T10:00')).toEqual(['tomorrow 2026-11-27T11:00', 'monday 2026-11-30T11:00']);
    expect(offered('2026-11-27T10:00')).toEqual(['tomorrow 2026-11-28T11:00', 'monday 2026-11-30T11:00']);
  });

  it('offers the next Friday at a week’s end', () => {
    expect(offered('2026-11-28T10:00')).toEqual(['tomorrow 2026-11-29T11:00', 'friday 2026-12-04T11:00']);
    expect(offered('2026-11-29T10:00')).toEqual(['tomorrow 2026-11-30T11:00', 'friday 2026-12-04T11:00']);
  });

  it('reads what a field of date and time holds as India’s time', () => {
    expect(readIstText('2026-11-26T11:00')).toBe(Date.UTC(2026, 10, 26, 5, 30));
    expect(readIstText('')).toBeNull();
    expect(readIstText('2026-13-40T11:00')).toBeNull();
  });
});
