import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { openForWriting } from '../../../src-main/storage/database.ts';
import { openStorage } from '../../../src-main/storage/open.ts';
import {
  asked,
  contact,
  noon,
  placeCall,
  placed,
  sending,
  hashes,
  storageForTest,
  temporaryDir,
} from '../../support/storage-samples.ts';
import { startStorageProcess } from '../../support/storage-process.ts';

const priya = '+919845012345';

/** The commits in SQLite's log: frames that carry the size of the database (https://sqlite.org/walformat.html). */
async function commitsInLog(dataDir: string): Promise<number> {
  const log = await readFile(path.join(dataDir, 'flowdial.db-wal'));
  const frameSize = 24 + log.readUInt32BE(8);
  let commits = 0;
  for (let frame = 32; frame + frameSize <= log.length; frame += frameSize) {
    if (log.readUInt32BE(frame + 4) !== 0) commits += 1;
  }
  return commits;
}

describe('what was stored', () => {
  it('is there after the storage was closed and opened again', async () => {
    const dataDir = await temporaryDir();
    const first = await openStorage({ dataDir });
    const id = await placeCall(first, placed(priya));
    const saved = await first.contacts.save(contact('Priya', [priya]));
    await first.doNotCall.add([priya], asked);
    const before = await first.calls.get(id);
    const events = await first.calls.events(id);
    await first.close();

    const second = await storageForTest({ dataDir });
    expect(await second.calls.get(id)).toEqual({ ...before, contact: { id: saved.id, name: 'Priya' } });
    expect(await second.calls.events(id)).toEqual(events);
    expect(await second.contacts.get(saved.id)).toEqual({ ...saved, doNotCall: asked });
  });

  it('is there after the process was killed, each call with all its events', async () => {
    const dataDir = await temporaryDir();
    const child = startStorageProcess('place', dataDir);
    await child.said(30);
    await child.kill();

    const storage = await storageForTest({ dataDir });
    expect(child.lines.length).toBeGreaterThanOrEqual(30);
    for (const id of child.lines) {
      expect((await storage.calls.get(id))?.call.status).toBe('dialing');
    }
    // One more may have been stored whose word was not out yet: it, too, is whole.
    const all = await storage.calls.open();
    expect(all.length - child.lines.length).toBeLessThanOrEqual(1);
    for (const { call } of all) expect(await storage.calls.rebuild(call.id)).toEqual(call);
  });

  it('includes what was under way when the storage was closed', async () => {
    const dataDir = await temporaryDir();
    const storage = await openStorage({ dataDir });
    const writes = Array.from({ length: 20 }, () => placeCall(storage, placed(priya)));
    await storage.close();
    const ids = await Promise.all(writes);
    const again = await storageForTest({ dataDir });
    expect(await again.calls.open()).toHaveLength(ids.length);
  });

  it('is seen by every read that starts after', async () => {
    const storage = await storageForTest();
    const id = await placeCall(storage, placed(priya), { queued: true });
    for (let n = 0; n < 50; n++) {
      await storage.calls.append(id, { type: 'held', at: noon });
      expect((await storage.calls.get(id))?.call.status).toBe('held');
      await storage.calls.append(id, { type: 'continued', at: noon });
      expect((await storage.calls.get(id))?.call.status).toBe('queued');
    }
  });
});

describe('writes at the same time', () => {
  it('share commits', async () => {
    const dataDir = await temporaryDir();
    const storage = await storageForTest({ dataDir });
    const ids = await Promise.all(
      Array.from({ length: 100 }, () => placeCall(storage, placed(priya), { queued: true })),
    );
    const before = await commitsInLog(dataDir);
    const results = await Promise.all(ids.map((id) => storage.calls.append(id, { type: 'held', at: noon })));
    expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(['stored']));
    const commits = (await commitsInLog(dataDir)) - before;
    expect(commits).toBeGreaterThan(0);
    expect(commits).toBeLessThan(20);
  });

  it('do not sink with one that fails', async () => {
    const storage = await storageForTest();
    const id = await placeCall(storage, placed(priya));
    const reason = { code: 'rate-limited', customerCalled: 'no', httpStatus: 429, message: '' } as const;
    const ids = await Promise.all(Array.from({ length: 20 }, () => placeCall(storage, placed(priya))));
    await storage.calls.append(id, { type: 'rate-limited', at: noon, retryAt: noon, reason });
    const before = await storage.calls.get(id);

    const held = ids.map((other) => storage.calls.append(other, { type: 'interrupted', at: noon }));
    // The first attempt is there already: the database itself refuses a second first attempt.
    const failing = storage.calls.append(id, sending(1), { hashes: hashes('again') });
    const after = ids.map((other) => storage.calls.append(other, { type: 'doubted', at: noon, reason }));

    await expect(failing).rejects.toMatchObject({ name: 'StorageError', code: 'other' });
    for (const result of await Promise.all([...held, ...after])) expect(result.outcome).toBe('stored');
    expect(await storage.calls.get(id)).toEqual(before);
    expect(await storage.calls.events(id)).toHaveLength(3);
    expect((await storage.calls.get(ids[7] ?? ''))?.call.status).toBe('unconfirmed');
  });

  it('are taken in the order they were asked for', async () => {
    const storage = await storageForTest();
    const id = await placeCall(storage, placed(priya), { queued: true });
    const results = await Promise.all([
      storage.calls.append(id, { type: 'held', at: noon }),
      storage.calls.append(id, { type: 'held', at: noon }),
      storage.calls.append(id, { type: 'continued', at: noon }),
      storage.calls.append(id, { type: 'withdrawn', at: noon }),
    ]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['stored', 'impossible', 'stored', 'stored']);
  });
});

describe('the file', () => {
  it('is written so that a commit outlasts a loss of power, which no test can cause', async () => {
    const db = openForWriting(await temporaryDir());
    const setting = (name: string) => Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];
    expect(setting('journal_mode')).toBe('wal');
    expect(setting('synchronous')).toBe(2); // FULL
    expect(setting('fullfsync')).toBe(1);
    expect(setting('checkpoint_fullfsync')).toBe(1);
    expect(setting('foreign_keys')).toBe(1);
    db.close();
  });

  it.skipIf(process.platform === 'win32')('is for its owner only', async () => {
    const dataDir = path.join(await temporaryDir(), 'new', 'folder');
    const storage = await storageForTest({ dataDir });
    await placeCall(storage, placed(priya));
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
    for (const name of ['flowdial.db', 'flowdial.db-wal', 'flowdial.db-shm']) {
      expect((await stat(path.join(dataDir, name))).mode & 0o777).toBe(0o600);
    }
  });

  it('is whole, with its log in it, once the storage is closed', async () => {
    const dataDir = await temporaryDir();
    const storage = await openStorage({ dataDir });
    await placeCall(storage, placed(priya));
    await storage.close();
    await expect(stat(path.join(dataDir, 'flowdial.db-wal'))).rejects.toMatchObject({ code: 'ENOENT' });
    const db = new DatabaseSync(path.join(dataDir, 'flowdial.db'), { readOnly: true });
    expect(db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    expect(db.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
    db.close();
  });

  it('holds the hashes of an attempt, and nothing else of its secrets', async () => {
    const dataDir = await temporaryDir();
    const storage = await openStorage({ dataDir });
    const id = await placeCall(storage, placed(priya));
    await storage.close();
    const db = new DatabaseSync(path.join(dataDir, 'flowdial.db'), { readOnly: true });
    const rows = db.prepare('SELECT type, callback_hash, custom_field_hash FROM call_events').all();
    expect(rows).toEqual([
      { type: 'placed', callback_hash: null, custom_field_hash: null },
      {
        type: 'sending',
        callback_hash: hashes(id).callback,
        custom_field_hash: hashes(id).customField,
      },
    ]);
    db.close();
  });
});

describe('a lifted do-not-call entry', () => {
  it('stays in the data with who, when and why', async () => {
    const dataDir = await temporaryDir();
    const storage = await openStorage({ dataDir });
    await storage.doNotCall.add([priya], asked);
    await storage.doNotCall.lift([priya], { who: 'Ravi', at: noon, why: 'Asked to be called' });
    await storage.close();
    const db = new DatabaseSync(path.join(dataDir, 'flowdial.db'), { readOnly: true });
    expect(db.prepare('SELECT * FROM do_not_call').all()).toEqual([
      {
        nr: 1,
        e164: priya,
        ...asked,
        lifted_at: noon,
        lifted_by: 'Ravi',
        lifted_why: 'Asked to be called',
      },
    ]);
    db.close();
  });
});
