import { describe, expect, it } from 'vitest';
import type { PlaceGuard } from '../../../src-main/storage/storage.ts';
import {
  account,
  asked,
  contact,
  hashes,
  noon,
  openGuard,
  placeCall,
  placed,
  practice,
  sending,
  storageForTest,
} from '../../support/storage-samples.ts';

const priya = '+919845012345';
const ravi = '+918047191234';

describe('place', () => {
  it('writes the call and its first attempt together', async () => {
    const storage = await storageForTest();
    const id = crypto.randomUUID();
    const result = await storage.calls.place(id, [placed(priya), sending(1)], hashes(id), openGuard);
    expect(result).toMatchObject({
      outcome: 'placed',
      call: { call: { id, status: 'dialing', attempts: 1 } },
    });
    expect((await storage.calls.events(id)).map(({ event }) => event.type)).toEqual(['placed', 'sending']);
    expect(result).toEqual({ outcome: 'placed', call: await storage.calls.get(id) });
  });

  it('writes a call that waits for its turn without an attempt', async () => {
    const storage = await storageForTest();
    const id = await placeCall(storage, placed(priya), { queued: true });
    const proof = { callbackHash: hashes(id).callback };
    expect(await storage.calls.append(id, { type: 'held', at: noon }, proof)).toEqual({
      outcome: 'wrong-token',
    });
    expect((await storage.calls.get(id))?.call.status).toBe('queued');
  });

  it('gives back the call for the same id and number, and writes nothing', async () => {
    const storage = await storageForTest();
    const id = await placeCall(storage, placed(priya));
    const before = await storage.calls.get(id);
    const again = await storage.calls.place(
      id,
      [
        placed(priya, { at: noon + 5, number: { entered: '98450 12345', e164: priya } }),
        sending(1, noon + 5),
      ],
      hashes('other'),
      { doNotCallAt: noon, placedSince: 0, atMost: { calls: 0, since: 0 } },
    );
    expect(again).toEqual({ outcome: 'exists', call: before });
    expect(await storage.calls.events(id)).toHaveLength(2);
  });

  it('refuses the same id for another number', async () => {
    const storage = await storageForTest();
    const id = await placeCall(storage, placed(priya));
    const other = await storage.calls.place(id, [placed(ravi)], hashes(id), openGuard);
    expect(other).toEqual({ outcome: 'id-taken' });
    expect((await storage.calls.get(id))?.call.number.e164).toBe(priya);
  });

  it('compares what is no number as it was entered', async () => {
    const storage = await storageForTest();
    const id = crypto.randomUUID();
    const place = (entered: string) =>
      storage.calls.place(id, [placed(priya, { number: { entered, e164: null } })], hashes(id), openGuard);
    expect((await place('12')).outcome).toBe('placed');
    expect((await place('12')).outcome).toBe('exists');
    expect((await place('13')).outcome).toBe('id-taken');
  });

  it('writes one call where the same intent arrives twice at once', async () => {
    const storage = await storageForTest();
    const id = crypto.randomUUID();
    const results = await Promise.all(
      [1, 2].map(() => storage.calls.place(id, [placed(priya), sending(1)], hashes(id), openGuard)),
    );
    expect(results.map(({ outcome }) => outcome)).toEqual(['placed', 'exists']);
  });
});

describe('do-not-call at the door', () => {
  const place = async (storage: Awaited<ReturnType<typeof storageForTest>>, e164: string, at = noon) => {
    const id = crypto.randomUUID();
    const result = await storage.calls.place(id, [placed(e164), sending(1)], hashes(id), {
      ...openGuard,
      doNotCallAt: at,
    });
    if (result.outcome !== 'placed') expect(await storage.calls.get(id)).toBeNull();
    return result;
  };

  it.each([account, practice])('blocks the number on the line $kind, and writes nothing', async (line) => {
    const storage = await storageForTest();
    await storage.doNotCall.add([priya], asked);
    const id = crypto.randomUUID();
    const result = await storage.calls.place(id, [placed(priya, { line })], hashes(id), openGuard);
    expect(result).toEqual({ outcome: 'do-not-call', entry: asked });
    expect(await storage.calls.get(id)).toBeNull();
    expect((await place(storage, ravi)).outcome).toBe('placed');
  });

  it('blocks the other numbers of a contact, as long as the contact has them', async () => {
    const storage = await storageForTest();
    const both = await storage.contacts.save(contact('Priya', [priya, ravi]));
    await storage.doNotCall.add([priya], asked);
    expect(await place(storage, ravi)).toEqual({ outcome: 'do-not-call', entry: asked });
    await storage.contacts.remove(both.id, noon);
    expect((await place(storage, ravi)).outcome).toBe('placed');
    expect((await place(storage, priya)).outcome).toBe('do-not-call');
  });

  it('ends at its time, to the millisecond', async () => {
    const storage = await storageForTest();
    await storage.doNotCall.add([priya], { ...asked, until: noon });
    expect((await place(storage, priya, noon - 1)).outcome).toBe('do-not-call');
    expect((await place(storage, priya, noon)).outcome).toBe('placed');
  });

  it('ends when it is lifted', async () => {
    const storage = await storageForTest();
    await storage.doNotCall.add([priya], asked);
    await storage.doNotCall.lift([priya], { who: 'Asha', at: noon, why: 'Asked to be called' });
    expect((await place(storage, priya)).outcome).toBe('placed');
  });
});

describe('a recent call to the same number', () => {
  const since = (placedSince: number): PlaceGuard => ({ ...openGuard, placedSince });

  it('asks first', async () => {
    const storage = await storageForTest();
    const first = await placeCall(storage, placed(priya));
    const again = await storage.calls.place(crypto.randomUUID(), [placed(priya)], hashes('2'), since(noon));
    expect(again).toEqual({ outcome: 'recent', recent: await storage.calls.get(first), calls: 0 });
    const later = await storage.calls.place(
      crypto.randomUUID(),
      [placed(priya)],
      hashes('3'),
      since(noon + 1),
    );
    expect(later.outcome).toBe('placed');
  });

  it('does not count on another line or for another number', async () => {
    const storage = await storageForTest();
    await placeCall(storage, placed(priya));
    const onPractice = placed(priya, { line: practice });
    for (const event of [onPractice, placed(ravi)]) {
      const result = await storage.calls.place(crypto.randomUUID(), [event], hashes('2'), since(0));
      expect(result.outcome).toBe('placed');
    }
  });

  it('does not count where it was withdrawn or rejected: it rang nobody', async () => {
    const storage = await storageForTest();
    const withdrawn = await placeCall(storage, placed(priya), { queued: true });
    await storage.calls.append(withdrawn, { type: 'withdrawn', at: noon });
    const rejected = await placeCall(storage, placed(priya));
    const reason = { code: 'balance', customerCalled: 'no', httpStatus: 402, message: '' } as const;
    await storage.calls.append(rejected, { type: 'refused', at: noon, reason });
    expect(await storage.calls.recent(priya, 'api.in.exotel.com/acme1', 0)).toBeNull();
    const result = await storage.calls.place(crypto.randomUUID(), [placed(priya)], hashes('3'), since(0));
    expect(result.outcome).toBe('placed');
  });

  it('lets one of two at once through', async () => {
    const storage = await storageForTest();
    const results = await Promise.all(
      [1, 2].map((n) =>
        storage.calls.place(crypto.randomUUID(), [placed(priya)], hashes(`${n}`), since(noon)),
      ),
    );
    expect(results.map(({ outcome }) => outcome)).toEqual(['placed', 'recent']);
  });
});
