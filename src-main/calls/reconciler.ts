import { type Call, isOut, lineKey } from '../../src-shared/call.ts';
import type { ExotelReport } from '../../src-shared/call.ts';
import type { Clock, Log } from '../ports.ts';
import type { StoredCall } from '../storage/storage.ts';
import type { Lines } from './lines.ts';
import type { Recorder } from './recorder.ts';

/** Asks Exotel what became of calls that are out, so that a lost callback, or no public address, loses nothing. */
export interface Reconciler {
  /** Tells it of every change of a call. */
  follow(stored: StoredCall): void;
  /** Ends all asking; resolves when no request is under way. */
  stop(): Promise<void>;
}

/** Exotel advises at most 20 Sids in a request (exotel-api.md, "Call details"). */
const batchSize = 20;

/** When to ask, ms after the call was sent: at 15, 30 and 60 s, then each minute (design.md, "The reconciler"). */
export function nextAskAfter(elapsedMs: number): number {
  const first = [15_000, 30_000, 60_000].find((at) => at > elapsedMs);
  return first ?? (Math.floor(elapsedMs / 60_000) + 1) * 60_000;
}

interface Followed {
  readonly call: Call & { readonly sid: string };
  dueAt: number;
}

export function createReconciler(parts: {
  readonly clock: Clock;
  readonly log: Log;
  readonly lines: Lines;
  readonly recorder: Recorder;
}): Reconciler {
  const followed = new Map<string, Followed>();
  let cancelTimer = () => {};
  let asking: Promise<void> = Promise.resolve();
  let busy = false;
  let stopped = false;

  function follow({ call }: StoredCall): void {
    const { sid } = call;
    if (!isOut(call.status) || sid === null) {
      followed.delete(call.id);
    } else {
      const dueAt = followed.get(call.id)?.dueAt ?? firstDue(call);
      followed.set(call.id, { call: { ...call, sid }, dueAt });
    }
    schedule();
  }

  function firstDue(call: Call): number {
    const sentAt = call.sentAt ?? call.placedAt;
    const elapsed = parts.clock.now() - sentAt;
    // Older ones were out when the program was not running: asked at once.
    return elapsed > 60_000 ? parts.clock.now() : sentAt + nextAskAfter(elapsed);
  }

  function schedule(): void {
    cancelTimer();
    if (stopped || busy || followed.size === 0) return;
    const next = Math.min(...[...followed.values()].map((entry) => entry.dueAt));
    cancelTimer = parts.clock.after(Math.max(0, next - parts.clock.now()), () => {
      busy = true;
      asking = askDue()
        .catch((error: unknown) => parts.log.error('asking for calls failed', { error: String(error) }))
        .finally(() => {
          busy = false;
          schedule();
        });
    });
  }

  async function askDue(): Promise<void> {
    const now = parts.clock.now();
    const due = [...followed.values()].filter((entry) => entry.dueAt <= now);
    for (const entry of due) {
      const sentAt = entry.call.sentAt ?? entry.call.placedAt;
      entry.dueAt = sentAt + nextAskAfter(now - sentAt);
    }
    const byLine = Map.groupBy(due, (entry) => lineKey(entry.call.line));
    for (const entries of byLine.values()) {
      for (let start = 0; start < entries.length && !stopped; start += batchSize) {
        await ask(entries.slice(start, start + batchSize).map((entry) => entry.call));
      }
    }
  }

  async function ask(calls: readonly Followed['call'][]): Promise<void> {
    const [first] = calls;
    if (first === undefined) return;
    const client = await parts.lines.clientFor(first.line);
    if (client === null) {
      parts.log.warn('calls of an account that is no longer set up cannot be asked for', {
        count: calls.length,
      });
      return;
    }
    const answer = await client.calls(calls.map((call) => call.sid));
    if (answer.kind === 'failed') {
      parts.log.warn('Exotel did not tell what became of calls', {
        count: calls.length,
        code: answer.reason.code,
      });
      return;
    }
    const reports = new Map(answer.value.map((report) => [report.sid, report]));
    for (const call of calls) {
      const report = reports.get(call.sid);
      if (report !== undefined && tellsMore(call, report)) await record(call.id, report);
    }
  }

  async function record(callId: string, report: ExotelReport): Promise<void> {
    await parts.recorder.append(callId, { type: 'reported', at: parts.clock.now(), source: 'asked', report });
  }

  return {
    follow,
    async stop() {
      stopped = true;
      cancelTimer();
      await asking;
    },
  };
}

/** Asking each minute would fill a call's history with "still ringing": only news is stored. */
function tellsMore(call: Call, report: ExotelReport): boolean {
  return (
    (report.status !== null && report.status !== call.exotelStatus) ||
    (['dateUpdated', 'startTime', 'endTime', 'durationSeconds', 'price', 'recordingUrl'] as const).some(
      (field) => report[field] !== null && report[field] !== call[field],
    )
  );
}
