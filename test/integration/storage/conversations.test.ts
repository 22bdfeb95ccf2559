import { describe, expect, it } from 'vitest';
import type { Storage } from '../../../src-main/storage/storage.ts';
import { type CallEvent, lineKey } from '../../../src-shared/call-events.ts';
import { emptyReport } from '../../../src-shared/exotel-report.ts';
import type { ConversationState } from '../../../src-shared/conversation.ts';
import type { CallFlow } from '../../../src-shared/flow.ts';
import {
  account,
  hashes,
  noon,
  placeCall,
  placed,
  practice,
  sending,
  sha256,
  storageForTest,
} from '../../support/storage-samples.ts';

const priya = '+919845012345';
const ravi = '+918047191234';
const rep = '+919876543210';
const lead: CallFlow = { id: 'lead', name: 'New lead', kind: 'rings-me', colour: 'teal' };
const reminder: CallFlow = { id: 'reminder', name: 'Reminder', kind: 'automated', colour: 'violet' };
const line = lineKey(account);

const reported = (status: string, at = noon): CallEvent => ({
  type: 'reported',
  at,
  source: 'callback',
  report: { ...emptyReport, status },
});
const asked = (at = noon): CallEvent => ({ type: 'connect-asked', at, sid: null, to: rep, refused: null });
const talkedFor = (onCallSeconds: number, at = noon): CallEvent => ({
  type: 'passthru',
  at,
  sid: null,
  branch: 'talked',
  callType: 'completed',
  dialCallStatus: 'completed',
  onCallSeconds,
  digits: null,
  recordingUrl: null,
});
const noted = (text: string, at = noon): CallEvent => ({ type: 'noted', at, text });

function toLead(e164: string, at = noon, more: Parameters<typeof placed>[1] = {}) {
  return placed(e164, { at, flow: lead, repNumber: rep, ...more });
}

/** Places a call to a flow, after which these events come. */
async function call(storage: Storage, event: ReturnType<typeof placed>, events: readonly CallEvent[] = []) {
  const id = await placeCall(storage, event);
  for (const each of events) await storage.calls.append(id, each);
  return id;
}

describe('the figures', () => {
  it('count who talked, never who was only on the line', async () => {
    const storage = await storageForTest();
    await call(storage, toLead(priya), [reported('completed')]);
    await call(storage, toLead(priya), [asked(), reported('completed')]);
    await call(storage, toLead(priya), [talkedFor(11), reported('completed')]);
    await call(storage, toLead(ravi), [talkedFor(31)]);
    expect(await storage.calls.figures(line, noon)).toEqual({ calls: 4, talked: 2, talkSeconds: 42 });
  });

  it('count a talk that goes on, whose seconds are not known yet', async () => {
    const storage = await storageForTest();
    const told = {
      type: 'leg',
      at: noon,
      sid: null,
      what: 'answered',
      number: rep,
      onCallSeconds: null,
      word: 'Answered',
    } as const;
    const id = await call(storage, toLead(priya), [asked(), told]);
    expect(await storage.calls.figures(line, noon)).toEqual({ calls: 1, talked: 1, talkSeconds: 0 });
    await storage.calls.append(id, reported('completed', noon + 20_000));
    expect(await storage.calls.figures(line, noon)).toEqual({ calls: 1, talked: 1, talkSeconds: 20 });
  });

  it('are of one line, from a time on, to the millisecond', async () => {
    const storage = await storageForTest();
    await call(storage, toLead(priya, noon - 1), [talkedFor(5)]);
    await call(storage, toLead(priya, noon), [talkedFor(6)]);
    await call(storage, toLead(priya, noon, { line: practice }), [talkedFor(7)]);
    expect(await storage.calls.figures(line, noon)).toEqual({ calls: 1, talked: 1, talkSeconds: 6 });
    expect(await storage.calls.figures(line, noon - 1)).toMatchObject({ calls: 2, talkSeconds: 11 });
    expect(await storage.calls.figures('practice', 0)).toMatchObject({ calls: 1, talkSeconds: 7 });
    expect(await storage.calls.figures('other/line', 0)).toEqual({ calls: 0, talked: 0, talkSeconds: 0 });
  });
});

describe('the last flow of a number', () => {
  it('is that of its newest call on this line', async () => {
    const storage = await storageForTest();
    expect(await storage.calls.lastFlow(priya, line)).toBeNull();
    await call(storage, toLead(priya));
    await call(storage, placed(priya, { at: noon - 1, flow: reminder }));
    await call(storage, placed(priya, { at: noon + 1, flow: reminder, line: practice }));
    await call(storage, placed(ravi, { at: noon + 1, flow: reminder }));
    expect(await storage.calls.lastFlow(priya, line)).toBe('lead');
    expect(await storage.calls.lastFlow(priya, 'practice')).toBe('reminder');
    await call(storage, placed(priya, { at: noon + 2, flow: reminder }));
    expect(await storage.calls.lastFlow(priya, line)).toBe('reminder');
  });

  it('is not forgotten for a call that went to none: ring me first', async () => {
    const storage = await storageForTest();
    await call(storage, placed(priya, { flow: reminder }));
    await call(storage, placed(priya, { at: noon + 1, flow: null, ringMeFirst: true }));
    expect(await storage.calls.lastFlow(priya, line)).toBe('reminder');
  });
});

describe('how often a number was called', () => {
  it('counts what may have rung, on this line, from a time on', async () => {
    const storage = await storageForTest();
    await call(storage, placed(priya, { at: noon - 1 }));
    await call(storage, placed(priya), [reported('no-answer')]);
    await call(storage, placed(priya, { at: noon + 1 }));
    await call(storage, placed(ravi));
    await call(storage, placed(priya, { line: practice }));
    const withdrawn = await placeCall(storage, placed(priya), { queued: true });
    await storage.calls.append(withdrawn, { type: 'withdrawn', at: noon });
    const reason = { code: 'balance', customerCalled: 'no', httpStatus: 402, message: '' } as const;
    await call(storage, placed(priya), [{ type: 'refused', at: noon, reason }]);
    expect(await storage.calls.countSince(priya, line, noon)).toBe(2);
    expect(await storage.calls.countSince(priya, line, noon - 1)).toBe(3);
    expect(await storage.calls.countSince('+14155552671', line, 0)).toBe(0);
  });

  it('asks first in the transaction that writes the call, and lets one of two at once through', async () => {
    const storage = await storageForTest();
    const first = await call(storage, placed(priya));
    const guard = (calls: number, placedSince: number | null = null) => ({
      doNotCallAt: noon,
      placedSince,
      atMost: { calls, since: noon },
    });
    const place = (name: string, ...rule: Parameters<typeof guard>) => {
      const id = crypto.randomUUID();
      return storage.calls.place(id, [placed(priya), sending(1)], hashes(name), guard(...rule));
    };
    expect(await place('too many', 1)).toEqual({ outcome: 'recent', recent: null, calls: 1 });
    expect(await place('both', 1, noon)).toEqual({
      outcome: 'recent',
      recent: await storage.calls.get(first),
      calls: 1,
    });
    const two = await Promise.all([place('one', 2), place('other', 2)]);
    expect(two.map(({ outcome }) => outcome)).toEqual(['placed', 'recent']);
    expect(await storage.calls.countSince(priya, line, 0)).toBe(2);
  });
});

describe('the calls of a conversation', () => {
  it('are found by it, by status, and by both with a query', async () => {
    const storage = await storageForTest();
    const silent = await call(storage, toLead(priya, noon), [reported('completed')]);
    const waiting = await call(storage, toLead(priya, noon + 1), [asked()]);
    const talked = await call(storage, toLead(ravi, noon + 2), [talkedFor(5), reported('completed')]);
    const automated = await call(storage, placed(ravi, { at: noon + 3, flow: reminder }));
    const found = async (conversations: ConversationState[], query = '', statuses: 'completed'[] = []) => {
      const page = await storage.calls.list({ query, statuses, conversations, after: null, limit: 50 });
      return page.calls.map((each) => each.call.id);
    };
    expect(await found([])).toEqual([automated, talked, waiting, silent]);
    expect(await found(['talked'])).toEqual([talked]);
    expect(await found(['waiting', 'automated'])).toEqual([automated, waiting]);
    expect(await found(['unknown', 'talked'], '98450')).toEqual([silent]);
    expect(await found(['unknown', 'waiting'], '', ['completed'])).toEqual([silent]);
    expect(await found(['missed', 'left'])).toEqual([]);
  });

  it('are paged each once, while others lie between them', async () => {
    const storage = await storageForTest();
    const talked: string[] = [];
    for (let n = 0; n < 7; n++) {
      talked.unshift(await call(storage, toLead(priya, noon + n), [talkedFor(5)]));
      await call(storage, toLead(priya, noon + n));
    }
    const found: string[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<Storage['calls']['list']>> = await storage.calls.list({
        query: '',
        statuses: [],
        conversations: ['talked'],
        after,
        limit: 3,
      });
      found.push(...page.calls.map((each) => each.call.id));
      after = page.next;
    } while (after !== null);
    expect(found).toEqual(talked);
  });
});

describe('the proof by CustomField', () => {
  it('is the hash of any attempt of this call', async () => {
    const storage = await storageForTest();
    const id = await placeCall(storage, toLead(priya));
    const reason = { code: 'rate-limited', customerCalled: 'no', httpStatus: 429, message: '' } as const;
    await storage.calls.append(id, { type: 'rate-limited', at: noon, retryAt: noon + 1, reason });
    await storage.calls.append(id, sending(2), { hashes: hashes('second') });
    for (const customFieldHash of [hashes(id).customField, hashes('second').customField]) {
      const result = await storage.calls.append(id, talkedFor(5), { customFieldHash });
      expect(result).toMatchObject({ outcome: 'stored' });
    }
  });

  it('is nothing else, and without it nothing is written', async () => {
    const storage = await storageForTest();
    const id = await placeCall(storage, toLead(priya));
    const theirs = await placeCall(storage, toLead(ravi));
    const before = await storage.calls.get(id);
    const others = {
      'a hash of nobody': sha256('nobody'),
      'the hash of the StatusCallback’s address': hashes(id).callback,
      'the hash of another call': hashes(theirs).customField,
      'an empty text': '',
      'half a hash': hashes(id).customField.slice(0, 32),
      'no hash at all': 'zz',
    };
    for (const [what, customFieldHash] of Object.entries(others)) {
      const result = await storage.calls.append(id, talkedFor(5), { customFieldHash, key: 'k' });
      expect(result, what).toEqual({ outcome: 'wrong-token' });
    }
    expect(await storage.calls.get(id)).toEqual(before);
    expect(await storage.calls.events(id)).toHaveLength(2);
  });

  it('is known of all calls that are open, and of no other', async () => {
    const storage = await storageForTest();
    expect(await storage.calls.openCustomFields()).toEqual(new Map());
    await call(storage, toLead(priya), [reported('completed')]);
    await placeCall(storage, toLead(priya), { queued: true });
    const out = await call(storage, toLead(priya), [reported('in-progress')]);
    const again = await placeCall(storage, toLead(ravi));
    const reason = { code: 'rate-limited', customerCalled: 'no', httpStatus: 429, message: '' } as const;
    await storage.calls.append(again, { type: 'rate-limited', at: noon, retryAt: noon + 1, reason });
    await storage.calls.append(again, sending(2), { hashes: hashes('second') });
    const open = await storage.calls.openCustomFields();
    expect(new Map([...open].map(([id, each]) => [id, new Set(each)]))).toEqual(
      new Map([
        [out, new Set([hashes(out).customField])],
        [again, new Set([hashes(again).customField, hashes('second').customField])],
      ]),
    );
  });
});

describe('a note that is saved as it is typed', () => {
  const replacesLast = true;
  const events = async (storage: Storage, id: string) =>
    (await storage.calls.events(id)).map(({ event }) => (event.type === 'noted' ? event.text : event.type));

  it('is kept once, as it was typed last', async () => {
    const storage = await storageForTest();
    const id = await placeCall(storage, toLead(priya));
    for (const text of ['W', 'Wa', 'Wants a demo']) {
      await storage.calls.append(id, noted(text), { replacesLast });
    }
    expect(await events(storage, id)).toEqual(['placed', 'sending', 'Wants a demo']);
    expect((await storage.calls.get(id))?.call.note).toBe('Wants a demo');
    expect(await storage.calls.rebuild(id)).toEqual((await storage.calls.get(id))?.call);
  });

  it('takes away nothing that came between, nor a note before that', async () => {
    const storage = await storageForTest();
    const id = await placeCall(storage, toLead(priya));
    await storage.calls.append(id, noted('First'), { replacesLast });
    await storage.calls.append(id, reported('completed'));
    await storage.calls.append(id, noted('Second'), { replacesLast });
    await storage.calls.append(id, noted('Second, longer'), { replacesLast });
    expect(await events(storage, id)).toEqual(['placed', 'sending', 'First', 'reported', 'Second, longer']);
    expect(await storage.calls.rebuild(id)).toEqual((await storage.calls.get(id))?.call);
  });

  it('is another call’s own', async () => {
    const storage = await storageForTest();
    const one = await placeCall(storage, toLead(priya));
    const other = await placeCall(storage, toLead(ravi));
    await storage.calls.append(one, noted('One'), { replacesLast });
    await storage.calls.append(other, noted('Other'), { replacesLast });
    expect(await events(storage, one)).toEqual(['placed', 'sending', 'One']);
  });
});
