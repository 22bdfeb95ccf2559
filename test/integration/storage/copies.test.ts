import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openForWriting } from '../../../src-main/storage/database.ts';
import { migrate } from '../../../src-main/storage/migrate.ts';
import { migrations } from '../../../src-main/storage/migrations/migrations.ts';
import { openStorage } from '../../../src-main/storage/open.ts';
import type { Copy } from '../../../src-shared/contract/storage.ts';
import { startUpkeep } from '../../../src-main/upkeep.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { mountSmallDisk, noSmallDisk } from '../../support/small-disk.ts';
import { noon, placeCall, placed, storageForTest, temporaryDir } from '../../support/storage-samples.ts';

const dayMs = 24 * 60 * 60 * 1000;

function copyFile(dataDir: string, copy: Copy): string {
  return path.join(dataDir, 'copies', copy.name);
}

function idsIn(file: string): unknown[] {
  const db = new DatabaseSync(file, { readOnly: true });
  const rows = db.prepare('SELECT id FROM calls ORDER BY id').all();
  db.close();
  return rows.map((row) => row['id']);
}

describe('a copy', () => {
  it('is a whole database, alone in its file, for its owner only', async () => {
    const dataDir = await temporaryDir();
    const storage = await storageForTest({ dataDir, now: () => noon });
    const id = await placeCall(storage, placed('+919845012345'));
    const copy = await storage.copies.make('asked');
    expect(copy).toEqual({
      name: 'flowdial-2026-11-23T06-30-00-000Z-asked.db',
      kind: 'asked',
      at: noon,
      bytes: statSync(copyFile(dataDir, copy)).size,
    });
    expect(await storage.copies.list()).toEqual([copy]);
    expect(readdirSync(path.join(dataDir, 'copies'))).toEqual([copy.name]);
    expect(idsIn(copyFile(dataDir, copy))).toEqual([id]);
    if (process.platform !== 'win32') expect(statSync(copyFile(dataDir, copy)).mode & 0o777).toBe(0o600);
  });

  it('holds one state, though calls are written meanwhile, and these are not held up', async () => {
    const dataDir = await temporaryDir();
    const storage = await storageForTest({ dataDir });
    const before = await placeCall(storage, placed('+919845012345'));
    let done = false;
    const copying = storage.copies.make('asked').finally(() => {
      done = true;
    });
    let written = 0;
    while (!done) {
      await placeCall(storage, placed('+919845012346'), { queued: true });
      written++;
    }
    const copy = await copying;
    expect(written).toBeGreaterThan(0);
    const ids = idsIn(copyFile(dataDir, copy));
    expect(ids).toContain(before);
    expect(ids.length).toBeLessThanOrEqual(written + 1);
  });

  it('leaves the seven newest of its kind, and those of other kinds', async () => {
    let now = noon;
    const storage = await storageForTest({ now: () => now });
    const asked = await storage.copies.make('asked');
    const daily: Copy[] = [];
    for (let day = 0; day < 9; day++) {
      now += dayMs;
      daily.unshift(await storage.copies.make('daily'));
    }
    expect(await storage.copies.list()).toEqual([...daily.slice(0, 7), asked]);
  });

  it('that was cut off does not count, and the next one clears it away', async () => {
    const dataDir = await temporaryDir();
    const storage = await storageForTest({ dataDir });
    mkdirSync(path.join(dataDir, 'copies'));
    const cutOff = path.join(dataDir, 'copies', 'flowdial-2026-11-23T06-30-00-000Z-daily.db.part');
    writeFileSync(cutOff, 'half');
    expect(await storage.copies.list()).toEqual([]);
    const copy = await storage.copies.make('daily');
    expect(readdirSync(path.join(dataDir, 'copies'))).toEqual([copy.name]);
  });

  it('ends with the storage', async () => {
    const dataDir = await temporaryDir();
    const storage = await openStorage({ dataDir });
    const copying = storage.copies.make('asked');
    const ended = expect(copying).rejects.toMatchObject({ name: 'StorageError', code: 'closed' });
    await storage.close();
    await ended;
    const again = await storageForTest({ dataDir });
    expect((await again.copies.make('asked')).kind).toBe('asked');
  });

  it.skipIf(noSmallDisk !== null)(
    `is refused in plain words where the disk is nearly full${noSmallDisk === null ? '' : ` (skipped: ${noSmallDisk})`}`,
    async () => {
      const disk = mountSmallDisk(16);
      onTestFinished(() => disk.remove());
      const dataDir = path.join(disk.dir, 'data');
      const storage = await openStorage({ dataDir });
      await expect(storage.copies.make('daily')).rejects.toMatchObject({
        code: 'full',
        message: expect.stringMatching(
          /^The disk is nearly full: a copy needs \d+ MB free, there are \d+ MB\.$/,
        ),
      });
      expect(await storage.copies.list()).toEqual([]);
      await storage.close();
    },
  );
});

describe('before an update changes the data', () => {
  it('they are copied as they were', async () => {
    const dataDir = await temporaryDir();
    const old = openForWriting(dataDir);
    migrate(old, migrations.slice(0, 1));
    old.close();
    const storage = await storageForTest({ dataDir });
    const [copy, ...others] = await storage.copies.list();
    expect(others).toEqual([]);
    expect(copy?.kind).toBe('before-update');
    const db = new DatabaseSync(path.join(dataDir, 'copies', copy?.name ?? ''), { readOnly: true });
    expect(db.prepare('PRAGMA user_version').get()).toEqual({ user_version: 1 });
    db.close();
  });

  it('new data are not copied, nor those of today', async () => {
    const dataDir = await temporaryDir();
    await (await openStorage({ dataDir })).close();
    const storage = await storageForTest({ dataDir });
    expect(await storage.copies.list()).toEqual([]);
  });
});

describe('the upkeep', () => {
  async function upkeepOf(now = noon) {
    const clock = createFakeClock(now);
    const storage = await storageForTest({ now: () => clock.now() });
    const tries: (string | null)[] = [];
    const silent = () => undefined;
    const upkeep = startUpkeep({
      storage,
      clock,
      log: { info: silent, warn: silent, error: silent },
      copied: (problem) => tries.push(problem),
    });
    onTestFinished(() => upkeep.stop());
    return { clock, storage, tries };
  }

  it('copies a minute after the start, and then once a day', async () => {
    const { clock, storage, tries } = await upkeepOf();
    await clock.advance(59_999);
    await clock.advance(1);
    await expect.poll(() => tries).toEqual([null]);
    await clock.advance(dayMs - 1);
    expect(await storage.copies.list()).toHaveLength(1);
    await clock.advance(60 * 60 * 1000);
    await expect.poll(() => tries).toEqual([null, null]);
    const [second, first] = await storage.copies.list();
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(dayMs);
  });

  it('removes bodies that are older than 30 days', async () => {
    const { clock, storage } = await upkeepOf(noon + 31 * dayMs);
    const id = await placeCall(storage, placed('+919845012345', { at: noon }));
    const reason = { code: 'balance', customerCalled: 'no', httpStatus: 402, message: '' } as const;
    await storage.calls.append(id, { type: 'refused', at: noon, reason }, { raw: 'old' });
    await clock.advance(60_000);
    // Nothing is left to remove once the upkeep has been here.
    await expect.poll(() => storage.copies.list()).toHaveLength(1);
    await expect.poll(() => storage.forgetRawBodies(0)).toBe(0);
  });
});
