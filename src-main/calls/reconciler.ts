import { type Call, isOut, isSought, readExotelStatus } from '../../src-shared/call.ts';
import { type CallEvent, lineKey } from '../../src-shared/call-events.ts';
import { assertNever } from '../../src-shared/errors.ts';
import type { Clock, Log } from '../ports.ts';
import type { Storage, StoredCall } from '../storage/storage.ts';
import { askForEnds, askForSids, type AskedCall, type Told } from './ask-exotel.ts';
import { backOffAfter, nextAskAfter, type Question } from './ask-schedule.ts';
import type { Lines } from './lines.ts';
import type { Recorder } from './recorder.ts';

/** Asks Exotel what became of calls, so that a lost answer, a lost callback, or no public address loses nothing. */
export interface Reconciler {
  /** Tells it of every change of a call. */
  follow(stored: StoredCall): void;
  /**
   * Asks for every call now: after a start or a sleep, when the network, the public address or the rep is back. What asking
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

/** A line that failed is not asked again until then, by the monotonic clock. */
interface Failing {
  readonly inARow: number;
  readonly until: number;
}

export function createReconciler(parts: {
  readonly clock: Clock;
  readonly log: Log;
  readonly lines: Lines;
  readonly recorder: Recorder;
  readonly storage: Storage;
  /** Others dial through this account too, so that a call found by number and time may be theirs. */
  readonly mayBeOthers: (line: string) => boolean;
  /** Not Away: somebody sees what is asked for. */
  readonly repIsThere: () => boolean;
  /** So many calls got news that came while the person was away. */
  readonly changedAway: (count: number) => void;
  /** This line's host has no list of calls. Told once in a run. */
  readonly listUnavailable: () => void;
}): Reconciler {
  const { clock, log, recorder } = parts;
  const followed = new Map<string, Followed>();
  const failures = new Map<string, Failing>();
  /** Lines whose host has no list to search. */
  const withoutList = new Set<string>();
  /** Sids that a call has only by number and time. */
  const matched = new Map<string, string>();
  let cancelTimer = () => {};
  /** When it will be looked for calls to ask for, by the monotonic clock. */
  let timerAt = Number.POSITIVE_INFINITY;
  let asking: Promise<void> = Promise.resolve();
  let busy = false;
  let stopped = false;
  /** Set where what the next round changes is told as changed while away. */
  let away = false;

  function follow({ call }: StoredCall): void {
    keepMatches(call);
    const question = questionOf(call);
    if (question === null) {
      followed.delete(call.id);
      return;
    }
    const entry = entryFor(call, question);
    followed.set(call.id, entry);
    wakeAt(askableAt(entry));
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
    let dueAt = before?.dueAt ?? mono;
    if (isNew) {
      const next = nextAskAfter(question, elapsed, parts.repIsThere());
      dueAt = isLate ? mono : since + (next ?? elapsed);
    }
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
    // With nothing to ask for, the next round is about calls of today.
    away ||= wasAway && followed.size > 0;
    const mono = clock.monotonic();
    for (const entry of followed.values()) {
      entry.dueAt = Math.min(entry.dueAt, Math.max(mono, entry.askedAt + leastBetweenMs));
    }
    failures.clear();
    schedule();
  }

  function schedule(): void {
    cancelTimer();
    timerAt = Number.POSITIVE_INFINITY;
    let soonest = Number.POSITIVE_INFINITY;
    for (const entry of followed.values()) soonest = Math.min(soonest, askableAt(entry));
    wakeAt(soonest);
  }

  /** A change of one call looks at no other: there may be thousands, and they change in bursts. */
  function wakeAt(at: number): void {
    if (stopped || busy || at >= timerAt) return;
    cancelTimer();
    timerAt = at;
    cancelTimer = clock.after(Math.max(0, at - clock.monotonic()), () => {
      timerAt = Number.POSITIVE_INFINITY;
      busy = true;
      asking = askDue()
        .catch((error: unknown) => log.error('asking for calls failed', { error: String(error) }))
        .finally(() => {
          busy = false;
          schedule();
        });
    });
  }

  function askableAt({ call, dueAt }: Followed): number {
    return Math.max(dueAt, failures.get(lineKey(call.line))?.until ?? Number.NEGATIVE_INFINITY);
  }

  async function askDue(): Promise<void> {
    const mono = clock.monotonic();
    const due = [...followed.values()].filter((entry) => askableAt(entry) <= mono);
    for (const entry of due) {
      entry.askedAt = mono;
      const next = nextAskAfter(entry.question, mono - entry.since, parts.repIsThere());
      entry.dueAt = entry.since + (next ?? Number.POSITIVE_INFINITY);
    }
    const tellNews = away;
    away = false;
    let changed = 0;
    for (const [line, entries] of Map.groupBy(due, (entry) => lineKey(entry.call.line))) {
      changed += await askLine(line, entries);
    }
    if (tellNews && changed > 0) parts.changedAway(changed);
  }

  /** The number of calls whose status is another one now. */
  async function askLine(line: string, due: readonly Followed[]): Promise<number> {
    const [first] = due;
    if (first === undefined || stopped) return 0;
    const client = await parts.lines.clientFor(first.call.line);
    if (client === null) {
      log.warn('calls of an account whose keys are not here cannot be asked for', { count: due.length });
      return 0;
    }
    let changed = 0;
    const known = due.filter(({ question }) => question !== 'sid');
    for (const batch of batches(known, sidsAtOnce)) {
      if (isLeftAlone(line)) return changed;
      changed += await take(line, batch, await askForEnds(client, batch.map(asAsked), clock.now()));
    }
    const sought = due.filter(({ question }) => question === 'sid');
    const customers = [...new Set(sought.map(({ call }) => call.number.e164))];
    for (const batch of batches(customers, customersAtOnce)) {
      if (isLeftAlone(line) || withoutList.has(line)) return changed;
      const all = soughtOf(line, new Set(batch));
      const options = { mayBeOthers: parts.mayBeOthers(line), at: clock.now() };
      changed += await take(line, all, await askForSids(client, parts.storage, all.map(asAsked), options));
    }
    return changed;
  }

  /** Due or not. */
  function soughtOf(line: string, customers: ReadonlySet<string | null>): Followed[] {
    return [...followed.values()].filter(
      ({ call, question }) =>
        question === 'sid' && lineKey(call.line) === line && customers.has(call.number.e164),
    );
  }

  function asAsked({ call, since }: Followed): AskedCall {
    return { call, elapsedMs: clock.monotonic() - since };
  }

  async function take(line: string, entries: readonly Followed[], told: Told): Promise<number> {
    switch (told.kind) {
      case 'failed':
        leaveAlone(line, entries, told.code);
        return 0;
      case 'no-list':
        withoutList.add(line);
        parts.listUnavailable();
        return 0;
      case 'told': {
        failures.delete(line);
        let changed = 0;
        for (const { call } of entries) {
          const event = told.news.get(call.id);
          if (event !== undefined) changed += await record(call, event);
          // Its last question was this one.
          if (followed.get(call.id)?.dueAt === Number.POSITIVE_INFINITY) followed.delete(call.id);
        }
        return changed;
      }
      default:
        return assertNever(told);
    }
  }

  function isLeftAlone(line: string): boolean {
    return stopped || (failures.get(line)?.until ?? 0) > clock.monotonic();
  }

  /** The same calls are asked for once it is over. */
  function leaveAlone(line: string, entries: readonly Followed[], code: string): void {
    const mono = clock.monotonic();
    const inARow = (failures.get(line)?.inARow ?? 0) + 1;
    failures.set(line, { inARow, until: mono + backOffAfter(inARow) });
    for (const { call } of entries) {
      const entry = followed.get(call.id);
      if (entry !== undefined) entry.dueAt = mono;
    }
    log.warn('Exotel did not tell what became of calls', { count: entries.length, code });
  }

  /** 1 where the call's status is another one now, else 0. */
  async function record(before: Call, event: CallEvent): Promise<number> {
    const result = await recorder.append(before.id, event);
    return result.outcome === 'stored' && result.call.call.status !== before.status ? 1 : 0;
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
  return nextAskAfter(question, 0, true) ?? 0;
}

function batches<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, nr) =>
    all.slice(nr * size, (nr + 1) * size),
  );
}
