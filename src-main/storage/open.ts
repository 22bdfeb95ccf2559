import { bundleUrl } from '../bundles.ts';
import type { ReaderOperations, WriterOperations } from './operations.ts';
import type { Storage } from './storage.ts';
import { startWorker } from './worker-client.ts';

export interface StorageOptions {
  /** Holds `flowdial.db`; made where it is missing. Its `lock.db` must be held (lock.ts). */
  readonly dataDir: string;
  /** The wall clock, ms UTC: which do-not-call entries a contact shows now. */
  readonly now?: () => number;
}

/** Opens the storage, bringing older data up to date. Rejects with a StorageError where it cannot be used. */
export async function openStorage({ dataDir, now = Date.now }: StorageOptions): Promise<Storage> {
  const writer = startWorker<WriterOperations>(bundleUrl('storage-writer'));
  const reader = startWorker<ReaderOperations>(bundleUrl('storage-reader'));
  try {
    // The writer first: it makes the file that the reader opens.
    await writer.open(dataDir);
    await reader.open(dataDir);
  } catch (error) {
    await Promise.all([reader.close(), writer.close()]);
    throw error;
  }
  return {
    calls: {
      place: (id, events, hashes, guard, inMinute) =>
        writer.ask('calls.place', id, events, hashes, guard, inMinute),
      append: (id, event, options) => writer.ask('calls.append', id, event, options),
      get: (id) => reader.ask('calls.get', id),
      events: (id) => reader.ask('calls.events', id),
      open: () => reader.ask('calls.open'),
      list: (page) => reader.ask('calls.list', page),
      recent: (e164, lineKey, since) => reader.ask('calls.recent', e164, lineKey, since),
      rebuild: (id) => reader.ask('calls.rebuild', id),
    },
    requests: {
      record: (lineKey, inMinute) => writer.ask('requests.record', lineKey, inMinute),
      lastMinutes: () => reader.ask('requests.lastMinutes'),
    },
    contacts: {
      list: (page) => reader.ask('contacts.list', page, now()),
      get: (id) => reader.ask('contacts.get', id, now()),
      byNumber: (e164) => reader.ask('contacts.byNumber', e164, now()),
      save: (contact) => writer.ask('contacts.save', contact, now()),
      remove: (id, at) => writer.ask('contacts.remove', id, at),
      restore: (id) => writer.ask('contacts.restore', id, now()),
    },
    doNotCall: {
      find: (e164, at) => reader.ask('doNotCall.find', e164, at),
      add: (e164s, entry) => writer.ask('doNotCall.add', e164s, entry),
      lift: (e164s, lifted) => writer.ask('doNotCall.lift', e164s, lifted),
    },
    async close() {
      // The writer last: the last connection to close moves the log into the database file.
      await reader.close();
      await writer.close();
    },
  };
}
