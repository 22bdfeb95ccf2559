import { randomBytes } from 'node:crypto';
import type { CallBook, PracticeCall } from './call-book.ts';
import type { Script } from './endings.ts';

/** A call as it changes, and as the list of calls shows it. */
export interface CallRecord {
  readonly get: () => PracticeCall;
  move(change: Partial<PracticeCall>): void;
}

/** Written at once, and listed as scripted. */
export function createRecord(
  first: PracticeCall,
  script: Script,
  { book, now }: { readonly book: CallBook; readonly now: () => number },
): CallRecord {
  let call = first;
  const twinSid = randomBytes(16).toString('hex');

  function write(): void {
    if (script.listed === 'never') return;
    book.write(call);
    if (script.listed === 'twice') book.write({ ...call, sid: twinSid });
  }
  write();
  return {
    get: () => call,
    move(change) {
      call = { ...call, ...change, updatedAt: now() };
      write();
    },
  };
}
