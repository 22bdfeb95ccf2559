import type { Call } from '../../src-shared/call.ts';
import { type CallEvent, lineKey } from '../../src-shared/call-events.ts';
import type { ExotelReport, ListedReport } from '../../src-shared/exotel-report.ts';
import type { ExotelClient } from '../exotel/client.ts';
import type { Storage } from '../storage/storage.ts';
import { type Finding, matchCalls, searchedMs, type SoughtCall } from './match-calls.ts';

/** A call that is asked for, and how long ago it was sent, ms. */
export interface AskedCall {
  readonly call: Call;
  readonly elapsedMs: number;
}

/** What Exotel told: news as events, by call. `failed`: it told nothing, and may be asked again later. */
export type Told =
  | { readonly kind: 'told'; readonly news: ReadonlyMap<string, CallEvent> }
  | { readonly kind: 'failed'; readonly code: string }
  /** The host has no list of calls to search. */
  | { readonly kind: 'no-list' };

/** A call that Exotel's list has not shown for so long is settled as not found. */
const notFoundMs = 30 * 60_000;
/** A Sid that Exotel does not know for so long is settled as forgotten. */
const forgottenMs = 24 * 3_600_000;
/** Off by less, what is sought lies well within what was searched. ms. */
const leastSkewMs = 60_000;

/** Asks what became of calls of one line, by their Sids. */
export async function askForEnds(
  client: ExotelClient,
  asked: readonly AskedCall[],
  at: number,
): Promise<Told> {
  const answer = await client.calls(asked.flatMap(({ call }) => call.sid ?? []));
  // One call alone, on a host without a list, is a 404.
  const knowsNone = answer.kind === 'failed' && answer.reason.code === 'not-found';
  if (answer.kind === 'failed' && !knowsNone) return { kind: 'failed', code: answer.reason.code };
  const reports = new Map((answer.kind === 'ok' ? answer.value : []).map((report) => [report.sid, report]));
  const news = new Map<string, CallEvent>();
  for (const { call, elapsedMs } of asked) {
    const report = call.sid === null ? undefined : reports.get(call.sid);
    if (report !== undefined && tellsMore(call, report)) {
      news.set(call.id, { type: 'reported', at, source: 'asked', report });
    } else if (report === undefined && call.endedAt === null && elapsedMs >= forgottenMs) {
      news.set(call.id, { type: 'settled', at, as: 'forgotten' });
    }
  }
  return { kind: 'told', news };
}

/**
 * Seeks calls of one line whose Sids were lost in Exotel's list.
 *
 * @param asked all such calls to these customers: two of ours may want the same listed call.
 * @param mayBeOthers others dial through this account, so that nothing is adopted without a person's word.
 */
export async function askForSids(
  client: ExotelClient,
  storage: Storage,
  asked: readonly AskedCall[],
  { mayBeOthers, at }: { readonly mayBeOthers: boolean; readonly at: number },
): Promise<Told> {
  const sought = asked.flatMap(({ call }) => soughtCall(call));
  const customers = [...new Set(asked.flatMap(({ call }) => call.number.e164 ?? []))];
  const [first] = asked;
  if (first === undefined || customers.length === 0) return { kind: 'told', news: new Map() };
  const searchAt = (offMs: number) => {
    const sentAt = sought.map((call) => call.sentAt + offMs);
    return client.search({
      customers: [...new Set(sought.map(({ from }) => from))],
      from: Math.min(...sentAt) - searchedMs,
      until: Math.max(...sentAt) + searchedMs,
    });
  };
  const supposedMs = client.clockSkewMs() ?? 0;
  let answer = await searchAt(supposedMs);
  const skewMs = client.clockSkewMs() ?? 0;
  // The answer itself tells how far off this clock is: it may have been searched at a wrong time.
  if (answer.kind === 'ok' && Math.abs(skewMs - supposedMs) > leastSkewMs) answer = await searchAt(skewMs);
  if (answer.kind === 'failed') {
    const { code } = answer.reason;
    return code === 'not-found' ? { kind: 'no-list' } : { kind: 'failed', code };
  }
  const line = lineKey(first.call.line);
  const since = Math.min(...asked.map(({ call }) => call.placedAt)) - searchedMs;
  const taken = await Promise.all(customers.map((e164) => storage.calls.sidsOf(e164, line, since)));
  const findings = matchCalls(sought, answer.value, {
    taken: new Set(taken.flat()),
    skewMs: client.clockSkewMs(),
    mayBeOthers,
  });
  const news = new Map<string, CallEvent>();
  for (const { call, elapsedMs } of asked) {
    const event = eventOf(findings.get(call.id), call, elapsedMs, at);
    if (event !== null) news.set(call.id, event);
  }
  return { kind: 'told', news };
}

function eventOf(finding: Finding | undefined, call: Call, elapsedMs: number, at: number): CallEvent | null {
  if (finding?.kind === 'one') return { type: 'matched', at, by: 'search', report: finding.report };
  if (finding?.kind === 'perhaps') {
    const isNews = !sameWords(finding.reports, call.candidates);
    return isNews ? { type: 'candidates', at, candidates: [...finding.reports] } : null;
  }
  return elapsedMs >= notFoundMs ? { type: 'settled', at, as: 'not-found' } : null;
}

function soughtCall(call: Call): SoughtCall[] {
  const { id, callerId: exoPhone, notMine, repNumber } = call;
  const { e164 } = call.number;
  const [from, to] = call.ringMeFirst ? [repNumber, e164] : [e164, null];
  return from === null ? [] : [{ id, from, to, exoPhone, notMine, sentAt: call.sentAt ?? call.placedAt }];
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
