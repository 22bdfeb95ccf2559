import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { openStorage } from '../../../src-main/storage/open.ts';
import type { Storage } from '../../../src-main/storage/storage.ts';
import { callStatuses, type CallStatus, isTerminal } from '../../../src-shared/call.ts';
import type { ConversationState } from '../../../src-shared/conversation.ts';
import {
  contact,
  hashes,
  noon,
  openGuard,
  placeCall,
  placed,
  sending,
  storageForTest,
  temporaryDir,
} from '../../support/storage-samples.ts';

const priya = '+919845012345';
const ravi = '+918047191234';

async function pages(
  storage: Storage,
  limit: number,
  query = '',
  statuses: readonly CallStatus[] = [],
  conversations: readonly ConversationState[] = [],
) {
  const found: string[][] = [];
  let after: string | null = null;
  do {
    const page = await storage.calls.list({ query, statuses, conversations, after, limit });
    found.push(page.calls.map(({ call }) => call.id));
    after = page.next;
  } while (after !== null);
  return found;
}

/** The ids of the calls that a query finds. */
async function find(
  storage: Storage,
  query: string,
  statuses: readonly CallStatus[] = [],
  conversations: readonly ConversationState[] = [],
) {
  const page = await storage.calls.list({ query, statuses, conversations, after: null, limit: 200 });
  return page.calls.map(({ call }) => call.id);
}

function indexedNumbers(dataDir: string): unknown {
  const db = new DatabaseSync(path.join(dataDir, 'flowdial.db'), { readOnly: true });
  const count = db.prepare('SELECT count(*) AS count FROM called_numbers').get()?.['count'];
  db.close();
  return count;
}

describe('the list of calls', () => {
  it('is empty at first', async () => {
    const storage = await storageForTest();
    expect(
      await storage.calls.list({ query: '', conversations: [], statuses: [], after: null, limit: 50 }),
    ).toEqual({
      calls: [],
      next: null,
    });
  });

  it('pages over a thousand calls, newest first, each once, also where many were placed at the same time', async () => {
    const storage = await storageForTest();
    const calls = Array.from({ length: 1000 }, (_, n) => ({
      id: crypto.randomUUID(),
      at: noon + Math.floor(n / 7),
      e164: `+9198450${String(10_000 + n)}`,
    }));
    await Promise.all(
      calls.map(({ id, at, e164 }) => placeCall(storage, placed(e164, { at }), { id, queued: true })),
    );
    const newestFirst = calls
      .toSorted((one, other) => other.at - one.at || (one.id < other.id ? 1 : -1))
      .map(({ id }) => id);
    const found = await pages(storage, 90);
    expect(found).toHaveLength(12);
    expect(found.flat()).toEqual(newestFirst);
    expect(await pages(storage, 1000)).toHaveLength(1);

    // So many numbers are found another way than a few.
    expect((await pages(storage, 300, '98450')).flat()).toEqual(newestFirst);
    await Promise.all(calls.map(({ e164 }) => storage.contacts.save(contact('Sharma', [e164]))));
    expect((await pages(storage, 300, 'sharma')).flat()).toEqual(newestFirst);

    const ofOne = await find(storage, '98450 10999');
    expect(ofOne).toEqual([calls[999]?.id]);
    const ofTen = calls.filter(({ e164 }) => e164.includes('1012')).map(({ id }) => id);
    expect((await pages(storage, 3, '1012')).flat()).toEqual(newestFirst.filter((id) => ofTen.includes(id)));
  });

  it('keeps its place while new calls come', async () => {
    const storage = await storageForTest();
    const old = [];
    for (const n of [1, 2, 3]) old.push(await placeCall(storage, placed(priya, { at: noon + n })));
    const first = await storage.calls.list({
      query: '',
      conversations: [],
      statuses: [],
      after: null,
      limit: 1,
    });
    await placeCall(storage, placed(priya, { at: noon + 9 }));
    const second = await storage.calls.list({
      query: '',
      conversations: [],
      statuses: [],
      after: first.next,
      limit: 5,
    });
    expect(second.calls.map(({ call }) => call.id)).toEqual([old[1], old[0]]);
    expect(second.next).toBeNull();
  });

  it('refuses a key that it did not make', async () => {
    const storage = await storageForTest();
    const page = { query: '', conversations: [], statuses: [], after: 'WyJ4Iiwi', limit: 5 };
    await expect(storage.calls.list(page)).rejects.toMatchObject({ name: 'StorageError', code: 'other' });
  });

  it('shows the calls of the statuses asked for', async () => {
    const storage = await storageForTest();
    const dialing = await placeCall(storage, placed(priya));
    const queued = await placeCall(storage, placed(priya, { at: noon + 1 }), { queued: true });
    const withdrawn = await placeCall(storage, placed(ravi, { at: noon + 2 }), { queued: true });
    await storage.calls.append(withdrawn, { type: 'withdrawn', at: noon + 3 });
    expect(await find(storage, '', ['dialing'])).toEqual([dialing]);
    expect(await find(storage, '', ['withdrawn', 'queued'])).toEqual([withdrawn, queued]);
    expect(await find(storage, '98450', ['withdrawn', 'queued'])).toEqual([queued]);
    expect(await find(storage, '', ['busy'])).toEqual([]);
    expect(await find(storage, '', callStatuses)).toHaveLength(3);
  });
});

describe('the search over calls', () => {
  it('finds digits in a number, however they are written', async () => {
    const storage = await storageForTest();
    const id = await placeCall(storage, placed(priya));
    const other = await placeCall(storage, placed('+918067676767', { at: noon + 1 }));
    const forms = [
      '98450 12345',
      '+91 98450',
      '098450-12345',
      '(984) 501',
      '12345',
      '0091 98450',
      '९८४५०',
      '45',
    ];
    for (const query of forms) expect(await find(storage, query), query).toEqual([id]);
    expect(await find(storage, '9')).toEqual([other, id]);
    expect(await find(storage, '98451')).toEqual([]);
  });

  it('finds a number from its first call on, before it is in the index, in it, and after a restart', async () => {
    const dataDir = await temporaryDir();
    const numbers = Array.from({ length: 120 }, (_, n) => `+9198451${String(10_000 + n)}`);
    const first = await openStorage({ dataDir });
    for (const [n, e164] of numbers.entries()) await placeCall(first, placed(e164, { at: noon + n }));
    const again = await placeCall(first, placed(numbers[0] ?? '', { at: noon + 1000 }));
    for (const e164 of numbers.slice(1)) expect(await find(first, e164.slice(6)), e164).toHaveLength(1);
    await first.close();
    expect(indexedNumbers(dataDir)).toBeGreaterThanOrEqual(100);

    const second = await openStorage({ dataDir });
    for (const e164 of numbers.slice(1)) expect(await find(second, e164.slice(6)), e164).toHaveLength(1);
    expect(await find(second, (numbers[0] ?? '').slice(6))).toHaveLength(2);
    expect((await find(second, ''))[0]).toBe(again);
    await second.close();
    expect(indexedNumbers(dataDir)).toBe(numbers.length);
  });

  it('finds the digits of what is no number', async () => {
    const storage = await storageForTest();
    const id = await placeCall(storage, placed(priya, { number: { entered: '1800-FLOW-77', e164: null } }));
    expect(await find(storage, '180077')).toEqual([id]);
  });

  it('finds any part of the name or company of the contact', async () => {
    const storage = await storageForTest();
    await storage.contacts.save(contact('Priya Sharma प्रिया', [priya], { company: 'ACME José' }));
    const id = await placeCall(storage, placed(priya));
    await placeCall(storage, placed(ravi));
    for (const query of ['Priya', 'priya', 'RIY', 'sharma pri', 'प्रिया', 'Acme', 'jose', 'ac']) {
      expect(await find(storage, query), query).toEqual([id]);
    }
  });

  it('does not take a digit of one number for a call to another number of the contact', async () => {
    const storage = await storageForTest();
    await storage.contacts.save(contact('Priya', [priya, ravi]));
    await placeCall(storage, placed(ravi));
    expect(await find(storage, '98450')).toEqual([]);
  });

  it('takes the signs of SQL and of the index as text', async () => {
    const storage = await storageForTest();
    const id = await placeCall(storage, placed(priya));
    for (const query of ['"', "'; DROP TABLE calls --", '%', '_', '*', 'a" OR "b', '(', 'NOT']) {
      expect(await find(storage, query), query).toEqual([]);
    }
    // What is nothing but invisible asks for nothing.
    expect(await find(storage, '\u0000')).toEqual([id]);
  });
});

describe('the contact of a call', () => {
  it('is the one that has its number now', async () => {
    const storage = await storageForTest();
    const id = await placeCall(storage, placed(priya));
    const contactOf = async () => (await storage.calls.get(id))?.contact;
    expect(await contactOf()).toBeNull();
    const saved = await storage.contacts.save(contact('Priya', [ravi, priya]));
    expect(await contactOf()).toEqual({ id: saved.id, name: 'Priya' });
    await storage.contacts.remove(saved.id, noon);
    expect(await contactOf()).toBeNull();
    expect(await find(storage, 'Priya')).toEqual([]);
  });

  it('is called by its company where it has no name', async () => {
    const storage = await storageForTest();
    const saved = await storage.contacts.save(contact('', [priya], { company: 'Acme' }));
    const id = crypto.randomUUID();
    const result = await storage.calls.place(id, [placed(priya)], hashes(id), openGuard);
    expect(result).toMatchObject({ call: { contact: { id: saved.id, name: 'Acme' } } });
  });

  it('is the one saved last where two have the number', async () => {
    const storage = await storageForTest();
    const id = await placeCall(storage, placed(priya));
    await storage.contacts.save(contact('Newer', [priya], { updatedAt: noon + 1 }));
    await storage.contacts.save(contact('Older', [priya]));
    expect((await storage.calls.get(id))?.contact?.name).toBe('Newer');
    expect((await storage.contacts.byNumber(priya))?.name).toBe('Newer');
  });
});

describe('open calls', () => {
  it('are those without an end, oldest first', async () => {
    const storage = await storageForTest();
    const second = await placeCall(storage, placed(priya, { at: noon + 2 }));
    const ended = await placeCall(storage, placed(priya, { at: noon + 1 }), { queued: true });
    await storage.calls.append(ended, { type: 'withdrawn', at: noon + 1 });
    const first = await placeCall(storage, placed(priya, { at: noon }), { queued: true });
    await storage.calls.append(first, { type: 'held', at: noon });
    expect((await storage.calls.open()).map(({ call }) => call.id)).toEqual([first, second]);
    await storage.calls.append(first, { type: 'continued', at: noon });
    await storage.calls.append(first, sending(1), { hashes: hashes('again') });
    await storage.calls.append(first, { type: 'interrupted', at: noon });
    const open = await storage.calls.open();
    expect(open.map(({ call }) => call.status)).toEqual(['unconfirmed', 'dialing']);
    expect(open.some(({ call }) => isTerminal(call.status))).toBe(false);
  });
});
