import type { Agent } from 'undici';
import type { CallBook } from './call-book.ts';
import type { After } from './first-of.ts';
import type { AppletFault, PastedUrls, Strictness } from './practice-line.ts';
import type { Telephone } from './practice-phone.ts';

/** What a call on the practice line needs to go its way. */
export interface CallParts {
  readonly book: CallBook;
  /** Sends the callbacks, and the requests of applets. */
  readonly agent: Agent;
  readonly now: () => number;
  readonly after: After;
  readonly ringMs: number;
  readonly talkMs: number;
  readonly recordingUrl: (sid: string) => string;
  readonly accountSid: string;
  readonly phone: Telephone;
  readonly urls: () => PastedUrls;
  readonly strictness: () => Strictness;
  readonly refused: (fault: AppletFault) => void;
}
