import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  accountSecrets,
  accountSettings,
  type CoreHarness,
  makeDataDir,
  startCoreHarness,
} from '../../support/core-harness.ts';
import { type FakeExotel, startFakeExotel } from '../../support/fake-exotel.ts';

let exotel: FakeExotel;
let data: ReturnType<typeof makeDataDir>;
let harness: CoreHarness;

async function start(): Promise<CoreHarness> {
  return startCoreHarness({
    dataDir: data.dir,
    settings: accountSettings(exotel.origin),
    secrets: accountSecrets,
  });
}

beforeEach(async () => {
  exotel = await startFakeExotel();
  data = makeDataDir();
  harness = await start();
});

afterEach(async () => {
  await harness.stop();
  await exotel.close();
  await data.remove();
});

/** Runs a whole export; its last word. */
async function exportAll() {
  for await (const word of await harness.client.storage.export()) if (word.state === 'done') return word;
  throw new Error('The export ended without its last word.');
}

function lines(file: string): unknown[] {
  const text = readFileSync(file, 'utf8');
  return text === ''
    ? []
    : text
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line));
}

/** Gives the history this many calls more, as copies of the first one. */
async function multiplyCalls(times: number): Promise<void> {
  await harness.stop();
  const db = new DatabaseSync(path.join(data.dir, 'flowdial.db'));
  db.exec(`
    CREATE TEMP TABLE n AS WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ${times}) SELECT * FROM n;
    INSERT INTO calls (id, e164, digits, line, status, is_open, placed_at, body)
      SELECT printf('%08x', n) || substr(id, 9), e164, digits, line, status, 0, placed_at - n,
      json_set(body, '$.id', printf('%08x', n) || substr(id, 9)) FROM n, (SELECT * FROM calls LIMIT 1);
    INSERT INTO call_events (call_id, at, type, data, raw, key, times, last_at)
      SELECT printf('%08x', n) || substr(call_id, 9), at, type, data, raw, key, times, last_at
      FROM n, (SELECT * FROM call_events);
  `);
  db.close();
  harness = await start();
}

describe('an export', () => {
  it('holds calls with their events, contacts, and do-not-call entries, lifted ones too', async () => {
    const { id } = await harness.place('9845012345');
    await harness.reaches(id, 'in-progress');
    const contactId = crypto.randomUUID();
    const draft = {
      name: '=cmd|Priya',
      company: '',
      note: 'two\nlines',
      numbers: [{ entered: '98450 12345', label: '' }],
    };
    await harness.client.contacts.save({ id: contactId, draft });
    const target = { number: '9845099999' };
    await harness.client.doNotCall.add({ target, why: 'Asked', until: null });
    await harness.client.doNotCall.lift({ target, why: 'Asked back' });
    await harness.client.contacts.remove({ id: contactId });

    const done = await exportAll();
    expect(done.counts).toEqual({ calls: 1, contacts: 1, doNotCall: 1 });
    expect(path.dirname(done.folder)).toBe(path.join(data.dir, 'exports'));
    expect(readdirSync(done.folder).sort()).toEqual([
      'calls.csv',
      'calls.jsonl',
      'contacts.jsonl',
      'do-not-call.jsonl',
    ]);
    const { call, events } = await harness.client.calls.get({ id });
    expect(lines(path.join(done.folder, 'calls.jsonl'))).toMatchObject([
      { call: { id: call.id, status: 'in-progress', sid: 'sid1' }, events },
    ]);
    expect(lines(path.join(done.folder, 'contacts.jsonl'))).toEqual([
      {
        id: contactId,
        name: '=cmd|Priya',
        company: '',
        note: 'two\nlines',
        numbers: [{ entered: '98450 12345', e164: '+919845012345', label: '' }],
        createdAt: expect.any(Number),
        updatedAt: expect.any(Number),
        removedAt: expect.any(Number),
      },
    ]);
    expect(lines(path.join(done.folder, 'do-not-call.jsonl'))).toMatchObject([
      {
        e164: '+919845099999',
        why: 'Asked',
        until: null,
        lifted: { who: expect.any(String), at: expect.any(Number), why: 'Asked back' },
      },
    ]);
    const [header, row] = readFileSync(path.join(done.folder, 'calls.csv'), 'utf8').split('\n');
    expect(header).toContain('id,placed_at,number,status');
    expect(row).toContain(`${id},`);
    if (process.platform !== 'win32') {
      expect(statSync(done.folder).mode & 0o777).toBe(0o700);
      expect(statSync(path.join(done.folder, 'calls.jsonl')).mode & 0o777).toBe(0o600);
    }
  });

  it('holds no secret: not the account’s, not an attempt’s, not one that Exotel sent back', async () => {
    const { id } = await harness.place('9845012345');
    await harness.reaches(id, 'in-progress');
    const secret = ((await exotel.connect(1)).form.get('CustomField') ?? '').split('.').at(-1) ?? '';
    expect(secret).not.toBe('');
    // As a callback's body is kept.
    const db = new DatabaseSync(path.join(data.dir, 'flowdial.db'), { timeout: 5000 });
    db.prepare("UPDATE call_events SET raw = ? WHERE type = 'accepted'").run(`CustomField=1.${id}.${secret}`);
    const hashes = db
      .prepare("SELECT callback_hash, custom_field_hash FROM call_events WHERE type = 'sending'")
      .all();
    db.close();
    const { folder } = await exportAll();
    const all = readdirSync(folder)
      .map((name) => readFileSync(path.join(folder, name), 'utf8'))
      .join('');
    const hidden = [secret, ...Object.values(accountSecrets), ...hashes.flatMap((row) => Object.values(row))];
    for (const text of hidden) expect(all).not.toContain(String(text));
  });

  it('does not hold up a call: one is sent while it goes on', async () => {
    const first = await harness.place('9845012345');
    await harness.reaches(first.id, 'in-progress');
    await multiplyCalls(30_000);
    const happened: string[] = [];
    const words = await harness.client.storage.export();
    const { value: word } = await words.next();
    expect(word).toMatchObject({ state: 'writing', total: 30_001 });
    const exporting = (async () => {
      for await (const next of words) if (next.state === 'done') happened.push('exported');
    })();
    const { id } = await harness.place('9845012346');
    await exotel.connect(2);
    await harness.reaches(id, 'in-progress');
    happened.push('called');
    await exporting;
    expect(happened).toEqual(['called', 'exported']);
  });

  it('that is cancelled leaves nothing', async () => {
    const first = await harness.place('9845012345');
    await harness.reaches(first.id, 'in-progress');
    await multiplyCalls(30_000);
    const words = await harness.client.storage.export();
    expect((await words.next()).value).toMatchObject({ state: 'writing' });
    await words.return?.(undefined);
    const folder = path.join(data.dir, 'exports');
    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);
  });

  it('that cannot be written says why', async () => {
    writeFileSync(path.join(data.dir, 'exports'), 'a file where the folder should be');
    await expect(exportAll()).rejects.toMatchObject({
      code: 'NOT_STORED',
      data: { problem: expect.any(String) },
    });
  });
});
