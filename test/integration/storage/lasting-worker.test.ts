import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { keepWorker } from '../../../src-main/storage/lasting-worker.ts';
import { temporaryDir } from '../../support/storage-samples.ts';

type Ask = { ask: (what: 'answer' | 'die once') => string };

/** A worker that dies of `die once` the first time, and answers with the way it was opened. */
const mortal = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { existsSync, writeFileSync } from 'node:fs';
    import { parentPort } from 'node:worker_threads';
    parentPort.once('message', ({ dataDir, again }) => {
      const died = dataDir + '/died';
      parentPort.on('message', (message) => {
        if (message === 'close') return parentPort.close();
        if (message.some(({ args }) => args[0] === 'die once') && !existsSync(died)) {
          writeFileSync(died, '');
          throw new Error('out of memory');
        }
        parentPort.postMessage(message.map(({ id }) => ({ id, value: again ? 'follower' : 'first' })));
      });
      if (again && existsSync(dataDir + '/locked')) {
        parentPort.postMessage({ opened: false, failure: { code: 'busy', message: 'Locked.' } });
        return parentPort.close();
      }
      parentPort.postMessage({ opened: true, restored: null });
    });`)}`,
);

async function start(repeats: boolean) {
  const dataDir = await temporaryDir();
  const worker = keepWorker<Ask>(mortal, { dataDir, now: 0 }, repeats);
  onTestFinished(() => worker.close());
  expect(await worker.open()).toBeNull();
  return { worker, dataDir };
}

describe('a storage worker that dies', () => {
  it('has a follower that answers the next request', async () => {
    const { worker } = await start(false);
    expect(await worker.ask('ask', 'answer')).toBe('first');
    await expect(worker.ask('ask', 'die once')).rejects.toMatchObject({
      name: 'StorageError',
      code: 'stopped',
    });
    expect(await Promise.all([worker.ask('ask', 'answer'), worker.ask('ask', 'answer')])).toEqual([
      'follower',
      'follower',
    ]);
  });

  it('with a write fails it, and does not write it again by itself', async () => {
    const { worker, dataDir } = await start(false);
    const write = worker.ask('ask', 'die once');
    const behind = worker.ask('ask', 'answer');
    await expect(write).rejects.toMatchObject({ code: 'stopped' });
    await expect(behind).rejects.toMatchObject({ code: 'stopped' });
    expect(existsSync(path.join(dataDir, 'died'))).toBe(true);
  });

  it('with a read is asked again through its follower', async () => {
    const { worker } = await start(true);
    expect(await worker.ask('ask', 'die once')).toBe('follower');
  });

  it('says why its follower cannot open, and is followed again once it can', async () => {
    const { worker, dataDir } = await start(false);
    await writeFile(path.join(dataDir, 'locked'), '');
    await expect(worker.ask('ask', 'die once')).rejects.toMatchObject({ code: 'stopped' });
    await expect(worker.ask('ask', 'answer')).rejects.toMatchObject({ code: 'busy', message: 'Locked.' });
    await rm(path.join(dataDir, 'locked'));
    expect(await worker.ask('ask', 'answer')).toBe('follower');
  });
});
