import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRateLog, windowMs } from '../../../src-main/pacing/rate-log.ts';

describe('createRateLog', () => {
  it('frees a slot 60 s after the answer, not after the send', () => {
    const log = createRateLog(1, 0, 0);
    log.take(0);
    expect(log.free(90_000)).toBe(0);
    expect(log.nextFreeAt(90_000)).toBeNull();
    log.settle(90_000);
    expect(log.nextFreeAt(90_000)).toBe(150_000);
    expect(log.free(149_999)).toBe(0);
    expect(log.free(150_000)).toBe(1);
  });

  it('counts the last run’s final minute as sent just now', () => {
    const log = createRateLog(200, 150, 1000);
    expect(log.free(1000)).toBe(50);
    expect(log.free(60_999)).toBe(50);
    expect(log.free(61_000)).toBe(200);
    expect(createRateLog(200, 900, 0).free(0)).toBe(0);
  });

  it('refuses to send more than it has slots', () => {
    const log = createRateLog(2, 0, 0);
    log.take(0);
    log.take(0);
    expect(() => log.take(0)).toThrow('No slot');
    expect(() => createRateLog(1, 0, 0).settle(0)).toThrow('No request');
  });

  it('never lets a window of 60 s hold more than the limit, wherever Exotel counts a request between send and answer', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.array(
          fc.record({
            wait: fc.integer({ min: 0, max: 20_000 }),
            trip: fc.integer({ min: 0, max: 40_000 }),
            counted: fc.double({ min: 0, max: 1, noNaN: true }),
          }),
          { maxLength: 60 },
        ),
        (limit, requests) => {
          const log = createRateLog(limit, 0, 0);
          const counted: number[] = [];
          const answers: number[] = [];
          let now = 0;
          const settleUntil = (until: number) => {
            answers.sort((a, b) => a - b);
            while ((answers[0] ?? Number.POSITIVE_INFINITY) <= until) log.settle(answers.shift() ?? 0);
          };
          for (const request of requests) {
            now += request.wait;
            settleUntil(now);
            if (log.free(now) === 0) continue;
            log.take(now);
            answers.push(now + request.trip);
            counted.push(now + request.trip * request.counted);
          }
          counted.sort((a, b) => a - b);
          for (const [index, from] of counted.entries()) {
            const within = counted.slice(index).filter((at) => at < from + windowMs);
            expect(within.length).toBeLessThanOrEqual(limit);
          }
        },
      ),
    );
  });
});
