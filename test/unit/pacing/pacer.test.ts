import { describe, expect, it } from 'vitest';
import { createPacer, type Pacer, type Slot } from '../../../src-main/pacing/pacer.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

const line = 'api.in.exotel.com/acme1';

function pacerForTest(more: { limit?: number; carried?: number; recordRead?: () => Promise<void> } = {}) {
  const clock = createFakeClock();
  const recorded: number[] = [];
  const shared: string[] = [];
  const sent: { readonly id: string; readonly at: number; readonly slot: Slot }[] = [];
  const log: string[] = [];
  const write = (message: string) => log.push(message);
  let moves = 0;
  const pacer = createPacer({
    clock,
    log: { info: write, warn: write, error: write },
    limit: more.limit ?? 1,
    carried: new Map(more.carried === undefined ? [] : [[line, more.carried]]),
    recordRead:
      more.recordRead ??
      ((_, inMinute) => {
        recorded.push(inMinute);
        return Promise.resolve();
      }),
    moved: () => moves++,
    shared: (which) => shared.push(which),
  });
  const add = (id: string, placedAt = 0, waitMs = 0) =>
    pacer.add({
      id,
      line,
      placedAt,
      waitMs,
      send: (slot) => {
        sent.push({ id, at: clock.monotonic(), slot });
        return Promise.resolve();
      },
    });
  return { pacer, clock, recorded, shared, sent, log, add, moves: () => moves };
}

/** A slot that must be there. */
function take(pacer: Pacer): Slot {
  const slot = pacer.takeNow(line);
  if (slot === null) throw new Error('There was no slot.');
  return slot;
}

const never = new AbortController().signal;

describe('createPacer', () => {
  it('lets a waiting call go in the millisecond its slot is free', async () => {
    const { pacer, clock, sent, add } = pacerForTest();
    const slot = take(pacer);
    add('a');
    await clock.advance(90_000);
    slot.settle();
    await clock.advance(59_999);
    expect(sent).toEqual([]);
    await clock.advance(1);
    expect(sent).toMatchObject([{ id: 'a', at: 150_000 }]);
    expect(clock.timers).toBe(0);
  });

  it.each([
    ['on', 3_600_000],
    ['back', -3_600_000],
  ])('is not led astray by a clock that somebody sets an hour %s', async (_, byMs) => {
    const { pacer, clock, sent, add } = pacerForTest();
    take(pacer).settle();
    add('a');
    await clock.advance(30_000);
    clock.jump(byMs);
    expect(pacer.takeNow(line)).toBeNull();
    expect(pacer.places().get('a')).toEqual({ position: 1, expectedAt: clock.now() + 30_000 });
    await clock.advance(29_999);
    expect(sent).toEqual([]);
    await clock.advance(1);
    expect(sent).toMatchObject([{ id: 'a', at: 60_000 }]);
  });

  it('gives each line a minute of its own, and counts what the last run sent as sent just now', async () => {
    const { pacer, clock } = pacerForTest({ carried: 1 });
    await clock.advance(59_999);
    expect(pacer.takeNow(line)).toBeNull();
    expect(pacer.takeNow('another')).not.toBeNull();
    expect([pacer.inMinute(line), pacer.inMinute('another')]).toEqual([1, 1]);
    await clock.advance(1);
    expect(pacer.takeNow(line)).not.toBeNull();
  });

  it('keeps a call that could not be sent in its place, and its slot for the next', async () => {
    const { pacer, clock, sent, log, add } = pacerForTest();
    let tries = 0;
    pacer.add({
      id: 'unwritten',
      line,
      placedAt: 0,
      waitMs: 0,
      send: () => (++tries === 1 ? Promise.reject(new Error('The disk is full.')) : Promise.resolve()),
    });
    await Promise.resolve();
    add('behind', 1);
    expect(log).toEqual(['a queued call could not be sent; it waits']);
    expect(sent).toMatchObject([{ id: 'behind' }]);
    sent[0]?.slot.giveBack();
    await clock.advance(2000);
    expect(tries).toBe(2);
  });

  it('tells where calls stand, by the wall clock', async () => {
    const { pacer, clock, add, moves } = pacerForTest();
    take(pacer).settle();
    await clock.advance(1000);
    add('b', 2);
    add('a', 1);
    expect(moves()).toBe(2);
    const free = clock.now() + 59_000;
    expect([...pacer.places()]).toEqual([
      ['a', { position: 1, expectedAt: free }],
      ['b', { position: 2, expectedAt: free + 60_000 }],
    ]);
    pacer.remove('a');
    pacer.remove('a');
    expect(moves()).toBe(3);
    expect([...pacer.places().keys()]).toEqual(['b']);
  });

  it('tells a 429 below the count of its own line', async () => {
    const { pacer, shared, sent, clock, add } = pacerForTest({ limit: 2 });
    expect(take(pacer).rateLimited(null)).toBe(5000);
    expect(shared).toEqual([line]);
    add('a');
    await clock.advance(4999);
    expect(sent).toEqual([]);
    await clock.advance(1);
    expect(sent).toHaveLength(1);
  });

  it('pauses a line for what was learnt before a restart', async () => {
    const { pacer, clock, sent, add } = pacerForTest();
    pacer.pause(line, 3000);
    add('a');
    await clock.advance(2999);
    expect(sent).toEqual([]);
    await clock.advance(1);
    expect(sent).toHaveLength(1);
  });

  it('records a read before it may be sent, and lets it go where that fails', async () => {
    const { pacer, recorded } = pacerForTest({ limit: 2 });
    take(pacer);
    expect(await pacer.enter(line, never)).not.toBeNull();
    expect(recorded).toEqual([2]);
    const { pacer: full, log } = pacerForTest({ recordRead: () => Promise.reject(new Error('full')) });
    expect(await full.enter(line, never)).not.toBeNull();
    expect(log).toEqual(['a read could not be recorded']);
  });

  it('ends the wait of a read that nobody wants any more, and of all at its end', async () => {
    const { pacer, clock, sent, add } = pacerForTest();
    const slot = take(pacer);
    const unwanted = new AbortController();
    const waits = pacer.enter(line, unwanted.signal);
    const waitsToo = pacer.enter(line, never);
    unwanted.abort();
    expect(await waits).toBeNull();
    expect(await pacer.enter(line, unwanted.signal)).toBeNull();
    slot.settle();
    add('a');
    pacer.stop();
    expect(await waitsToo).toBeNull();
    expect(await pacer.enter(line, never)).toBeNull();
    await clock.advance(120_000);
    expect(sent).toEqual([]);
    expect(pacer.takeNow(line)).toBeNull();
  });
});
