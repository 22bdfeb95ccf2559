import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { acquireLock, LockedError } from '../../../src-main/storage/lock.ts';
import { startStorageProcess } from '../../support/storage-process.ts';
import { noon, temporaryDir } from '../../support/storage-samples.ts';

function lockForTest(dataDir: string) {
  const lock = acquireLock(dataDir, { shell: 'browser', now: noon });
  onTestFinished(() => lock.release());
  return lock;
}

/** What a second start is told. */
function refusal(dataDir: string): LockedError {
  try {
    acquireLock(dataDir, { shell: 'electron', now: noon }).release();
  } catch (error) {
    if (error instanceof LockedError) return error;
    throw error;
  }
  throw new Error('The folder was free.');
}

describe('acquireLock', () => {
  it('makes the folder, for its owner only', async () => {
    const dataDir = path.join(await temporaryDir(), 'a', 'b');
    lockForTest(dataDir);
    if (process.platform === 'win32') return;
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
    expect((await stat(path.join(dataDir, 'lock.db'))).mode & 0o777).toBe(0o600);
  });

  it('tells a second start in this process who holds the folder', async () => {
    const dataDir = await temporaryDir();
    lockForTest(dataDir);
    const { holder, message } = refusal(dataDir);
    expect(holder).toEqual({ pid: process.pid, shell: 'browser', since: noon });
    expect(message).toContain(`the browser shell (process ${process.pid}, since 23 Nov 2026`);
    // Still held: to ask does not take it away.
    refusal(dataDir);
  });

  it('holds against another process until that one is killed', async () => {
    const dataDir = await temporaryDir();
    const child = startStorageProcess('lock', dataDir);
    await child.said(1);
    const { holder, message } = refusal(dataDir);
    expect(holder).toMatchObject({ pid: child.child.pid, shell: 'browser' });
    expect(message.split('. ')).toHaveLength(1);
    await child.kill();
    lockForTest(dataDir);
    expect(refusal(dataDir).holder?.pid).toBe(process.pid);
  });

  it('security 24: keeps another process out', async () => {
    const dataDir = await temporaryDir();
    const lock = lockForTest(dataDir);
    refusal(dataDir);
    const child = startStorageProcess('lock', dataDir);
    await child.said(1);
    expect(child.lines[0]).toContain(`LockedError: Flowdial is already running with the data in ${dataDir}`);
    lock.release();
    const next = startStorageProcess('lock', dataDir);
    await next.said(1);
    expect(refusal(dataDir).holder?.pid).toBe(next.child.pid);
  });

  it('holds it though nobody keeps what it gave, through every garbage collection', async () => {
    const dataDir = await temporaryDir();
    const child = startStorageProcess('lock', dataDir, ['--expose-gc']);
    await child.said(2);
    expect(child.lines).toEqual(['held', 'collected']);
    expect(refusal(dataDir).holder?.pid).toBe(child.child.pid);
  });

  it('gives the folder free, once', async () => {
    const dataDir = await temporaryDir();
    const first = lockForTest(dataDir);
    first.release();
    await expect(stat(path.join(dataDir, 'lock-holder.json'))).rejects.toMatchObject({ code: 'ENOENT' });
    lockForTest(dataDir);
    first.release();
    expect(refusal(dataDir).holder?.pid).toBe(process.pid);
  });

  it('still refuses where the holder left no readable word', async () => {
    const dataDir = await temporaryDir();
    lockForTest(dataDir);
    await writeFile(path.join(dataDir, 'lock-holder.json'), '{"pid":');
    const { holder, message } = refusal(dataDir);
    expect(holder).toBeNull();
    expect(message).toBe(
      `Flowdial is already running with the data in ${dataDir}: another program holds them.`,
    );
  });

  it('says where the folder cannot be used', async () => {
    const dataDir = path.join(await temporaryDir(), 'file');
    await writeFile(dataDir, '');
    expect(() => acquireLock(dataDir, { shell: 'browser', now: noon })).toThrow(
      expect.objectContaining({ name: 'StorageError' }),
    );
  });
});
