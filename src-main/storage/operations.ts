import type { DatabaseSync } from 'node:sqlite';
import { callReads } from './call-reads.ts';
import { calledNumbers } from './called-numbers.ts';
import { callWrites } from './call-writes.ts';
import { contactReads } from './contact-reads.ts';
import { contactWrites } from './contact-writes.ts';
import { doNotCallReads, doNotCallWrites } from './do-not-call.ts';
import { requestReads, requestWrites } from './request-counts.ts';
import { rawBodies } from './raw-bodies.ts';

/** What the writer worker can be asked for. Each runs inside a transaction. */
export function writerOperations(db: DatabaseSync) {
  const calls = callWrites(db);
  const contacts = contactWrites(db);
  const doNotCall = doNotCallWrites(db);
  return {
    'calls.place': calls.place,
    'calls.append': calls.append,
    'requests.record': requestWrites(db).record,
    'contacts.save': contacts.save,
    'contacts.remove': contacts.remove,
    'contacts.restore': contacts.restore,
    'doNotCall.add': doNotCall.add,
    'doNotCall.lift': doNotCall.lift,
    'calledNumbers.indexSlice': calledNumbers(db).indexSlice,
    'rawBodies.forgetSlice': rawBodies(db),
  };
}

/** Of these, the ones that do a slice of long work (writer.ts). */
export const sliceOperations: ReadonlySet<string> = new Set<keyof WriterOperations>([
  'calledNumbers.indexSlice',
  'rawBodies.forgetSlice',
]);

export type WriterOperations = ReturnType<typeof writerOperations>;

/** What the reader worker can be asked for. Each sees one state of the database, with all that was committed before. */
export function readerOperations(db: DatabaseSync) {
  const calls = callReads(db);
  const contacts = contactReads(db);
  const doNotCall = doNotCallReads(db);
  return {
    'calls.get': calls.get,
    'calls.events': calls.events,
    'calls.open': calls.open,
    'calls.list': calls.list,
    'calls.recent': calls.recent,
    'calls.figures': calls.figures,
    'calls.countSince': calls.countSince,
    'calls.lastFlow': calls.lastFlow,
    'calls.openCustomFields': calls.openCustomFields,
    'calls.sidsOf': calls.sidsOf,
    'calls.unsettled': calls.unsettled,
    'calls.rebuild': calls.rebuild,
    'requests.lastMinutes': requestReads(db).lastMinutes,
    'contacts.list': contacts.list,
    'contacts.get': contacts.get,
    'contacts.byNumber': contacts.byNumber,
    'doNotCall.find': doNotCall.find,
  };
}
export type ReaderOperations = ReturnType<typeof readerOperations>;
