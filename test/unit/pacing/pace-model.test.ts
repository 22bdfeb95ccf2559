import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPace, type Pace } from '../../../src-main/pacing/pace.ts';
import { windowMs } from '../../../src-main/pacing/rate-log.ts';

/** What happens next, after `wait` ms. */
type Step = { readonly wait: number } & (
  | { readonly what: 'call' | 'read' }
  | { readonly what: 'withdraw'; readonly which: number }
  /** The program is killed and starts again. */
  | { readonly what: 'crash' }
);

/** What becomes of a request, one after the other. */
interface Fate {
  readonly tripMs: number;
  /** Where on its way Exotel counts it: 0 is when it was sent, 1 when the answer is here. */
  readonly counted: number;
  readonly refused: boolean;
  readonly retryAfterMs: number | null;
}

interface Waiting {
  readonly kind: 'call' | 'read';
  readonly id: string;
  readonly since: number;
}

interface Underway {
  readonly one: Waiting;
  readonly takenAt: number;
  readonly answerAt: number;
  readonly fate: Fate;
}

const stepArbitrary: fc.Arbitrary<Step> = fc
  .tuple(
    fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 80_000 })),
    fc.oneof(
      { weight: 8, arbitrary: fc.record({ what: fc.constantFrom('call' as const, 'read' as const) }) },
      { weight: 1, arbitrary: fc.record({ what: fc.constant('withdraw' as const), which: fc.nat(20) }) },
      { weight: 1, arbitrary: fc.record({ what: fc.constant('crash' as const) }) },
    ),
  )
  .map(([wait, rest]) => ({ wait, ...rest }));

const fateArbitrary: fc.Arbitrary<Fate> = fc.record({
  tripMs: fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 0, max: 75_000 })),
  counted: fc.double({ min: 0, max: 1, noNaN: true }),
  refused: fc.oneof(
    { weight: 9, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  ),
  retryAfterMs: fc.option(fc.integer({ min: 0, max: 30_000 })),
});

/** Exotel, the program and its user, as the rules of design.md say they are; it checks the pace at every moment. */
class World {
  readonly #limit: number;
  readonly #fates: readonly Fate[];
  #pace: Pace;
  #now = 0;
  #placed = 0;
  #sent = 0;
  /** What the storage has: the minute of the newest request. */
  #recorded = 0;
  #pausedUntil = Number.NEGATIVE_INFINITY;
  #waiting: Waiting[] = [];
  #onTheWay: Underway[] = [];
  #settledAt: number[] = [];
  readonly countedAt: number[] = [];

  constructor(limit: number, fates: readonly Fate[]) {
    this.#limit = limit;
    this.#fates = fates;
    this.#pace = createPace(limit, 0, 0);
  }

  run(steps: readonly Step[]): void {
    for (const step of steps) {
      this.#advance(this.#now + step.wait);
      this.#do(step);
      this.#release();
    }
  }

  /** From now on every request is answered well and soon: all that waits must go. */
  drain(): void {
    const soon = this.#now + 75_000 + windowMs * (3 + Math.ceil((this.#waiting.length + 100) / this.#limit));
    this.#advance(soon, true);
    expect(this.#waiting).toEqual([]);
  }

  #do(step: Step): void {
    switch (step.what) {
      case 'call':
      case 'read': {
        const one = {
          kind: step.what,
          id: `${step.what} ${String(this.#placed).padStart(5, '0')}`,
          since: this.#now,
        };
        this.#placed++;
        const ready = this.#waiting.some(({ kind }) => kind === 'call');
        if (step.what === 'read') this.#pace.addRead(one.id, this.#now);
        else if (this.#pace.takeNow(this.#now)) {
          expect(ready || this.#now < this.#pausedUntil).toBe(false);
          this.#send(one);
          return;
        } else this.#add(one);
        this.#waiting.push(one);
        return;
      }
      case 'withdraw': {
        const one = this.#waiting[step.which];
        expect(this.#pace.remove(one?.id ?? 'nobody')).toBe(one !== undefined);
        this.#waiting = this.#waiting.filter((other) => other !== one);
        return;
      }
      case 'crash': {
        // What was on the wire arrives before the next start, and nobody hears the answer.
        for (const { takenAt, fate } of this.#onTheWay) {
          this.countedAt.push(Math.min(takenAt + fate.tripMs * fate.counted, this.#now));
        }
        this.#settledAt = Array<number>(this.#recorded).fill(this.#now);
        this.#onTheWay = [];
        this.#pausedUntil = Number.NEGATIVE_INFINITY;
        this.#waiting = this.#waiting.filter(({ kind }) => kind === 'call');
        this.#pace = createPace(this.#limit, this.#recorded, this.#now);
        for (const one of this.#waiting) this.#add(one);
        return;
      }
    }
  }

  /** By number: the model's calls are placed one after the other. */
  #add(one: Waiting): void {
    this.#pace.add({ id: one.id, placedAt: Number(one.id.slice(-5)), notBefore: 0 });
  }

  #send(one: Waiting): void {
    const drained: Fate = { tripMs: 50, counted: 0.5, refused: false, retryAfterMs: null };
    const fate = this.#fates[this.#sent++] ?? drained;
    this.#onTheWay.push({ one, takenAt: this.#now, answerAt: this.#now + fate.tripMs, fate });
    this.#recorded = this.#pace.used(this.#now);
  }

  #used(): number {
    return this.#onTheWay.length + this.#settledAt.filter((at) => at + windowMs > this.#now).length;
  }

  #advance(until: number, good = false): void {
    for (;;) {
      const answer = this.#onTheWay.toSorted((a, b) => a.answerAt - b.answerAt)[0];
      const next = Math.min(
        this.#pace.dueAt(this.#now) ?? Number.POSITIVE_INFINITY,
        answer?.answerAt ?? Number.POSITIVE_INFINITY,
      );
      if (next > until) break;
      this.#now = Math.max(this.#now, next);
      if (answer !== undefined && answer.answerAt <= this.#now) this.#settle(answer, good);
      this.#release();
    }
    this.#now = until;
  }

  #settle(answer: Underway, good: boolean): void {
    const { one, takenAt, fate } = answer;
    this.#onTheWay = this.#onTheWay.filter((other) => other !== answer);
    this.#settledAt.push(this.#now);
    this.countedAt.push(takenAt + fate.tripMs * fate.counted);
    if (good || !fate.refused) {
      this.#pace.settle(takenAt, this.#now);
      return;
    }
    const { pauseMs } = this.#pace.rateLimited(takenAt, fate.retryAfterMs, this.#now);
    expect(pauseMs).toBeGreaterThanOrEqual(fate.retryAfterMs ?? 0);
    this.#pausedUntil = this.#now + pauseMs;
    if (one.kind === 'read') return;
    this.#waiting.push(one);
    this.#add(one);
  }

  #release(): void {
    const paused = this.#now < this.#pausedUntil;
    for (const turn of this.#pace.release(this.#now)) {
      expect(paused).toBe(false);
      const first = this.#waiting.filter(({ kind }) => kind === turn.kind).sort(byAge)[0];
      // In the order they were placed, or came.
      expect(turn.id).toBe(first?.id);
      if (first === undefined) return;
      this.#waiting = this.#waiting.filter((other) => other !== first);
      this.#send(first);
    }
    expect(this.#pace.used(this.#now)).toBe(this.#used());
    expect(this.#used()).toBeLessThanOrEqual(this.#limit);
    // No slot stays free while work waits.
    if (!paused && this.#waiting.length > 0) expect(this.#used()).toBe(this.#limit);
    expect(this.#pace.standings(this.#now).map(({ position }) => position)).toEqual(
      this.#waiting.filter(({ kind }) => kind === 'call').map((_, index) => index + 1),
    );
  }
}

function byAge(a: Waiting, b: Waiting): number {
  return a.id < b.id ? -1 : 1;
}

describe('a line, whatever happens', () => {
  it('never sends more than the limit in 60 s of Exotel’s count, keeps the order, leaves no slot idle, starves nobody', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 7 }),
        fc.array(stepArbitrary, { maxLength: 80 }),
        fc.array(fateArbitrary, { maxLength: 100 }),
        (limit, steps, fates) => {
          const world = new World(limit, fates);
          world.run(steps);
          world.drain();
          const counted = world.countedAt.toSorted((a, b) => a - b);
          for (const [index, from] of counted.entries()) {
            // Exotel's strictest window: none but the last `limit` before this moment.
            const after = counted[index + limit];
            if (after !== undefined) expect(after - from).toBeGreaterThanOrEqual(windowMs - 1e-6);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
