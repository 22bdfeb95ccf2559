import { sumOf } from '../../src-shared/call.ts';
import { bundleUrl } from '../bundles.ts';
import { watchDamage } from './damage.ts';
import { keepWorker } from './lasting-worker.ts';
import { createLongJobs } from './long-jobs.ts';
import type { ReaderOperations, WriterOperations } from './operations.ts';
import type { Storage } from './storage.ts';

/** The numbers of so many calls wait for the index at most, where none fails: those that wait are looked through. */
const numbersToIndex = 50;

export interface StorageOptions {
  /** Holds `flowdial.db`; made where it is missing. Its `lock.db` must be held (lock.ts). */
  readonly dataDir: string;
  /** The wall clock, ms UTC: which do-not-call entries a contact shows now, and the time of copies. */
  readonly now?: () => number;
}

/**
 * Opens the storage, setting a damaged database aside and bringing older data up to date. Rejects with a StorageError
 * where it cannot be used.
 */
export async function openStorage({ dataDir, now = Date.now }: StorageOptions): Promise<Storage> {
  const opened = { dataDir, now: now() };
  const writer = keepWorker<WriterOperations>(bundleUrl('storage-writer'), opened, false);
  const reader = keepWorker<ReaderOperations>(bundleUrl('storage-reader'), opened, true);
  const damage = watchDamage(dataDir);
  const jobs = createLongJobs(dataDir, now);
  let restored: Storage['restored'];
  try {
    // The writer first: it makes the file that the reader opens.
    restored = await writer.open();
    await reader.open();
  } catch (error) {
    await Promise.all([reader.close(), writer.close()]);
    throw error;
  }
  const read: typeof reader.ask = (operation, ...args) => damage.watch(reader.ask(operation, ...args));
  const write: typeof writer.ask = (operation, ...args) => {
    const refusal = damage.refusal();
    return refusal === null ? damage.watch(writer.ask(operation, ...args)) : Promise.reject(refusal);
  };

  let placed = 0;
  async function indexNumbers(): Promise<void> {
    while (!(await write('calledNumbers.indexSlice')));
  }
  /** Where it fails they wait on, and are found as before; a disk that fails tells whoever has something to lose. */
  const indexNumbersSoon = () => void indexNumbers().catch(() => undefined);
  indexNumbersSoon();

  return {
    calls: {
      async place(id, events, hashes, guard, inMinute) {
        const result = await write('calls.place', id, events, hashes, guard, inMinute);
        if (result.outcome !== 'placed') return result;
        if (++placed % numbersToIndex === 0) indexNumbersSoon();
        // Made here, not sent back: a dial waits for the answer.
        return { outcome: 'placed', call: { call: sumOf(id, events), contact: result.contact } };
      },
      append: (id, event, options) => write('calls.append', id, event, options),
      get: (id) => read('calls.get', id),
      events: (id) => read('calls.events', id),
      open: () => read('calls.open'),
      list: (page) => read('calls.list', page),
      recent: (e164, lineKey, since) => read('calls.recent', e164, lineKey, since),
      figures: (lineKey, since) => read('calls.figures', lineKey, since),
      countSince: (e164, lineKey, since) => read('calls.countSince', e164, lineKey, since),
      lastFlow: (e164, lineKey) => read('calls.lastFlow', e164, lineKey),
      openCustomFields: () => read('calls.openCustomFields'),
      sidsOf: (e164, lineKey, since) => read('calls.sidsOf', e164, lineKey, since),
      unsettled: (since) => read('calls.unsettled', since),
      rebuild: (id) => read('calls.rebuild', id),
    },
    requests: {
      record: (lineKey, inMinute) => write('requests.record', lineKey, inMinute),
      lastMinutes: () => read('requests.lastMinutes'),
    },
    contacts: {
      list: (page) => read('contacts.list', page, now()),
      get: (id) => read('contacts.get', id, now()),
      byNumber: (e164) => read('contacts.byNumber', e164, now()),
      save: (contact) => write('contacts.save', contact, now()),
      remove: (id, at) => write('contacts.remove', id, at),
      restore: (id) => write('contacts.restore', id, now()),
    },
    doNotCall: {
      find: (e164, at) => read('doNotCall.find', e164, at),
      add: (e164s, entry) => write('doNotCall.add', e164s, entry),
      lift: (e164s, lifted) => write('doNotCall.lift', e164s, lifted),
    },
    copies: { list: () => jobs.copies.list(), make: (kind) => damage.watch(jobs.copies.make(kind)) },
    exportAll: (job) => damage.watch(jobs.exportAll(job)),
    async forgetRawBodies(before) {
      for (let removed = 0; ; ) {
        const slice = await write('rawBodies.forgetSlice', before);
        removed += slice.removed;
        if (slice.done) return removed;
      }
    },
    restored,
    damaged: damage.seen,
    async close() {
      await jobs.end();
      // The writer last: the last connection to close moves the log into the database file.
      await reader.close();
      await writer.close();
    },
  };
}
