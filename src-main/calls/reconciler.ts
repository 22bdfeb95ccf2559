import {
  type Call,
  type CallEvent,
  type ExotelReport,
  isOut,
  isSought,
  type ListedReport,
  lineKey,
  readExotelStatus,
} from '../../src-shared/call.ts';
import type { ExotelClient, ReadOutcome } from '../exotel/client.ts';
import type { Clock, Log } from '../ports.ts';
import type { Storage, StoredCall } from '../storage/storage.ts';
import { backOffAfter, nextAskAfter, type Question } from './ask-schedule.ts';
import type { Lines } from './lines.ts';
import { type Finding, matchCalls, searchedMs, type SoughtCall } from './match-calls.ts';
import type { Recorder } from './recorder.ts';

/** Asks Exotel what became of calls, so that a lost answer, a lost callback, or no public address loses nothing. */
export interface Reconciler {
  /** Tells it of every change of a call. */
  follow(stored: StoredCall): void;
  /**
   * Asks for every call now: after a start or a sleep, when the network or the public address is back. What asking
   * changes is then told as changed while away, where a person was `away`.
   */
  catchUp(away: boolean): void;
  /** Ends all asking; resolves when no request is under way. */
  stop(): Promise<void>;
}

/** Exotel advises at most 20 Sids in a request (exotel-api.md, "Call details"). */
const sidsAtOnce = 20;
/** Exotel takes at most 5 customers in a search. */
const customersAtOnce = 5;

/** A call that Exotel's list has not shown for so long is settled as not found. */
const notFoundMs = 30 * 60_000;
/** A Sid that Exotel does not know for so long is settled as forgotten. */
const forgottenMs = 24 * 3_600_000;
/** A word of Exotel's that we do not know: its meaning is asked for soon. */
const unknownWordMs = 5000;
/** Whatever happens, a call is not asked for again within this. */
const leastBetweenMs = 10_000;

interface Followed {
  readonly call: Call;
  readonly question: Question;
  /** When the call was sent, or ended for `details`, by the monotonic clock. */
  readonly since: number;
  /** By the monotonic clock. */
  dueAt: number;
  askedAt: number;
}

interface LineState {
  failures: number;
  /** By the monotonic clock. */
  notBefore: number;
  hasList: boolean;
}

export function createReconciler(parts: {
  readonly clock: Clock;
  readonly log: Log;
  readonly lines: Lines;
  readonly recorder: Recorder;
  readonly storage: Storage;
  /** Others dial through this account too, so that a call found by number and time may be theirs. */
  readonly mayBeOthers: (line: string) => boolean;
  /** So many calls got news that came while the person was away. */
  readonly changedAway: (count: number) => void;
  /** This line's host has no list of calls. Told once in a run. */
  readonly listUnavailable: () => void;
}): Reconciler {
  const { clock, log, recorder } = parts;
  const followed = new Map<string, Followed>();
  const lineStates = new Map<string, LineState>();
  /** Sids that a call has only by number and time. */
  const matched = new Map<string, string>();
  let cancelTimer = () => {};
  let asking: Promise<void> = Promise.resolve();
  let busy = false;
  let stopped = false;
  /** Set where what the next round changes is told as changed while away. */
  let away = false;

  function follow({ call }: StoredCall): void {
    keepMatches(call);
    const question = questionOf(call);
    if (question === null) followed.delete(call.id);
    else followed.set(call.id, entryFor(call, question));
    schedule();
  }

  function entryFor(call: Call, question: Question): Followed {
    const before = followed.get(call.id);
    const begun = (question === 'details' ? call.endedAt : call.sentAt) ?? call.placedAt;
    const mono = clock.monotonic();
    const since = before?.question === question ? before.since : mono - Math.max(0, clock.now() - begun);
    const elapsed = mono - since;
    const isNew = before?.question !== question;
    // An older one was out when the program was not running: it is asked for at once.
    const isLate = isNew && elapsed > firstAsk(question);
    const next = nextAskAfter(question, elapsed);
    let dueAt = isNew ? (isLate ? mono : since + (next ?? elapsed)) : before.dueAt;
    const hasUnknownWord = call.exotelStatus !== null && readExotelStatus(call.exotelStatus) === null;
    if (hasUnknownWord && before?.call.exotelStatus !== call.exotelStatus) {
      dueAt = Math.min(dueAt, mono + unknownWordMs);
    }
    return { call, question, since, dueAt, askedAt: before?.askedAt ?? Number.NEGATIVE_INFINITY };
  }

  /** Where a Sid is proven for one call, whichever had it by number and time loses it. */
  function keepMatches(call: Call): void {
    if (call.sid === null) return;
    const other = matched.get(call.sid);
    if (call.match !== null) {
      matched.set(call.sid, call.id);
    } else if (other !== undefined) {
      matched.delete(call.sid);
      if (other !== call.id) undoMatch(other, call.sid);
    }
  }

  function undoMatch(callId: string, sid: string): void {
    recorder
      .append(callId, { type: 'not-mine', at: clock.now(), sid })
      .catch((error: unknown) => log.error('a wrong match stays', { callId, error: String(error) }));
  }

  function catchUp(wasAway: boolean): void {
    away ||= wasAway;
    const mono = clock.monotonic();
    for (const entry of followed.values()) {
      if (mono - entry.askedAt >= leastBetweenMs) entry.dueAt = Math.min(entry.dueAt, mono);
    }
    for (const state of lineStates.values()) {
      state.failures = 0;
      state.notBefore = mono;
    }
    schedule();
  }

  function schedule(): void {
    cancelTimer();
    if (stopped || busy) return;
    const due = [...followed.values()].reduce(
      (soonest, entry) => Math.min(soonest, Math.max(entry.dueAt, notBefore(entry))),
      Number.POSITIVE_INFINITY,
    );
    if (due === Number.POSITIVE_INFINITY) return;
    cancelTimer = clock.after(Math.max(0, due - clock.monotonic()), () => {
      busy = true;
      asking = askDue()
        .catch((error: unknown) => log.error('asking for calls failed', { error: String(error) }))
        .finally(() => {
          busy = false;
          schedule();
        });
    });
  }

  function notBefore({ call }: Followed): number {
    return lineStates.get(lineKey(call.line))?.notBefore ?? Number.NEGATIVE_INFINITY;
  }

  async function askDue(): Promise<void> {
    const mono = clock.monotonic();
    const due = [...followed.values()].filter((entry) => entry.dueAt <= mono && notBefore(entry) <= mono);
    for (const entry of due) {
      entry.askedAt = mono;
      entry.dueAt =
        entry.since + (nextAskAfter(entry.question, mono - entry.since) ?? Number.POSITIVE_INFINITY);
    }
    const tellNews = away;
    away = false;
    let changed = 0;
    for (const [line, entries] of Map.groupBy(due, (entry) => lineKey(entry.call.line))) {
      changed += await askLine(line, entries);
    }
    if (tellNews && changed > 0) parts.changedAway(changed);
  }

  /** The number of calls that got news. */
  async function askLine(line: string, due: readonly Followed[]): Promise<number> {
    const [first] = due;
    if (first === undefined || stopped) return 0;
    const client = await parts.lines.clientFor(first.call.line);
    if (client === null) {
      log.warn('calls of an account whose keys are not here cannot be asked for', { count: due.length });
      return 0;
    }
    const state = lineStates.get(line) ?? { failures: 0, notBefore: clock.monotonic(), hasList: true };
    lineStates.set(line, state);
    const sought = due.filter(({ question }) => question === 'sid');
    let changed = 0;
    for (const batch of batches(
      due.filter(({ question }) => question !== 'sid'),
      sidsAtOnce,
    )) {
      if (state.notBefore > clock.monotonic()) break;
      changed += await askForEnds(client, batch, state);
    }
    const customers = [...new Set(sought.flatMap(({ call }) => call.number.e164 ?? []))];
    for (const batch of batches(customers, customersAtOnce)) {
      if (state.notBefore > clock.monotonic() || !state.hasList) break;
      changed += await askForSids(client, line, new Set(batch), state);
    }
    return changed;
  }

  async function askForEnds(
    client: ExotelClient,
    entries: readonly Followed[],
    state: LineState,
  ): Promise<number> {
    const answer = await client.calls(entries.flatMap(({ call }) => call.sid ?? []));
    // One call alone, on a host without a list, is a 404.
    const isUnknown = answer.kind === 'failed' && answer.reason.code === 'not-found';
    if (!isUnknown && !noteFailure(answer, state, entries)) return 0;
    const reports = new Map((answer.kind === 'ok' ? answer.value : []).map((report) => [report.sid, report]));
    let changed = 0;
    for (const { call, question, since } of entries) {
      const report = call.sid === null ? undefined : reports.get(call.sid);
      if (report !== undefined) {
        if (tellsMore(call, report)) changed += await record(call.id, asked(report));
      } else if (question === 'end' && clock.monotonic() - since > forgottenMs) {
        changed += await record(call.id, { type: 'settled', at: clock.now(), as: 'forgotten' });
      }
      if (followed.get(call.id)?.dueAt === Number.POSITIVE_INFINITY) followed.delete(call.id);
    }
    return changed;
  }

  async function askForSids(
    client: ExotelClient,
    line: string,
    customers: ReadonlySet<string>,
    state: LineState,
  ): Promise<number> {
    // All that are sought, due or not: two of ours may want the same listed call.
    const entries = [...followed.values()].filter(
      ({ call, question }) =>
        question === 'sid' && lineKey(call.line) === line && customers.has(call.number.e164 ?? ''),
    );
    const sought = entries.flatMap(({ call }) => soughtCall(call));
    if (sought.length === 0) return 0;
    const sentAt = sought.map((call) => call.sentAt);
    const skewBefore = client.clockSkewMs() ?? 0;
    const answer = await client.search({
      customers: [...customers],
      from: Math.min(...sentAt) + skewBefore - searchedMs,
      until: Math.max(...sentAt) + skewBefore + searchedMs,
    });
    if (answer.kind === 'failed' && answer.reason.code === 'not-found') {
      state.hasList = false;
      parts.listUnavailable();
      return 0;
    }
    if (!noteFailure(answer, state, entries)) return 0;
    const since = Math.min(...entries.map(({ call }) => call.placedAt)) - searchedMs;
    const taken = await Promise.all(
      [...customers].map((e164) => parts.storage.calls.sidsOf(e164, line, since)),
    );
    const findings = matchCalls(sought, answer.value, {
      taken: new Set(taken.flat()),
      skewMs: client.clockSkewMs(),
      mayBeOthers: parts.mayBeOthers(line),
    });
    let changed = 0;
    for (const { call, since: sent } of entries) {
      const event = eventOf(findings.get(call.id), call, clock.monotonic() - sent);
      if (event !== null) changed += await record(call.id, event);
    }
    return changed;
  }

  function eventOf(finding: Finding | undefined, call: Call, elapsedMs: number): CallEvent | null {
    const at = clock.now();
    if (finding?.kind === 'one') return { type: 'matched', at, by: 'search', report: finding.report };
    if (finding?.kind === 'perhaps') {
      const isNews = !sameWords(finding.reports, call.candidates);
      return isNews ? { type: 'candidates', at, candidates: [...finding.reports] } : null;
    }
    return elapsedMs >= notFoundMs ? { type: 'settled', at, as: 'not-found' } : null;
  }

  /** False where there is no answer: the line is left alone for a while, and then asked for the same calls. */
  function noteFailure<T>(
    answer: ReadOutcome<T>,
    state: LineState,
    entries: readonly Followed[],
  ): answer is Extract<ReadOutcome<T>, { kind: 'ok' }> {
    if (answer.kind === 'ok') {
      state.failures = 0;
      return true;
    }
    const mono = clock.monotonic();
    state.failures++;
    state.notBefore = mono + backOffAfter(state.failures);
    for (const { call } of entries) {
      const entry = followed.get(call.id);
      if (entry !== undefined) entry.dueAt = mono;
    }
    log.warn('Exotel did not tell what became of calls', {
      count: entries.length,
      code: answer.reason.code,
    });
    return false;
  }

  function asked(report: ExotelReport): CallEvent {
    return { type: 'reported', at: clock.now(), source: 'asked', report };
  }

  /** 1 where the call's status is another one now, else 0. */
  async function record(callId: string, event: CallEvent): Promise<number> {
    const before = followed.get(callId)?.call.status;
    const result = await recorder.append(callId, event);
    return result.outcome === 'stored' && result.changed && result.call.call.status !== before ? 1 : 0;
  }

  return {
    follow,
    catchUp,
    async stop() {
      stopped = true;
      cancelTimer();
      await asking;
    },
  };
}

function questionOf(call: Call): Question | null {
  if (call.settled !== null) return null;
  if (isSought(call)) return 'sid';
  if (call.sid === null) return null;
  if (isOut(call.status)) return 'end';
  const lacksDetails = call.durationSeconds === null || call.price === null;
  return call.status === 'completed' && lacksDetails ? 'details' : null;
}

function firstAsk(question: Question): number {
  return nextAskAfter(question, 0) ?? 0;
}

function soughtCall(call: Call): SoughtCall[] {
  const { id, callerId: exoPhone, notMine } = call;
  const { e164 } = call.number;
  return e164 === null ? [] : [{ id, e164, exoPhone, notMine, sentAt: call.sentAt ?? call.placedAt }];
}

function batches<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, nr) =>
    all.slice(nr * size, (nr + 1) * size),
  );
}

/** Asking each minute would fill a call's history with what is known: only news is stored. */
function sameWords(some: readonly ListedReport[], others: readonly ListedReport[]): boolean {
  const words = (reports: readonly ListedReport[]) =>
    reports.map(({ sid, status }) => `${sid} ${status}`).join();
  return words(some) === words(others);
}

/** As above: "still ringing" is no news. */
function tellsMore(call: Call, report: ExotelReport): boolean {
  return (
    (report.status !== null && report.status !== call.exotelStatus) ||
    (['dateUpdated', 'startTime', 'endTime', 'durationSeconds', 'price', 'recordingUrl'] as const).some(
      (field) => report[field] !== null && report[field] !== call[field],
    )
  );
}
