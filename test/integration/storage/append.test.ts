import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CallEvent } from '../../../src-shared/call-events.ts';
import { emptyReport, type ExotelReport } from '../../../src-shared/exotel-report.ts';
import { anyEvent } from '../../support/any-event.ts';
import {
  hashes,
  noon,
  openGuard,
  placeCall,
  placed,
  sending,
  sha256,
  storageForTest,
} from '../../support/storage-samples.ts';

const priya = '+919845012345';
const reported = (report: Partial<ExotelReport>, at = noon + 1000): CallEvent => ({
  type: 'reported',
  at,
  source: 'callback',
  report: { ...emptyReport, ...report },
});

describe('append', () => {
  it('stores the event and what the call becomes by it', async () => {
    const storage = await storageForTest();
    const id = await placeCall(storage, placed(priya));
    const result = await storage.calls.append(id, reported({ sid: 'abc', status: 'completed' }));
    expect(result).toMatchObject({
      outcome: 'stored',
      repeated: false,
      changed: true,
      call: { call: { status: 'completed', sid: 'abc', endedAt: noon + 1000 } },
    });
    expect(result).toMatchObject({ call: await storage.calls.get(id) });
    expect((await storage.calls.events(id)).at(-1)).toEqual({
      event: reported({ sid: 'abc', status: 'completed' }),
      times: 1,
      lastAt: noon + 1000,
    });
  });

  it('says where a new event changes nothing, and keeps it', async () => {
    const storage = await storageForTest();
    const id = await placeCall(storage, placed(priya));
    const result = await storage.calls.append(id, reported({}, noon));
    expect(result).toMatchObject({ outcome: 'stored', repeated: false, changed: false });
    expect(await storage.calls.events(id)).toHaveLength(3);
  });

  it('knows no other call', async () => {
    const storage = await storageForTest();
    expect(await storage.calls.append(crypto.randomUUID(), reported({}))).toEqual({
      outcome: 'unknown-call',
    });
  });

  it('refuses what the lifecycle refuses, and writes nothing', async () => {
    const storage = await storageForTest();
    const id = await placeCall(storage, placed(priya));
    const result = await storage.calls.append(id, { type: 'withdrawn', at: noon });
    expect(result).toEqual({ outcome: 'impossible', call: await storage.calls.get(id) });
    expect(await storage.calls.events(id)).toHaveLength(2);
  });

  it('counts a repeat with the same key, and changes nothing else', async () => {
    const storage = await storageForTest();
    const id = await placeCall(storage, placed(priya));
    const first = reported({ status: 'completed' });
    await storage.calls.append(id, first, { key: 'k', raw: 'Status=completed' });
    const before = await storage.calls.get(id);
    const repeat = reported({ status: 'completed', price: '1.5' }, noon + 9000);
    expect(await storage.calls.append(id, repeat, { key: 'k' })).toEqual({
      outcome: 'stored',
      call: before,
      repeated: true,
      changed: false,
    });
    expect(await storage.calls.get(id)).toEqual(before);
    expect((await storage.calls.events(id)).slice(2)).toEqual([
      { event: first, times: 2, lastAt: noon + 9000 },
    ]);
  });

  it('keeps the keys of different calls apart', async () => {
    const storage = await storageForTest();
    const one = await placeCall(storage, placed(priya));
    const other = await placeCall(storage, placed(priya));
    await storage.calls.append(one, reported({ status: 'busy' }), { key: 'k' });
    expect(await storage.calls.append(other, reported({ status: 'busy' }), { key: 'k' })).toMatchObject({
      repeated: false,
    });
  });
});

describe('the proof of a callback', () => {
  it('is the hash of any attempt of this call', async () => {
    const storage = await storageForTest();
    const id = await placeCall(storage, placed(priya));
    const reason = { code: 'rate-limited', customerCalled: 'no', httpStatus: 429, message: '' } as const;
    await storage.calls.append(id, { type: 'rate-limited', at: noon, retryAt: noon + 1, reason });
    await storage.calls.append(id, sending(2), { hashes: hashes('second') });
    for (const callbackHash of [hashes(id).callback, hashes('second').callback]) {
      expect(await storage.calls.append(id, reported({}), { callbackHash })).toMatchObject({
        outcome: 'stored',
      });
    }
  });

  it('is nothing else, and without it nothing is written', async () => {
    const storage = await storageForTest();
    const id = crypto.randomUUID();
    await storage.calls.place(id, [placed(priya), sending(1)], hashes('mine'), openGuard);
    await storage.calls.place(crypto.randomUUID(), [placed(priya), sending(1)], hashes('theirs'), openGuard);
    const before = await storage.calls.get(id);
    const others = {
      'a hash of nobody': sha256('nobody'),
      'the hash of the custom field, which applets see': hashes('mine').customField,
      'the hash of another call': hashes('theirs').callback,
      'an empty text': '',
      'half a hash': hashes('mine').callback.slice(0, 32),
      'no hash at all': 'zz',
    };
    for (const [what, callbackHash] of Object.entries(others)) {
      const result = await storage.calls.append(id, reported({ status: 'busy' }), { callbackHash, key: 'k' });
      expect(result, what).toEqual({ outcome: 'wrong-token' });
    }
    expect(await storage.calls.get(id)).toEqual(before);
    expect(await storage.calls.events(id)).toHaveLength(2);
  });

  it('still counts after the end', async () => {
    const storage = await storageForTest();
    const id = await placeCall(storage, placed(priya));
    await storage.calls.append(id, reported({ status: 'completed' }));
    const late = reported({ status: 'busy', price: '1.50' }, noon + 99_000);
    const result = await storage.calls.append(id, late, { callbackHash: hashes(id).callback });
    expect(result).toMatchObject({
      outcome: 'stored',
      call: { call: { status: 'completed', price: '1.50' } },
    });
  });
});

describe('rebuild', () => {
  it('gives the row again, whatever happened', async () => {
    const storage = await storageForTest();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ event: anyEvent, key: fc.constantFrom('a', 'b', null) }), { maxLength: 12 }),
        async (history) => {
          const id = await placeCall(storage, placed(priya), { queued: true });
          let attempt = 0;
          for (const { event, key } of history) {
            const options = key === null ? {} : { key };
            if (event.type === 'sending') {
              attempt += 1;
              await storage.calls.append(
                id,
                { ...event, attempt },
                { hashes: hashes(`${attempt}`), ...options },
              );
            } else {
              await storage.calls.append(id, event, options);
            }
          }
          expect(await storage.calls.rebuild(id)).toEqual((await storage.calls.get(id))?.call);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('knows no call that is not there', async () => {
    const storage = await storageForTest();
    expect(await storage.calls.rebuild(crypto.randomUUID())).toBeNull();
    expect(await storage.calls.get(crypto.randomUUID())).toBeNull();
    expect(await storage.calls.events(crypto.randomUUID())).toEqual([]);
  });
});
