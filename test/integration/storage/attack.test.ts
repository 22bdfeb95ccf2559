import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { open, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { request } from 'undici';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { AppStatus } from '../../../src-shared/contract/app.ts';
import {
  accountSecrets,
  accountSettings,
  type CoreHarness,
  makeDataDir,
  startCoreHarness,
} from '../../support/core-harness.ts';
import { callXml, type FakeExotel, sendXml, startFakeExotel } from '../../support/fake-exotel.ts';
import { type PublicFront, startPublicFront } from '../../support/public-front.ts';
import { makeReadOnly, mountSmallDisk, noSmallDisk } from '../../support/small-disk.ts';
import { storageForTest } from '../../support/storage-samples.ts';

const skipped = noSmallDisk === null ? '' : ` (skipped: ${noSmallDisk})`;

let exotel: FakeExotel;
let front: PublicFront;
let dataDir: string;
let running: CoreHarness | null;

beforeEach(async () => {
  exotel = await startFakeExotel();
  front = await startPublicFront();
  const data = makeDataDir();
  dataDir = data.dir;
  running = null;
  onTestFinished(() => data.remove());
});

afterEach(async () => {
  await running?.stop();
  await exotel.close();
  await front.close();
});

async function start(dir = dataDir): Promise<CoreHarness> {
  running = await startCoreHarness({
    dataDir: dir,
    settings: accountSettings(exotel.origin),
    secrets: accountSecrets,
    front,
  });
  return running;
}

async function stop(): Promise<void> {
  await running?.stop();
  running = null;
}

/** Posts a StatusCallback to the address that was given with the n-th request; its HTTP status. */
async function callback(n: number, fields: Record<string, string>): Promise<number> {
  const given = (await exotel.connect(n)).form.get('StatusCallback') ?? '';
  const answer = await request(given, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });
  await answer.body.dump();
  return answer.statusCode;
}

/** The notices as a window sees them first. */
async function notices(harness: CoreHarness): Promise<AppStatus['notices']> {
  const stream = await harness.client.app.status();
  for await (const status of stream) return status.notices;
  throw new Error('There was no status.');
}

/** Overwrites the first page of a table, as a failing disk does. */
async function damageTable(dir: string, table: string): Promise<void> {
  const file = path.join(dir, 'flowdial.db');
  const db = new DatabaseSync(file);
  const row = db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(table);
  const size = Number(db.prepare('PRAGMA page_size').get()?.['page_size']);
  db.close();
  const handle = await open(file, 'r+');
  await handle.write(Buffer.alloc(size, 0xa5), 0, size, (Number(row?.['rootpage']) - 1) * size);
  await handle.close();
}

const nothingSent = () => expect(exotel.connects()).toHaveLength(0);

describe.skipIf(noSmallDisk !== null)(`a full disk${skipped}`, () => {
  it('refuses a call in plain words, sends nothing, and takes calls again when there is room', async () => {
    const disk = mountSmallDisk(8);
    onTestFinished(() => disk.remove());
    const harness = await start(path.join(disk.dir, 'data'));
    disk.fill();
    const id = crypto.randomUUID();
    // What the log file of SQLite has room for inside itself may still be taken: ask until it refuses.
    await expect(
      (async () => {
        for (let n = 0; n < 500; n++) {
          await harness.place(`98450${String(10_000 + n)}`, { id: n === 0 ? id : crypto.randomUUID() });
        }
      })(),
    ).rejects.toMatchObject({
      code: 'NOT_STORED',
      data: { problem: expect.stringContaining('The disk is full.') },
    });
    const refused = crypto.randomUUID();
    const before = exotel.connects().length;
    await expect(harness.place('9845099999', { id: refused })).rejects.toMatchObject({ code: 'NOT_STORED' });
    await expect(harness.client.calls.get({ id: refused })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    disk.free();
    const call = await harness.place('9845099999', { id: refused });
    await harness.reaches(call.id, 'in-progress');
    const sent = exotel.connects().map((connect) => connect.form.get('From'));
    expect(sent.length).toBeGreaterThan(before);
    expect(sent.filter((from) => from === '09845099999')).toHaveLength(1);
    await stop();
  });

  it('keeps an answer that came meanwhile until it is stored; callbacks get 503, and 200 after', async () => {
    const disk = mountSmallDisk(8);
    onTestFinished(() => disk.remove());
    const harness = await start(path.join(disk.dir, 'data'));
    exotel.answer((_, response) => {
      disk.fill();
      sendXml(response, 200, callXml({ Sid: 'sid1' }));
    });
    const { id } = await harness.place('9845012345');
    const fields = { CallSid: 'sid1', Status: 'completed', Note: 'x'.repeat(500) };
    await expect.poll(() => callback(1, fields)).toBe(503);
    expect((await harness.client.calls.get({ id })).call.status).not.toBe('completed');
    disk.free();
    await harness.reaches(id, 'in-progress');
    expect(await callback(1, fields)).toBe(200);
    const call = await harness.reaches(id, 'completed');
    expect(call).toMatchObject({ sid: 'sid1', status: 'completed' });
    expect(exotel.connects()).toHaveLength(1);
    await stop();
  });
});

describe.skipIf(noSmallDisk !== null)(`a read-only folder${skipped}`, () => {
  it('is refused at the start in plain words', async () => {
    await start();
    await stop();
    const undo = makeReadOnly(dataDir);
    try {
      await expect(start()).rejects.toMatchObject({
        name: 'StorageError',
        code: 'read-only',
        message: expect.stringContaining('The data folder cannot be written to.'),
      });
    } finally {
      undo();
    }
    await start();
  });
});

describe('a database that another program keeps locked', () => {
  it('refuses a call in plain words and sends nothing, and takes it when the lock is gone', async () => {
    const harness = await start();
    const file = path.join(dataDir, 'flowdial.db');
    const script = `
      const db = new (require('node:sqlite').DatabaseSync)(${JSON.stringify(file)});
      db.exec('BEGIN IMMEDIATE');
      process.stdout.write('locked');
      process.stdin.resume();`;
    const other = spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'pipe', 'inherit'] });
    onTestFinished(() => void other.kill());
    await once(other.stdout, 'data');
    await expect(harness.place('9845012345')).rejects.toMatchObject({
      code: 'NOT_STORED',
      data: { problem: expect.stringContaining('Another program keeps the database locked.') },
    });
    nothingSent();
    other.kill();
    await once(other, 'exit');
    const { id } = await harness.place('9845012345');
    await harness.reaches(id, 'in-progress');
  });
});

describe('a damaged database', () => {
  /** A call that the copy knows, and one that came after it. */
  async function historyWithCopy(): Promise<{ kept: string; lost: string; copiedAt: number }> {
    const harness = await start();
    const kept = await harness.place('9845012345');
    await harness.reaches(kept.id, 'in-progress');
    const draft = { name: 'Priya', company: '', note: '', numbers: [] };
    await harness.client.contacts.save({ id: crypto.randomUUID(), draft });
    const copy = await harness.client.storage.copyNow();
    const lost = await harness.place('9845012346');
    await harness.reaches(lost.id, 'in-progress');
    await stop();
    return { kept: kept.id, lost: lost.id, copiedAt: copy.at };
  }

  it.each([
    ['that is no database at all', (file: string) => writeFileSync(file, Buffer.alloc(8192, 'garbage '))],
    ['that lost its second half', (file: string) => truncateSync(file, 40_960)],
    ['that was emptied', (file: string) => truncateSync(file, 0)],
  ])('%s is set aside, and Flowdial goes on from the newest copy and says so', async (_, damage) => {
    const { kept, lost, copiedAt } = await historyWithCopy();
    damage(path.join(dataDir, 'flowdial.db'));
    const damaged = await readFile(path.join(dataDir, 'flowdial.db'));
    const harness = await start();
    const [notice] = await notices(harness);
    expect(notice).toMatchObject({ code: 'storage-restored', copyFrom: copiedAt });
    const setAside = notice?.code === 'storage-restored' ? notice.setAside : '';
    expect(readFileSync(setAside)).toEqual(damaged);
    expect((await harness.client.calls.get({ id: kept })).call.id).toBe(kept);
    await expect(harness.client.calls.get({ id: lost })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const next = await harness.place('9845012347');
    await harness.reaches(next.id, 'in-progress');
    // Once: the next start has nothing to say.
    await stop();
    expect(await notices(await start())).toEqual([]);
  });

  it('without a copy is set aside, and Flowdial begins empty and says so', async () => {
    writeFileSync(path.join(dataDir, 'flowdial.db'), Buffer.alloc(8192, 'garbage '));
    const harness = await start();
    expect(await notices(harness)).toMatchObject([{ code: 'storage-restored', copyFrom: null }]);
    const { id } = await harness.place('9845012345');
    await harness.reaches(id, 'in-progress');
  });

  it('passes over a copy that is damaged too', async () => {
    const { kept, copiedAt } = await historyWithCopy();
    await start();
    const newer = await running?.client.storage.copyNow();
    await stop();
    truncateSync(path.join(dataDir, 'copies', newer?.name ?? ''), 4096);
    truncateSync(path.join(dataDir, 'flowdial.db'), 4096);
    const harness = await start();
    expect(await notices(harness)).toMatchObject([{ code: 'storage-restored', copyFrom: copiedAt }]);
    expect((await harness.client.calls.get({ id: kept })).call.id).toBe(kept);
  });

  it('that is found in use takes no call any more, sends nothing, and is mended by the next start', async () => {
    const { kept, copiedAt } = await historyWithCopy();
    await damageTable(dataDir, 'contacts');
    const harness = await start();
    const sent = exotel.connects().length;
    await expect(harness.client.contacts.list({})).rejects.toThrow();
    await expect.poll(() => notices(harness)).toEqual([{ code: 'storage-damaged' }]);
    await expect(harness.place('9845012347')).rejects.toMatchObject({
      code: 'NOT_STORED',
      data: { problem: 'The database file is damaged: restart Flowdial, which repairs it.' },
    });
    expect(exotel.connects()).toHaveLength(sent);
    expect(await callback(1, { CallSid: 'sid1', Status: 'completed' })).toBe(503);
    await stop();

    const again = await start();
    expect(await notices(again)).toMatchObject([{ code: 'storage-restored', copyFrom: copiedAt }]);
    expect((await again.client.calls.get({ id: kept })).call.id).toBe(kept);
    // Exotel comes again with what got 503.
    expect(await callback(1, { CallSid: 'sid1', Status: 'completed' })).toBe(200);
  });

  it('whose setting aside was cut off is set aside by the next start', async () => {
    const { kept, copiedAt } = await historyWithCopy();
    const file = path.join(dataDir, 'flowdial.db');
    // As after a kill between the log's move and the file's: alone, the file looks sound.
    writeFileSync(path.join(dataDir, 'flowdial.db-set-aside'), 'flowdial.damaged-then.db');
    writeFileSync(path.join(dataDir, 'flowdial.damaged-then.db-wal'), 'the log');
    const before = readFileSync(file);
    const harness = await start();
    expect(await notices(harness)).toMatchObject([{ code: 'storage-restored', copyFrom: copiedAt }]);
    expect(readFileSync(path.join(dataDir, 'flowdial.damaged-then.db'))).toEqual(before);
    expect(existsSync(path.join(dataDir, 'flowdial.db-set-aside'))).toBe(false);
    expect((await harness.client.calls.get({ id: kept })).call.id).toBe(kept);
  });
});

it('an answer that came while another program held the database is kept until it is stored; callbacks get 503, and 200 after', async () => {
  const harness = await start();
  const other = new DatabaseSync(path.join(dataDir, 'flowdial.db'), { timeout: 5000 });
  onTestFinished(() => other.close());
  exotel.answer(({ method }, response) => {
    if (method === 'POST') other.exec('BEGIN IMMEDIATE');
    sendXml(response, 200, callXml({ Sid: 'sid1' }));
  });
  const { id } = await harness.place('9845012345');
  const fields = { CallSid: 'sid1', Status: 'completed' };
  expect(await callback(1, fields)).toBe(503);
  expect((await harness.client.calls.get({ id })).call).toMatchObject({ status: 'dialing', sid: null });
  await expect
    .poll(() => harness.log.join('\n'), { timeout: 15_000 })
    .toContain('an answer could not be stored; it is kept and tried again');
  other.exec('ROLLBACK');
  expect(await harness.reaches(id, 'in-progress')).toMatchObject({ sid: 'sid1' });
  expect(await callback(1, fields)).toBe(200);
  await harness.reaches(id, 'completed');
  expect(exotel.connects()).toHaveLength(1);
});

describe('a kill in the middle of an update of the data', () => {
  it('leaves them as they were', async () => {
    const harness = await start();
    const { id } = await harness.place('9845012345');
    await harness.reaches(id, 'in-progress');
    await stop();
    const child = fileURLToPath(new URL('../../support/migration-child.ts', import.meta.url));
    const update = spawn(process.execPath, [child, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(update.stdout, 'data');
    update.kill('SIGKILL');
    await once(update, 'exit');
    const storage = await storageForTest({ dataDir });
    expect(storage.restored).toBeNull();
    expect((await storage.calls.get(id))?.call.status).toBe('in-progress');
    expect(await storage.calls.rebuild(id)).toEqual((await storage.calls.get(id))?.call);
    expect(await storage.doNotCall.find('+919845012345', 0)).toBeNull();
    expect(await readdir(dataDir)).not.toContain('flowdial.db-set-aside');
  });
});
