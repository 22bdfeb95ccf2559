import { randomBytes } from 'node:crypto';
import type { Agent } from 'undici';
import type { CallBook, PracticeCall } from './call-book.ts';
import type { ConnectForm } from './connect-form.ts';
import type { Script } from './endings.ts';
import { postStatusCallback } from './status-callback.ts';

export interface CustomerParts {
  readonly book: CallBook;
  /** Sends the callbacks. */
  readonly agent: Agent;
  readonly now: () => number;
  /** Runs once after `ms`, unless the practice line is closed before. */
  readonly after: (ms: number, run: () => void) => void;
  readonly ringMs: number;
  readonly talkMs: number;
  readonly recordingUrl: (sid: string) => string;
}

/**
 * Places a call: it waits a moment, rings, is picked up or not, ends as scripted, and tells by StatusCallback. What
 * Exotel answers to the request is returned: a call in progress, though asking shows first that it is queued.
 */
export function placeCall(form: ConnectForm, script: Script, parts: CustomerParts): PracticeCall {
  const { book, now, after } = parts;
  const createdAt = now();
  let call: PracticeCall = {
    sid: randomBytes(16).toString('hex'),
    from: form.from,
    to: form.callerId,
    status: 'queued',
    createdAt,
    updatedAt: createdAt,
    endedAt: null,
    recordingUrl: null,
  };
  const twinSid = randomBytes(16).toString('hex');

  function write(): void {
    if (script.listed === 'never') return;
    book.write(call);
    if (script.listed === 'twice') book.write({ ...call, sid: twinSid });
  }
  write();

  function move(change: Partial<PracticeCall>): void {
    call = { ...call, ...change, updatedAt: now() };
    write();
  }

  function end(): void {
    const recordingUrl = script.end === 'completed' ? parts.recordingUrl(call.sid) : null;
    move({ status: script.end, endedAt: now(), recordingUrl });
    const url = form.statusCallback;
    if (url === null) return;
    for (const ms of script.callbacksAfterMs) {
      after(ms, () => void postStatusCallback(url, call, parts.agent));
    }
  }

  after(parts.ringMs / 4, () => move({ status: 'ringing' }));
  after(parts.ringMs, () => {
    if (script.end !== 'completed') return end();
    move({ status: 'in-progress' });
    after(parts.talkMs, end);
  });
  return { ...call, status: 'in-progress' };
}
