import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { openForWriting } from '../../../src-main/storage/database.ts';
import { migrate } from '../../../src-main/storage/migrate.ts';
import { migrations } from '../../../src-main/storage/migrations/migrations.ts';
import { openStorage } from '../../../src-main/storage/open.ts';
import { apply } from '../../../src-shared/call.ts';
import { lineKey } from '../../../src-shared/call-events.ts';
import { emptyReport } from '../../../src-shared/exotel-report.ts';
import { hashes, noon, placeCall, placed, sending, temporaryDir } from '../../support/storage-samples.ts';

function schemaOf(db: DatabaseSync): unknown[] {
  return db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all();
}

function versionOf(db: DatabaseSync): unknown {
  return db.prepare('PRAGMA user_version').get()?.['user_version'];
}

function memoryDatabase(): DatabaseSync {
  return new DatabaseSync(':memory:');
}

describe('migrate', () => {
  it.each(migrations.map((_, version) => version))(
    'brings a database of version %i to today, as a new one is',
    (version) => {
      const fresh = memoryDatabase();
      migrate(fresh, migrations);
      const old = memoryDatabase();
      migrate(old, migrations.slice(0, version));
      expect(versionOf(old)).toBe(version);
      migrate(old, migrations);
      expect(versionOf(old)).toBe(migrations.length);
      expect(schemaOf(old)).toEqual(schemaOf(fresh));
    },
  );

  it('leaves a database of today as it is', () => {
    const db = memoryDatabase();
    migrate(db, migrations);
    const before = schemaOf(db);
    migrate(db, migrations);
    expect(schemaOf(db)).toEqual(before);
  });

  it('runs what is missing only, and all of it or nothing', () => {
    const db = memoryDatabase();
    const steps = [
      (to: DatabaseSync) => to.exec('CREATE TABLE one (a) '),
      (to: DatabaseSync) => to.exec('CREATE TABLE two (a)'),
    ];
    migrate(db, steps.slice(0, 1));
    const broken = [
      ...steps,
      () => {
        throw new Error('The third step fails.');
      },
    ];
    expect(() => migrate(db, broken)).toThrow('The third step fails.');
    expect(versionOf(db)).toBe(1);
    expect(schemaOf(db)).toMatchObject([{ name: 'one' }]);
    migrate(db, steps);
    expect(versionOf(db)).toBe(2);
    expect(schemaOf(db)).toMatchObject([{ name: 'one' }, { name: 'two' }]);
  });
});

describe('openStorage', () => {
  it('goes on with the calls, events and secrets of data from before 0005', async () => {
    const dataDir = await temporaryDir();
    const id = crypto.randomUUID();
    const event = placed('+919845012345');
    const call = apply(null, id, event);
    const old = openForWriting(dataDir);
    migrate(old, migrations.slice(0, 3));
    old
      .prepare("INSERT INTO calls VALUES (?, ?, '919845012345', ?, 'queued', 1, ?, ?)")
      .run(id, event.number.e164, lineKey(event.line), event.at, JSON.stringify(call));
    const insert = old.prepare('INSERT INTO call_events VALUES (?, ?, ?, ?, ?, NULL, NULL, 1, ?)');
    const sent = sending(1, noon + 1);
    // As they may lie in the file: not in their order.
    for (const [seq, each] of [[2, sent] as const, [1, event] as const]) {
      insert.run(id, seq, each.at, each.type, JSON.stringify(each), each.at);
    }
    const { callback, customField } = hashes('call');
    old.prepare('INSERT INTO attempts VALUES (?, 1, ?, ?)').run(id, callback, customField);
    old.exec("INSERT INTO called_numbers VALUES ('919845012345')");
    old.close();

    const storage = await openStorage({ dataDir });
    expect((await storage.calls.events(id)).map((stored) => stored.event)).toEqual([event, sent]);
    expect(
      (await storage.calls.list({ query: '450123', statuses: [], conversations: [], after: null, limit: 9 }))
        .calls,
    ).toHaveLength(1);
    const report = { ...emptyReport, sid: 'sid', status: 'completed' };
    const reported = { type: 'reported', at: noon + 2, source: 'callback', report } as const;
    expect(await storage.calls.append(id, reported, { callbackHash: callback })).toMatchObject({
      outcome: 'stored',
      call: { call: { status: 'completed' } },
    });
    expect((await storage.calls.events(id)).map((stored) => stored.event.type)).toEqual([
      'placed',
      'sending',
      'reported',
    ]);
    await storage.close();
  });

  it("refuses a newer version's data in plain words, and leaves them as they are", async () => {
    const dataDir = await temporaryDir();
    const storage = await openStorage({ dataDir });
    await placeCall(storage, placed('+919845012345'));
    await storage.close();
    const file = path.join(dataDir, 'flowdial.db');
    const db = new DatabaseSync(file);
    db.exec('PRAGMA user_version = 99');
    db.close();
    const before = await readFile(file);

    const opening = openStorage({ dataDir });
    await expect(opening).rejects.toMatchObject({ name: 'StorageError', code: 'newer-version' });
    await expect(opening).rejects.toThrow(
      `These data were written by a newer Flowdial (data version 99; this one knows ${migrations.length}). ` +
        'Nothing was changed. Install the newer Flowdial to open them.',
    );
    expect(await readFile(file)).toEqual(before);
  });

  it('says that a folder cannot be used', async () => {
    const dataDir = path.join(await temporaryDir(), 'file');
    await writeFile(dataDir, '');
    await expect(openStorage({ dataDir })).rejects.toMatchObject({ name: 'StorageError', code: 'other' });
  });

  it('says that a row holds what no Flowdial wrote', async () => {
    const dataDir = await temporaryDir();
    const first = await openStorage({ dataDir });
    const id = await placeCall(first, placed('+919845012345'));
    await first.close();
    const db = new DatabaseSync(path.join(dataDir, 'flowdial.db'));
    db.exec(`UPDATE calls SET body = '{"status":"talking"'`);
    db.close();
    const storage = await openStorage({ dataDir });
    await expect(storage.calls.get(id)).rejects.toMatchObject({ name: 'StorageError', code: 'other' });
    await storage.close();
  });
});
