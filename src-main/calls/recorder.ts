import type { CallEvent } from '../../src-shared/call-events.ts';
import type { Clock, Log } from '../ports.ts';
import {
  type AppendOptions,
  type AppendResult,
  type Storage,
  StorageError,
  type StoredCall,
} from '../storage/storage.ts';

/** Writes events and tells the windows. All that `calls/` writes after `place` goes through here. */
export interface Recorder {
  /** Once; rejects with a StorageError where it could not be stored. */
  append(callId: string, event: CallEvent, options?: AppendOptions): Promise<AppendResult>;
  /**
   * For what already happened on the wire: kept in memory and tried again until it is stored. Resolves with null
   * only where the program stops first; the call is then found `dialing` at the next start, and doubted.
   */
  appendSurely(callId: string, event: CallEvent): Promise<StoredCall | null>;
  /** The same for what came from outside: whether it was genuine is for the caller to see. */
  keep(callId: string, event: CallEvent, options: AppendOptions): Promise<AppendResult | null>;
  /** Tells the windows of a call that was written by `place`. Never throws. */
  announce(call: StoredCall): void;
  /** Ends all waiting for storage. */
  stop(): void;
}

const retryMs = 2000;

export function createRecorder(parts: {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly log: Log;
  readonly changed: (call: StoredCall) => void;
}): Recorder {
  let stopped = false;
  const waiting = new Set<() => void>();

  async function append(
    callId: string,
    event: CallEvent,
    options: AppendOptions = {},
  ): Promise<AppendResult> {
    const result = await parts.storage.calls.append(callId, event, options);
    if (result.outcome === 'stored' && (result.changed || result.repeated)) announce(result.call);
    return result;
  }

  /** A window or a tray that fails must not undo what was stored, nor keep what comes next from being stored. */
  function announce(stored: StoredCall): void {
    try {
      parts.changed(stored);
    } catch (error) {
      parts.log.error('not all were told of a call', { callId: stored.call.id, error: String(error) });
    }
  }

  async function appendSurely(callId: string, event: CallEvent): Promise<StoredCall | null> {
    const result = await keep(callId, event, {});
    if (result === null) return null;
    if (result.outcome === 'stored' || result.outcome === 'impossible') return result.call;
    throw new Error(`Call ${callId} took no "${event.type}": ${result.outcome}`);
  }

  async function keep(
    callId: string,
    event: CallEvent,
    options: AppendOptions,
  ): Promise<AppendResult | null> {
    for (;;) {
      try {
        return await append(callId, event, options);
      } catch (error) {
        if (!(error instanceof StorageError) || stopped) throw error;
        parts.log.error('an answer could not be stored; it is kept and tried again', {
          callId,
          event: event.type,
          code: error.code,
        });
        await pause();
        if (stopped) return null;
      }
    }
  }

  function pause(): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        waiting.delete(end);
        resolve();
      };
      const cancel = parts.clock.after(retryMs, done);
      const end = () => {
        cancel();
        done();
      };
      waiting.add(end);
    });
  }

  return {
    append,
    appendSurely,
    keep,
    announce,
    stop() {
      stopped = true;
      for (const end of waiting) end();
    },
  };
}
