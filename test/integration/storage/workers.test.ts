import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { failureOf } from '../../../src-main/storage/failures.ts';
import { startWorker } from '../../../src-main/storage/worker-client.ts';
import { createWriter } from '../../../src-main/storage/writer.ts';
import { placeCall, placed, storageForTest } from '../../support/storage-samples.ts';

function workerOf(code: string): URL {
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`);
}

/** A worker of ours that does this where it should answer. */
function workerThat(does: string): URL {
  const serve = new URL('../../../src-main/storage/serve.ts', import.meta.url);
  return workerOf(`import { serve } from '${serve.href}';
    serve(() => ({ answer() { ${does}; }, close() {} }));`);
}

const opening = { dataDir: '', now: 0, again: false };

type Ask = { ask: () => string };

describe('a worker that dies', () => {
  it.each([
    ['throws', `throw new Error('out of memory')`, 'out of memory'],
    ['ends', 'process.exit(7)', 'exit code 7'],
  ])('because it %s rejects what waits and what comes, and can be closed', async (_, does, words) => {
    const worker = startWorker<Ask>(workerThat(does));
    await worker.open(opening);
    const waiting = [worker.ask('ask'), worker.ask('ask')];
    for (const request of waiting) {
      await expect(request).rejects.toMatchObject({ name: 'StorageError', code: 'stopped' });
      await expect(request).rejects.toThrow(words);
    }
    await expect(worker.ask('ask')).rejects.toThrow(words);
    await worker.close();
  });

  it('before it opens says so', async () => {
    const worker = startWorker<Ask>(workerOf('process.exit(3)'));
    await expect(worker.open(opening)).rejects.toMatchObject({ name: 'StorageError', code: 'stopped' });
    await worker.close();
  });
});

describe('a storage that is closed', () => {
  it('refuses, and can be closed twice', async () => {
    const storage = await storageForTest();
    const id = await placeCall(storage, placed('+919845012345'));
    await Promise.all([storage.close(), storage.close()]);
    await expect(storage.calls.get(id)).rejects.toMatchObject({ name: 'StorageError', code: 'closed' });
    await expect(placeCall(storage, placed('+919845012345'))).rejects.toMatchObject({ code: 'closed' });
  });
});

describe('the writer', () => {
  const request = (id: number, text: string) => ({ id, operation: 'write', args: [text] });

  function database() {
    const db = new DatabaseSync(':memory:');
    db.exec('CREATE TABLE texts (text TEXT NOT NULL) STRICT');
    const insert = db.prepare('INSERT INTO texts VALUES (?)');
    const operations = { write: (text: string) => void insert.run(text) };
    return { db, writer: createWriter(db, operations), texts: () => db.prepare('SELECT * FROM texts').all() };
  }

  it('stores what fits where the disk has no room for all of a batch, in its order', () => {
    const { db, writer, texts } = database();
    db.exec('PRAGMA max_page_count = 10');
    // SQLite then undoes the whole transaction by itself, also what went before.
    const answers = [
      ...writer.answer([request(1, 'a'), request(2, 'x'.repeat(100_000)), request(3, 'b')]),
    ].flat();
    const full = { code: 'full', message: expect.stringContaining('The disk is full.') };
    expect(answers).toEqual([
      { id: 1, value: undefined },
      { id: 2, failure: full },
      { id: 3, value: undefined },
    ]);
    expect(texts()).toEqual([{ text: 'a' }, { text: 'b' }]);
    expect([...writer.answer([request(4, 'b')])].flat()).toEqual([{ id: 4, value: undefined }]);
  });

  it('fails the one of a batch that its commit fails for, and stores the others', () => {
    const { db, writer, texts } = database();
    db.exec(`
      CREATE TABLE parents (id INTEGER PRIMARY KEY);
      CREATE TABLE children (parent REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED);
      CREATE TRIGGER orphan AFTER INSERT ON texts WHEN new.text = 'orphan'
        BEGIN INSERT INTO children VALUES (1); END;
    `);
    const answers = [...writer.answer([request(1, 'a'), request(2, 'orphan'), request(3, 'b')])].flat();
    expect(answers.map((answer) => 'failure' in answer)).toEqual([false, true, false]);
    expect(texts()).toEqual([{ text: 'a' }, { text: 'b' }]);
    expect([...writer.answer([request(4, 'a')])].flat()).toEqual([{ id: 4, value: undefined }]);
  });

  it('does a slice of long work behind every other write that waits, in a commit of its own', () => {
    const db = new DatabaseSync(':memory:');
    db.exec('CREATE TABLE texts (text TEXT NOT NULL) STRICT');
    const insert = db.prepare('INSERT INTO texts VALUES (?)');
    const write = (text: string) => void insert.run(text);
    const writer = createWriter(db, { write, slice: write }, new Set(['slice']));
    const slice = { id: 1, operation: 'slice', args: ['slice'] };
    const answers = Iterator.from(writer.answer([slice, request(2, 'a'), request(3, 'b')]));
    expect(answers.next().value).toEqual([
      { id: 2, value: undefined },
      { id: 3, value: undefined },
    ]);
    // Answered, so committed: nothing of the slice has begun.
    expect(db.isTransaction).toBe(false);
    expect(db.prepare('SELECT * FROM texts').all()).toEqual([{ text: 'a' }, { text: 'b' }]);
    expect(answers.toArray()).toMatchObject([[{ id: 1 }]]);
    expect(db.prepare('SELECT text FROM texts').all().at(-1)).toEqual({ text: 'slice' });
  });

  it('refuses an operation that is not there', () => {
    const { writer } = database();
    expect([...writer.answer([{ id: 1, operation: 'drop', args: [] }])].flat()).toMatchObject([
      { id: 1, failure: { code: 'other' } },
    ]);
  });
});

describe('a failure', () => {
  it('that SQLite names is told by its code and in plain words', () => {
    const caught = (run: () => unknown) => {
      try {
        run();
      } catch (error) {
        return failureOf(error);
      }
      throw new Error('It did not fail.');
    };
    const readOnly = new DatabaseSync(':memory:');
    readOnly.exec('PRAGMA query_only = ON');
    expect(caught(() => readOnly.exec('CREATE TABLE a (a)'))).toMatchObject({
      code: 'read-only',
      message: expect.stringContaining('The data folder cannot be written to.'),
    });
    const noSpace = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    expect(failureOf(noSpace)).toEqual({
      code: 'full',
      message: 'The disk is full. (ENOSPC: no space left on device)',
    });
    expect(failureOf('what?')).toEqual({ code: 'other', message: 'The database refused. (what?)' });
  });

  it.each([
    [5, 'busy'],
    [517, 'busy'],
    [6, 'busy'],
    [8, 'read-only'],
    [1032, 'read-only'],
    [11, 'damaged'],
    [26, 'damaged'],
    [13, 'full'],
    [2067, 'other'],
  ])('with the result code %i is %s', (errcode, code) => {
    expect(failureOf(Object.assign(new Error('x'), { errcode })).code).toBe(code);
  });
});
