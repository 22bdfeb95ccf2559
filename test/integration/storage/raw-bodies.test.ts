import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { migrate } from '../../../src-main/storage/migrate.ts';
import { migrations } from '../../../src-main/storage/migrations/migrations.ts';
import { rawBodies } from '../../../src-main/storage/raw-bodies.ts';
import { emptyReport } from '../../../src-shared/exotel-report.ts';
import type { Storage } from '../../../src-main/storage/storage.ts';
import { noon, placeCall, placed, storageForTest, temporaryDir } from '../../support/storage-samples.ts';

function rawIn(dataDir: string): unknown[] {
  const db = new DatabaseSync(path.join(dataDir, 'flowdial.db'), { readOnly: true });
  const rows = db.prepare('SELECT raw FROM call_events WHERE type = ? ORDER BY at').all('reported');
  db.close();
  return rows.map((row) => row['raw']);
}

function report(storage: Storage, id: string, at: number, status: string) {
  const event = { type: 'reported', at, source: 'callback', report: { ...emptyReport, status } } as const;
  return storage.calls.append(id, event, { raw: `Status=${status}`, key: `${status} ${at}` });
}

describe('forgetRawBodies', () => {
  it('removes old bodies of calls that are over; what was read from them, and their keys, stay', async () => {
    const dataDir = await temporaryDir();
    const storage = await storageForTest({ dataDir });
    const over = await placeCall(storage, placed('+919845012345'));
    const open = await placeCall(storage, placed('+919845012346'));
    await report(storage, over, noon + 1, 'completed');
    await report(storage, open, noon + 2, 'in-progress');
    await report(storage, over, noon + 5, 'busy');
    const before = await storage.calls.events(over);

    expect(await storage.forgetRawBodies(noon + 5)).toBe(1);
    expect(rawIn(dataDir)).toEqual([null, 'Status=in-progress', 'Status=busy']);
    expect(await storage.calls.events(over)).toEqual(before);
    expect(await storage.calls.rebuild(over)).toEqual((await storage.calls.get(over))?.call);
    expect(await report(storage, over, noon + 1, 'completed')).toMatchObject({ repeated: true });

    // Once the open one is over, its body goes too.
    await report(storage, open, noon + 3, 'completed');
    expect(await storage.forgetRawBodies(noon + 5)).toBe(2);
    expect(rawIn(dataDir)).toEqual([null, null, null, 'Status=busy']);
  });

  it('works in slices, each of which leaves the rest to the next', () => {
    const db = new DatabaseSync(':memory:');
    migrate(db, migrations);
    db.exec(`
      INSERT INTO calls (id, e164, digits, line, status, is_open, placed_at, body)
        VALUES ('call', NULL, '', 'practice', 'completed', 0, 0, '{}');
      WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 60000)
      INSERT INTO call_events (call_id, at, type, data, raw, times, last_at)
        SELECT 'call', 1, 'reported', '{}', 'raw', 1, 1 FROM n;
    `);
    const forget = rawBodies(db);
    const slices = [forget(2)];
    while (slices.at(-1)?.done === false) slices.push(forget(2));
    expect(slices.length).toBeGreaterThan(1);
    expect(slices.reduce((sum, { removed }) => sum + removed, 0)).toBe(60_000);
  });
});
