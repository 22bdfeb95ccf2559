import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { bundleUrl } from '../bundles.ts';
import type { Copy, ExportCounts } from '../../src-shared/contract/storage.ts';
import type { CopyAsked } from './copy-worker.ts';
import { flush, listCopies, stampOf } from './copies.ts';
import type { ExportAsked } from './export-worker.ts';
import { failureOf } from './failures.ts';
import { runLongJob } from './long-job.ts';
import { type Storage, StorageError } from './storage.ts';

/** The jobs of a storage that read the whole database. */
export type LongJobs = Pick<Storage, 'copies' | 'exportAll'> & {
  /** Ends those under way; resolves when nothing of them runs. */
  end(): Promise<void>;
};

export function createLongJobs(dataDir: string, now: () => number): LongJobs {
  const ending = new AbortController();
  const underWay = new Set<Promise<unknown>>();
  /** Two copies at once would take each other for leftovers. */
  let lastCopy: Promise<unknown> = Promise.resolve();

  function track<Value>(work: Promise<Value>): Promise<Value> {
    const settled = work.catch(() => undefined).finally(() => underWay.delete(settled));
    underWay.add(settled);
    return work;
  }

  async function copy(kind: Copy['kind']): Promise<Copy> {
    await lastCopy.catch(() => undefined);
    const asked: CopyAsked = { dataDir, kind, at: now() };
    return runLongJob(bundleUrl('storage-copy'), asked, { progress: () => {}, signal: ending.signal });
  }

  /** Under another name until it is whole, so that a folder that is there is an export that is done. */
  const exportAll: Storage['exportAll'] = async (job) => {
    const folder = path.join(dataDir, 'exports', `flowdial-${stampOf(now())}`);
    const part = `${folder}.part`;
    const asked: ExportAsked = { dataDir, folder: part };
    const signals = job.signal === undefined ? [ending.signal] : [ending.signal, job.signal];
    try {
      const counts = await runLongJob<ExportAsked, ExportCounts>(bundleUrl('storage-export'), asked, {
        progress: job.progress,
        signal: AbortSignal.any(signals),
      });
      await rename(part, folder);
      flush(path.dirname(folder));
      return { folder, counts };
    } catch (error) {
      // Why it failed is what must be told, also where nothing can be taken away.
      await rm(part, { recursive: true, force: true }).catch(() => undefined);
      const { code, message } = failureOf(error);
      throw new StorageError(code, message);
    }
  };

  return {
    copies: {
      list: async () => listCopies(dataDir),
      make(kind) {
        const made = track(copy(kind));
        lastCopy = made;
        return made;
      },
    },
    exportAll: (job) => track(exportAll(job)),
    async end() {
      ending.abort();
      await Promise.all(underWay);
    },
  };
}
