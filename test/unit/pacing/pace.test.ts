import { describe, expect, it } from 'vitest';
import { createPace, type Pace } from '../../../src-main/pacing/pace.ts';

function waiting(pace: Pace, ids: readonly string[], more: { placedAt?: number; notBefore?: number } = {}) {
  for (const [index, id] of ids.entries()) {
    pace.add({ id, placedAt: more.placedAt ?? index, notBefore: more.notBefore ?? 0 });
  }
}

/** A line whose slots were all taken and answered at 0. */
function fullPace(limit: number): Pace {
  const pace = createPace(limit, 0, 0);
  for (let taken = 0; taken < limit; taken++) {
    expect(pace.takeNow(0)).toBe(true);
    pace.settle(0, 0);
  }
  return pace;
}

const ids = (turns: readonly { readonly id: string }[]) => turns.map(({ id }) => id);

describe('a call', () => {
  it('goes at once while there are slots, and waits for the first that is free again', () => {
    const pace = fullPace(2);
    expect(pace.takeNow(59_999)).toBe(false);
    waiting(pace, ['a']);
    expect(pace.release(59_999)).toEqual([]);
    expect(pace.dueAt(59_999)).toBe(60_000);
    expect(pace.release(60_000)).toEqual([{ kind: 'call', id: 'a' }]);
    expect(pace.dueAt(60_000)).toBeNull();
  });

  it('leaves in the order it was placed, whenever it joined', () => {
    const pace = fullPace(4);
    waiting(pace, ['late'], { placedAt: 30 });
    waiting(pace, ['first'], { placedAt: 10 });
    waiting(pace, ['same moment as first'], { placedAt: 10 });
    waiting(pace, ['second'], { placedAt: 20 });
    expect(ids(pace.release(60_000))).toEqual(['first', 'same moment as first', 'second', 'late']);
  });

  it('never passes one that is ready before it', () => {
    const pace = fullPace(1);
    waiting(pace, ['a']);
    expect(pace.takeNow(60_000)).toBe(false);
  });

  it('is passed while it waits for another attempt of its own', () => {
    const pace = createPace(2, 0, 0);
    waiting(pace, ['again'], { notBefore: 1000 });
    expect(pace.dueAt(0)).toBe(1000);
    expect(pace.takeNow(0)).toBe(true);
    expect(pace.release(999)).toEqual([]);
    expect(ids(pace.release(1000))).toEqual(['again']);
  });

  it('can be taken off the queue', () => {
    const pace = fullPace(2);
    waiting(pace, ['a', 'b']);
    expect(pace.remove('a')).toBe(true);
    expect(pace.remove('a')).toBe(false);
    expect(ids(pace.release(60_000))).toEqual(['b']);
  });

  it('that was not sent after all gives its slot back at once', () => {
    const pace = createPace(1, 0, 0);
    expect(pace.takeNow(0)).toBe(true);
    waiting(pace, ['a']);
    expect(pace.release(0)).toEqual([]);
    pace.giveBack();
    expect(ids(pace.release(0))).toEqual(['a']);
  });

  it('waits for what the last run sent in its final minute', () => {
    const pace = createPace(3, 2, 5000);
    expect(pace.takeNow(5000)).toBe(true);
    expect(pace.takeNow(5000)).toBe(false);
    waiting(pace, ['a']);
    expect(pace.dueAt(5000)).toBe(65_000);
  });
});

describe('a read', () => {
  it('takes a slot that no call wants', () => {
    const pace = createPace(2, 0, 0);
    waiting(pace, ['call']);
    pace.addRead('read', 0);
    expect(ids(pace.release(0))).toEqual(['call', 'read']);
  });

  it('lets calls go first until it has waited for a second', () => {
    const pace = fullPace(2);
    pace.addRead('read', 59_001);
    waiting(pace, ['a', 'b']);
    expect(ids(pace.release(60_000))).toEqual(['a', 'b']);
    pace.settle(60_000, 60_000);
    pace.settle(60_000, 60_000);
    waiting(pace, ['c', 'd']);
    expect(ids(pace.release(120_000))).toEqual(['read', 'c']);
  });

  it('goes ahead of calls five times a minute, and then only where they leave a slot', () => {
    const pace = fullPace(8);
    for (const n of [1, 2, 3, 4, 5, 6]) pace.addRead(`read ${n}`, 0);
    waiting(pace, ['a', 'b']);
    expect(ids(pace.release(60_000))).toEqual([
      'read 1',
      'read 2',
      'read 3',
      'read 4',
      'read 5',
      'a',
      'b',
      'read 6',
    ]);
  });

  it('that is overdue is not passed by a new call', () => {
    const pace = fullPace(1);
    pace.addRead('read', 0);
    expect(pace.takeNow(60_000)).toBe(false);
  });
});

describe('a 429', () => {
  it('pauses the line for as long as Exotel says', () => {
    const pace = createPace(5, 0, 0);
    pace.takeNow(0);
    expect(pace.rateLimited(0, 7000, 100)).toMatchObject({ pauseMs: 7000 });
    expect(pace.takeNow(7099)).toBe(false);
    waiting(pace, ['a']);
    pace.addRead('read', 100);
    expect(pace.release(7099)).toEqual([]);
    expect(pace.dueAt(200)).toBe(7100);
    expect(ids(pace.release(7100))).toEqual(['read', 'a']);
  });

  it('without a word of Exotel pauses 5 s, doubling to 60 s while it goes on, and 5 s again after a good answer', () => {
    const pace = createPace(100, 0, 0);
    let now = 0;
    const pauses = Array.from({ length: 6 }, () => {
      expect(pace.takeNow(now)).toBe(true);
      const { pauseMs } = pace.rateLimited(now, null, now);
      now += pauseMs;
      return pauseMs;
    });
    expect(pauses).toEqual([5000, 10_000, 20_000, 40_000, 60_000, 60_000]);
    pace.takeNow(now);
    pace.settle(now, now);
    pace.takeNow(now);
    expect(pace.rateLimited(now, null, now).pauseMs).toBe(5000);
  });

  it('counts once for all requests that were on the wire together', () => {
    const pace = createPace(9, 0, 0);
    for (const _ of [1, 2, 3]) pace.takeNow(0);
    expect(pace.rateLimited(0, null, 100).pauseMs).toBe(5000);
    expect(pace.rateLimited(0, null, 600).pauseMs).toBe(4500);
    // Sent before the pause: it says nothing of what Exotel thinks now.
    pace.settle(0, 700);
    pace.takeNow(5100);
    expect(pace.rateLimited(5100, null, 5100).pauseMs).toBe(10_000);
  });

  it('with a Retry-After of nothing is no storm', () => {
    const pace = createPace(9, 0, 0);
    pace.takeNow(0);
    expect(pace.rateLimited(0, 0, 0).pauseMs).toBe(1000);
  });

  it('below our own count tells that another program shares the account', () => {
    const pace = createPace(2, 0, 0);
    pace.takeNow(0);
    expect(pace.rateLimited(0, 1000, 0).isShared).toBe(true);
    pace.takeNow(1000);
    expect(pace.rateLimited(1000, null, 1000).isShared).toBe(false);
  });
});

describe('where a call stands', () => {
  it('is told by position, and by the slot it will get', () => {
    const pace = createPace(2, 0, 0);
    pace.takeNow(0);
    pace.settle(0, 500);
    pace.takeNow(1000);
    pace.settle(1000, 2000);
    waiting(pace, ['a', 'b', 'c']);
    expect(pace.standings(3000)).toEqual([
      { id: 'a', position: 1, expectedAt: 60_500 },
      { id: 'b', position: 2, expectedAt: 62_000 },
      { id: 'c', position: 3, expectedAt: 120_500 },
    ]);
  });

  it('has no time while that hangs on an answer, and waits for a pause', () => {
    const pace = createPace(2, 0, 0);
    pace.takeNow(0);
    pace.takeNow(0);
    pace.rateLimited(0, 90_000, 0);
    waiting(pace, ['a', 'b']);
    expect(pace.standings(1000).map(({ expectedAt }) => expectedAt)).toEqual([90_000, null]);
  });
});

describe('the rate', () => {
  it('reaches 99 % of what the rule allows over five minutes at 50 ms round trip', () => {
    const pace = createPace(200, 0, 0);
    const tripMs = 50;
    const untilMs = 5 * 60_000;
    const answers: number[] = [];
    let [sent, now] = [0, 0];
    waiting(
      pace,
      Array.from({ length: 2000 }, (_, n) => `call ${n}`),
    );
    while (now < untilMs) {
      for (const _ of pace.release(now)) {
        sent++;
        answers.push(now + tripMs);
      }
      now = Math.min(pace.dueAt(now) ?? Number.POSITIVE_INFINITY, answers[0] ?? Number.POSITIVE_INFINITY);
      while ((answers[0] ?? Number.POSITIVE_INFINITY) <= now)
        pace.settle((answers.shift() ?? 0) - tripMs, now);
    }
    // 200 in each window of 60 s, five of which begin before the end.
    expect(sent / (200 * 5)).toBeGreaterThanOrEqual(0.99);
  });
});
