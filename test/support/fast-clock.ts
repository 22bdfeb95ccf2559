import type { Clock } from '../../src-main/ports.ts';

/**
 * A clock that several processes share: `speed` times as fast as the real one since `zero` (ms of the real clock). So
 * minutes of back-off pass in seconds, and a program that is started again finds that time went on.
 */
export interface FastTime {
  readonly zero: number;
  readonly speed: number;
}

export function fastNow({ zero, speed }: FastTime): number {
  return Math.round(zero + (Date.now() - zero) * speed);
}

export function fastClock(time: FastTime): Clock {
  return {
    now: () => fastNow(time),
    monotonic: () => performance.now() * time.speed,
    after(ms, run) {
      const timer = setTimeout(run, ms / time.speed);
      return () => clearTimeout(timer);
    },
  };
}
