import { describe, expect, it } from 'vitest';
import { historyGuard, historyWarnings, lineWarnings, startOfDay } from '../../../src-main/calls/warnings.ts';
import type { StoredCall } from '../../../src-main/storage/storage.ts';
import { apply } from '../../../src-shared/call.ts';
import { defaultSettings, type Settings } from '../../../src-shared/settings.ts';
import { placed } from '../../support/storage-samples.ts';

const ist = (time: string) => Date.parse(`2026-11-23T${time}+05:30`);
const noon = ist('12:00:00');
const hour = 3_600_000;
const settings: Settings = { ...defaultSettings, askAgainSeconds: 15, recentHours: 4, callsADay: 3 };
const callId = 'b7a5a1de-4a0c-4c55-9d0b-6d8b0b1b0a01';

function callAt(at: number): StoredCall {
  return { call: apply(null, callId, placed('+919845012345', { at })), contact: null };
}

describe('startOfDay', () => {
  it.each([
    ['noon', ist('12:00:00')],
    ['its first millisecond', ist('00:00:00.000')],
    ['its last millisecond', ist('23:59:59.999')],
    ['the morning, still yesterday in UTC', ist('05:29:59')],
    ['the morning, already today in UTC', ist('05:30:00')],
  ])('is midnight IST, from %s', (_, at) => {
    expect(startOfDay(at)).toBe(ist('00:00:00'));
  });

  it('is the day before one millisecond before midnight IST', () => {
    expect(startOfDay(ist('00:00:00') - 1)).toBe(ist('00:00:00') - 24 * hour);
  });
});

describe('what is looked up about earlier calls', () => {
  it('is the longest of the windows, and how many the day had', () => {
    expect(historyGuard('account', settings, noon, [])).toEqual({
      placedSince: noon - 4 * hour,
      atMost: { calls: 2, since: ist('00:00:00') },
    });
  });

  it('is a slip of the hand only on the practice line', () => {
    expect(historyGuard('practice', settings, noon, [])).toEqual({
      placedSince: noon - 15_000,
      atMost: null,
    });
  });

  it('leaves out each part that the person overrides', () => {
    const guard = (...accepted: Parameters<typeof historyGuard>[3]) =>
      historyGuard('account', settings, noon, accepted);
    // Else the call of just now would be told again and again.
    expect(guard('called-just-now').placedSince).toBeNull();
    expect(guard('called-recently').placedSince).toBe(noon - 15_000);
    expect(guard('called-just-now', 'called-recently').placedSince).toBeNull();
    expect(guard('called-often').atMost).toBeNull();
    expect(guard('line-down', 'outside-calling-hours')).toEqual(guard());
  });

  it('leaves out what the settings switch off', () => {
    const off = { ...settings, askAgainSeconds: 0, recentHours: 0, callsADay: 0 };
    expect(historyGuard('account', off, noon, [])).toEqual({ placedSince: null, atMost: null });
    expect(historyGuard('account', { ...settings, recentHours: 0 }, noon, []).placedSince).toBe(
      noon - 15_000,
    );
  });
});

describe('what was found', () => {
  const guard = historyGuard('account', settings, noon, []);
  const found = (at: number | null, calls = 0) =>
    historyWarnings({ recent: at === null ? null : callAt(at), calls }, guard, settings, noon);

  it.each([
    ['called-just-now', noon - 15_000, { code: 'called-just-now', secondsAgo: 15, callId }],
    [
      'called-just-now, by a clock that went back',
      noon + 5000,
      { code: 'called-just-now', secondsAgo: 0, callId },
    ],
    ['called-recently', noon - 15_001, { code: 'called-recently', minutesAgo: 0, callId }],
    ['called-recently', noon - 3 * hour, { code: 'called-recently', minutesAgo: 180, callId }],
  ])('is told as %s', (_, at, warning) => {
    expect(found(at)).toEqual([warning]);
  });

  it('is told as called-often by the call of the day that this one will be', () => {
    expect(found(null, 1)).toEqual([]);
    expect(found(null, 2)).toEqual([{ code: 'called-often', times: 3 }]);
    expect(found(null, 7)).toEqual([{ code: 'called-often', times: 8 }]);
  });

  it('is told whole: when, and how often', () => {
    expect(found(noon - hour, 2)).toMatchObject([{ code: 'called-recently' }, { code: 'called-often' }]);
  });

  it('is no count where none was asked for', () => {
    const accepted = historyGuard('account', settings, noon, ['called-often']);
    expect(historyWarnings({ recent: null, calls: 9 }, accepted, settings, noon)).toEqual([]);
  });
});

describe('what speaks against any call', () => {
  it('is that Exotel gave no answer, and the hour', () => {
    expect(lineWarnings('account', settings, noon, false)).toEqual([]);
    expect(lineWarnings('account', settings, noon, true)).toEqual([{ code: 'line-down' }]);
    expect(lineWarnings('account', settings, ist('22:00:00'), true)).toMatchObject([
      { code: 'outside-calling-hours', now: '22:00' },
      { code: 'line-down' },
    ]);
  });

  it('is nothing at any hour on the practice line, which rings nobody', () => {
    expect(lineWarnings('practice', settings, ist('22:00:00'), false)).toEqual([]);
  });
});
