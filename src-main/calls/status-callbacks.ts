import { hash } from 'node:crypto';
import type { StatusCallback, StatusCallbackResult } from '../callbacks/server.ts';
import type { Clock, Log } from '../ports.ts';
import { StorageError } from '../storage/storage.ts';
import { hashSecret } from './attempt-secrets.ts';
import type { Recorder } from './recorder.ts';

/**
 * Takes a StatusCallback. The token in its URL proves that Exotel got it from us, so it counts even before the
 * answer to our request has come, or where that answer was lost. Exotel repeats a callback after 5 and 15 minutes
 * where it saw no 200: the same fields again are one event.
 */
export async function takeStatusCallback(
  callback: StatusCallback,
  parts: { readonly recorder: Recorder; readonly clock: Clock; readonly log: Log },
): Promise<StatusCallbackResult> {
  try {
    const result = await parts.recorder.append(
      callback.callId,
      { type: 'reported', at: parts.clock.now(), source: 'callback', report: callback.report },
      {
        callbackHash: hashSecret(callback.token),
        raw: callback.raw,
        key: hash('sha256', callback.raw),
      },
    );
    return result.outcome === 'stored' ? 'stored' : 'unknown';
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    parts.log.error('a StatusCallback could not be stored', { callId: callback.callId, code: error.code });
    return 'unavailable';
  }
}
