import { describe, expect, it } from 'vitest';
import { callingHoursWarning } from '../../../src-main/calls/calling-hours.ts';

const ist = (time: string) => Date.parse(`2026-11-23T${time}:00+05:30`);

describe('callingHoursWarning', () => {
  it.each([
    ['08:59', false],
    ['09:00', true],
    ['12:30', true],
    ['20:44', true],
    ['20:45', false],
    ['23:59', false],
    ['00:00', false],
  ])('at %s IST calling within hours is %s', (time, within) => {
    expect(callingHoursWarning(ist(time), '09:00', '20:45') === null).toBe(within);
  });

  it('tells the hours and the time of the customer', () => {
    expect(callingHoursWarning(ist('21:10'), '09:00', '20:45')).toEqual({
      code: 'outside-calling-hours',
      from: '09:00',
      until: '20:45',
      now: '21:10',
    });
  });

  it.each(['00:00', '23:59'])('may be the whole day: at %s', (time) => {
    expect(callingHoursWarning(ist(time), '00:00', '24:00')).toBeNull();
  });

  it('understands hours that run over midnight', () => {
    expect(callingHoursWarning(ist('23:30'), '22:00', '06:00')).toBeNull();
    expect(callingHoursWarning(ist('05:59'), '22:00', '06:00')).toBeNull();
    expect(callingHoursWarning(ist('12:00'), '22:00', '06:00')).not.toBeNull();
  });
});
