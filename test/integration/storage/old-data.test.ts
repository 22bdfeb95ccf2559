import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { migrate } from '../../../src-main/storage/migrate.ts';
import { migrations } from '../../../src-main/storage/migrations/migrations.ts';
import { emptyReport } from '../../../src-shared/exotel-report.ts';
import { hashes, noon, storageForTest, temporaryDir } from '../../support/storage-samples.ts';

const line = { kind: 'account', host: 'api.in.exotel.com', accountSid: 'acme1' } as const;
const lineKey = 'api.in.exotel.com/acme1';
const priya = '+919845012345';
const ended = '0b7d9c1e-3f4a-4c59-9a55-0d4f3c1f2a10';
const out = '1b7d9c1e-3f4a-4c59-9a55-0d4f3c1f2a10';

/** A call as the first Flowdial wrote it, without anything that came later. */
function oldCall(id: string, status: string, more: Readonly<Record<string, unknown>> = {}) {
  return {
    id,
    number: { entered: '98450 12345', e164: priya },
    line,
    callerId: '08047191234',
    flowUrl: 'http://my.exotel.in/exoml/start/29281',
    overrode: ['outside-calling-hours'],
    status,
    reason: null,
    sid: 'abc',
    exotelStatus: status,
    placedAt: noon,
    sentAt: noon,
    attempts: 1,
    endedAt: null,
    updatedAt: noon + 1,
    byAsking: false,
    retryAt: null,
    dateCreated: null,
    dateUpdated: null,
    startTime: null,
    endTime: null,
    durationSeconds: null,
    price: null,
    recordingUrl: null,
    ...more,
  };
}

/** Its events, likewise. */
function oldEvents(status: string) {
  const { callerId, flowUrl, number, overrode } = oldCall(ended, status);
  const { conversationSeconds: _, legs: __, ...report } = emptyReport;
  return [
    { type: 'placed', at: noon, number, line, callerId, flowUrl, overrode },
    { type: 'sending', at: noon, attempt: 1, byAsking: false },
    { type: 'reported', at: noon + 1, source: 'callback', report: { ...report, sid: 'abc', status } },
  ];
}

/** A folder with the data that a Flowdial of this data version left. */
async function folderOf(version: number): Promise<string> {
  const dataDir = await temporaryDir();
  const db = new DatabaseSync(path.join(dataDir, 'flowdial.db'));
  migrate(db, migrations.slice(0, version));
  const insertCall = db.prepare(
    `INSERT INTO calls (id, e164, digits, line, status, is_open, placed_at, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertEvent = db.prepare(
    `INSERT INTO call_events (call_id, ${version < 5 ? 'seq' : 'nr'}, at, type, data, raw, key, times, last_at)
     VALUES (?, ?, ?, ?, ?, NULL, NULL, 1, ?)`,
  );
  const insertAttempt = db.prepare('INSERT INTO attempts VALUES (?, 1, ?, ?)');
  // Where numbers waited to be indexed in a table of their own, this one does.
  const numbers = version === 5 ? 'numbers_to_index' : 'called_numbers';
  db.exec(`INSERT INTO ${numbers} (digits) VALUES ('919845012345')`);
  let events = 0;
  for (const [id, status, more] of [
    [ended, 'completed', { endedAt: noon + 1 }],
    [out, 'in-progress', {}],
  ] as const) {
    const body = JSON.stringify(oldCall(id, status, more));
    insertCall.run(id, priya, '919845012345', lineKey, status, status === 'completed' ? 0 : 1, noon, body);
    for (const [index, event] of oldEvents(status).entries()) {
      events++;
      insertEvent.run(
        id,
        version < 5 ? index + 1 : events,
        event.at,
        event.type,
        JSON.stringify(event),
        event.at,
      );
    }
    insertAttempt.run(id, hashes(id).callback, hashes(id).customField);
  }
  db.close();
  return dataDir;
}

/** Each version that had calls. */
const versions = migrations.map((_, index) => index).slice(1);

describe.each(versions)('the calls of data version %i', (version) => {
  it('are all there, and nobody claims that anyone talked', async () => {
    const storage = await storageForTest({ dataDir: await folderOf(version) });
    const { call } = (await storage.calls.get(ended)) ?? {};
    expect(call).toMatchObject({
      status: 'completed',
      conversation: { state: 'unknown', since: null, seconds: null, why: null },
      flow: null,
      ringMeFirst: false,
      repNumber: null,
      calledOff: false,
      outcome: null,
      note: '',
      followUpAt: null,
      overrode: ['outside-calling-hours'],
      overrodeWhy: '',
    });
    expect(await storage.calls.figures(lineKey, noon)).toEqual({ calls: 2, talked: 0, talkSeconds: 0 });
    expect(await storage.calls.lastFlow(priya, lineKey)).toBeNull();
    expect(await storage.calls.countSince(priya, lineKey, noon)).toBe(2);
  });

  it('are the sum of their events still', async () => {
    const storage = await storageForTest({ dataDir: await folderOf(version) });
    for (const id of [ended, out]) {
      expect(await storage.calls.rebuild(id)).toEqual((await storage.calls.get(id))?.call);
      expect(await storage.calls.events(id)).toHaveLength(3);
    }
  });

  it('are found by status, number and conversation', async () => {
    const storage = await storageForTest({ dataDir: await folderOf(version) });
    const page = { query: '98450', statuses: [], after: null, limit: 50 };
    const unknown = await storage.calls.list({ ...page, conversations: ['unknown'] });
    expect(unknown.calls.map(({ call }) => call.id)).toEqual([out, ended]);
    expect((await storage.calls.list({ ...page, conversations: ['talked'] })).calls).toEqual([]);
  });

  it('take what the applets of their flow tell, by the secret that was sent then', async () => {
    const storage = await storageForTest({ dataDir: await folderOf(version) });
    expect(await storage.calls.openCustomFields()).toEqual(new Map([[out, [hashes(out).customField]]]));
    const told = {
      type: 'passthru',
      at: noon + 5,
      sid: 'abc',
      branch: 'talked',
      callType: 'completed',
      dialCallStatus: 'completed',
      onCallSeconds: 11,
      digits: null,
      recordingUrl: null,
    } as const;
    const customFieldHash = hashes(out).customField;
    expect(await storage.calls.append(out, told, { customFieldHash })).toMatchObject({
      call: { call: { conversation: { state: 'talked', seconds: 11 } } },
    });
    expect(await storage.calls.figures(lineKey, noon)).toEqual({ calls: 2, talked: 1, talkSeconds: 11 });
  });
});
