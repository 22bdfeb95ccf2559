import { describe, expect, it } from 'vitest';
import type { Storage } from '../../../src-main/storage/storage.ts';
import { asked, contact, noon, storageForTest } from '../../support/storage-samples.ts';

const priya = '+919845012345';
const ravi = '+918047191234';

async function names(storage: Storage, query = '') {
  const page = await storage.contacts.list({ query, after: null, limit: 200 });
  expect(page.total).toBe(page.contacts.length);
  return page.contacts.map(({ name, company }) => name || company);
}

describe('contacts', () => {
  it('are kept as they were saved', async () => {
    const storage = await storageForTest();
    const draft = {
      ...contact('Priya Sharma', []),
      company: 'Acme',
      note: 'Prefers mornings.\nSpeaks Kannada.',
      numbers: [
        { entered: '98450 12345', e164: priya, label: 'mobile' },
        { entered: 'ext. 12', e164: null, label: '' },
      ],
    };
    const saved = await storage.contacts.save(draft);
    expect(saved).toEqual({ ...draft, doNotCall: null });
    expect(await storage.contacts.get(draft.id)).toEqual(saved);
    expect(await storage.contacts.byNumber(priya)).toEqual(saved);
    expect(await storage.contacts.byNumber(ravi)).toBeNull();
  });

  it('are replaced as a whole by the same id', async () => {
    const storage = await storageForTest();
    const old = await storage.contacts.save(contact('Priya', [priya]));
    const saved = await storage.contacts.save(contact('Ravi', [ravi], { id: old.id, updatedAt: noon + 1 }));
    expect(await storage.contacts.get(old.id)).toEqual(saved);
    expect(await storage.contacts.byNumber(priya)).toBeNull();
    expect(await names(storage)).toEqual(['Ravi']);
    expect(await names(storage, 'Priya')).toEqual([]);
    expect(await names(storage, '98450')).toEqual([]);
  });

  it('go when they are removed, and come back as they were', async () => {
    const storage = await storageForTest();
    const saved = await storage.contacts.save(contact('Priya', [priya]));
    expect(await storage.contacts.remove(saved.id, noon)).toBe(true);
    expect(await storage.contacts.remove(saved.id, noon)).toBe(false);
    expect(await storage.contacts.get(saved.id)).toBeNull();
    expect(await storage.contacts.byNumber(priya)).toBeNull();
    expect(await names(storage)).toEqual([]);
    expect(await names(storage, 'Priya')).toEqual([]);
    expect(await storage.contacts.restore(saved.id)).toEqual(saved);
    expect(await names(storage, 'Priya')).toEqual(['Priya']);
    expect(await storage.contacts.restore(saved.id)).toEqual(saved);
  });

  it('come back when they are saved again', async () => {
    const storage = await storageForTest();
    const saved = await storage.contacts.save(contact('Priya', [priya]));
    await storage.contacts.remove(saved.id, noon);
    await storage.contacts.save(contact('Priya', [priya], { id: saved.id }));
    expect(await names(storage)).toEqual(['Priya']);
  });

  it('that were never there cannot be removed or brought back', async () => {
    const storage = await storageForTest();
    expect(await storage.contacts.remove(crypto.randomUUID(), noon)).toBe(false);
    expect(await storage.contacts.restore(crypto.randomUUID())).toBeNull();
    expect(await storage.contacts.get(crypto.randomUUID())).toBeNull();
  });
});

describe('the list of contacts', () => {
  it('goes by name, or by company where there is none, whatever the case and accents', async () => {
    const storage = await storageForTest();
    for (const name of ['Zoya', 'élan', 'Émile', 'प्रिया', 'asha', 'Ben']) {
      await storage.contacts.save(contact(name, []));
    }
    await storage.contacts.save(contact('', [], { company: 'Cobalt' }));
    expect(await names(storage)).toEqual(['asha', 'Ben', 'Cobalt', 'élan', 'Émile', 'Zoya', 'प्रिया']);
  });

  it('pages over a thousand contacts, each once, also where many have one name', async () => {
    const storage = await storageForTest();
    await Promise.all(
      Array.from({ length: 1000 }, (_, n) =>
        storage.contacts.save(contact(`Name ${String(Math.floor(n / 9)).padStart(4, '0')}`, [])),
      ),
    );
    const found: { id: string; name: string }[] = [];
    let after: string | null = null;
    do {
      const page = await storage.contacts.list({ query: 'name', after, limit: 130 });
      expect(page.total).toBe(1000);
      found.push(...page.contacts);
      after = page.next;
    } while (after !== null);
    expect(new Set(found.map(({ id }) => id)).size).toBe(1000);
    expect(found).toEqual(
      found.toSorted((one, other) => (`${one.name} ${one.id}` < `${other.name} ${other.id}` ? -1 : 1)),
    );
  });

  it('gives keys that fit the contract, however long a name is', async () => {
    const storage = await storageForTest();
    const long = '𠮷'.repeat(100);
    await storage.contacts.save(contact(long, []));
    await storage.contacts.save(contact(`${long}x`, []));
    const { next } = await storage.contacts.list({ query: '', after: null, limit: 1 });
    expect(next?.length).toBeLessThanOrEqual(500);
    const second = await storage.contacts.list({ query: '', after: next, limit: 1 });
    expect(second).toMatchObject({ contacts: [{}], next: null });
  });
});

describe('the search over contacts', () => {
  it('finds by any part of a name, a company or a number', async () => {
    const storage = await storageForTest();
    await storage.contacts.save(
      contact('Priya Sharma शर्मा', [priya, ravi], { company: 'Acme India 24 Aimé' }),
    );
    await storage.contacts.save(contact('Zoe', ['+919000000000']));
    const ways = {
      'any part of the name': 'arma',
      'any case': 'PRIYA',
      'any part of the company': 'cme in',
      'words of both, in any order': 'acme priya',
      Devanagari: 'शर्मा',
      'two letters': 'sh',
      'two letters of Devanagari': 'शर',
      'a name without its accents': 'aime',
      'digits in any form': '98450 123',
      'digits with the country': '+91 98450',
      'digits as dialled within the country': '080 4719',
      'a word and digits': 'priya 98450',
      'two digits': '45',
      'a number in a name': '24',
      'full-width digits': '９８４５０',
    };
    for (const [way, query] of Object.entries(ways)) {
      expect(await names(storage, query), way).toEqual(['Priya Sharma शर्मा']);
    }
  });

  it('finds nothing where not every word is there', async () => {
    const storage = await storageForTest();
    await storage.contacts.save(contact('Priya Sharma', [priya, ravi], { company: 'Acme' }));
    await storage.contacts.save(contact('Zoe', []));
    for (const query of ['priya zoe', '98451', 'sharmaacme', 'acme x', '%', '"']) {
      expect(await names(storage, query), query).toEqual([]);
    }
  });
});

describe('do-not-call entries', () => {
  it('are found by the number, or by another number of its contact', async () => {
    const storage = await storageForTest();
    expect(await storage.doNotCall.find(priya, noon)).toBeNull();
    await storage.doNotCall.add([priya], asked);
    expect(await storage.doNotCall.find(priya, noon)).toEqual(asked);
    expect(await storage.doNotCall.find(ravi, noon)).toBeNull();
    await storage.contacts.save(contact('Priya', [priya, ravi]));
    expect(await storage.doNotCall.find(ravi, noon)).toEqual(asked);
    const own = { ...asked, at: asked.at - 5, why: 'Their own' };
    await storage.doNotCall.add([ravi], own);
    expect(await storage.doNotCall.find(ravi, noon)).toEqual(own);
  });

  it('show on the contact as long as they stand', async () => {
    let now = noon;
    const storage = await storageForTest({ now: () => now });
    const { id } = await storage.contacts.save(contact('Priya', [priya, ravi]));
    await storage.doNotCall.add([ravi], { ...asked, until: noon + 10 });
    expect((await storage.contacts.get(id))?.doNotCall).toEqual({ ...asked, until: noon + 10 });
    expect((await storage.contacts.byNumber(priya))?.doNotCall?.why).toBe(asked.why);
    now = noon + 10;
    expect((await storage.contacts.get(id))?.doNotCall).toBeNull();
    const page = await storage.contacts.list({ query: '', after: null, limit: 1 });
    expect(page.contacts[0]?.doNotCall).toBeNull();
  });

  it('stand until all are lifted, and each is lifted once', async () => {
    const storage = await storageForTest();
    const lifted = { who: 'Asha', at: noon, why: 'Asked to be called' };
    await storage.doNotCall.add([priya, ravi, priya], asked);
    await storage.doNotCall.add([priya], asked);
    expect(await storage.doNotCall.lift([priya], lifted)).toBe(2);
    expect(await storage.doNotCall.lift([priya], lifted)).toBe(0);
    expect(await storage.doNotCall.find(priya, noon)).toBeNull();
    expect(await storage.doNotCall.find(ravi, noon)).toEqual(asked);
    expect(await storage.doNotCall.lift([priya, ravi], lifted)).toBe(1);
  });

  it('whose time is over cannot be lifted', async () => {
    const storage = await storageForTest();
    await storage.doNotCall.add([priya], { ...asked, until: noon });
    expect(await storage.doNotCall.lift([priya], { who: 'Asha', at: noon, why: 'x' })).toBe(0);
  });
});
