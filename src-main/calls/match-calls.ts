import type { ListedReport } from '../../src-shared/exotel-report.ts';
import { exotelTime } from '../../src-shared/exotel-fields.ts';
import { parseDialable } from '../../src-shared/phone-number.ts';
import type { ListedCall } from '../exotel/client.ts';

/** A call of ours that may be in Exotel's list. */
export interface SoughtCall {
  readonly id: string;
  /** Who was rung first: the customer, or the rep. E.164. */
  readonly from: string;
  /** Who then; null: a flow. */
  readonly to: string | null;
  readonly exoPhone: string;
  /** When its request left, ms UTC by this computer's clock. */
  readonly sentAt: number;
  /** Sids that a person said are others. */
  readonly notMine: readonly string[];
}

/** What the list tells of a sought call. */
export type Finding =
  | { readonly kind: 'none' }
  /** The only one that fits by customer, ExoPhone and time, and fits no other call of ours. */
  | { readonly kind: 'one'; readonly report: ListedReport }
  /** These may be it: a person must say. */
  | { readonly kind: 'perhaps'; readonly reports: readonly ListedReport[] };

/**
 * Exotel writes a call down when the request comes; the answer may take a minute (transport.ts, `callAnswer`), and the
 * network, and Exotel's own seconds, some more.
 */
const near = { beforeMs: 15_000, afterMs: 90_000 } as const;

/** How far from the send Exotel's list is searched, ms: what is not near but here, a person may still recognise. */
export const searchedMs = 15 * 60_000;

/** The most that are shown to choose from. */
const mostShown = 20;

/**
 * Finds calls whose Sid was lost in what Exotel lists. Pure.
 *
 * @param sought all calls of ours without a Sid, to these customers: where two of ours want the same listed call, neither gets it
 * by itself.
 * @param taken Sids that belong to other calls of ours.
 * @param skewMs Exotel's clock less this computer's; null: not known, so no time is trusted.
 * @param mayBeOthers others dial through the account: nothing is adopted without a person's word.
 */
export function matchCalls(
  sought: readonly SoughtCall[],
  listed: readonly ListedCall[],
  {
    taken,
    skewMs,
    mayBeOthers,
  }: {
    readonly taken: ReadonlySet<string>;
    readonly skewMs: number | null;
    readonly mayBeOthers: boolean;
  },
): ReadonlyMap<string, Finding> {
  const fitting = new Map(sought.map((call) => [call.id, listed.filter((each) => fits(call, each))]));
  const isNear = (call: SoughtCall, { report }: ListedCall) => {
    const created = report.dateCreated === null ? null : exotelTime(report.dateCreated);
    if (created === null || skewMs === null) return false;
    const late = created - (call.sentAt + skewMs);
    return late >= -near.beforeMs && late <= near.afterMs;
  };
  const wanted = new Map<string, number>();
  for (const call of sought) {
    for (const each of fitting.get(call.id) ?? []) {
      if (isNear(call, each)) wanted.set(each.report.sid, (wanted.get(each.report.sid) ?? 0) + 1);
    }
  }

  function fits(call: SoughtCall, { report, from, to, exoPhone, direction }: ListedCall): boolean {
    if (taken.has(report.sid) || call.notMine.includes(report.sid)) return false;
    if (direction !== null && !direction.toLowerCase().startsWith('outbound')) return false;
    if (from === null || !isSame(from, call.from)) return false;
    if (call.to !== null) return to !== null && isSame(to, call.to);
    return exoPhone === null || isSame(exoPhone, call.exoPhone);
  }

  function findingFor(call: SoughtCall): Finding {
    const all = fitting.get(call.id) ?? [];
    const close = all.filter((each) => isNear(call, each));
    const reports = (close.length > 0 ? close : all).map(({ report }) => report).slice(0, mostShown);
    const [only] = reports;
    if (only === undefined) return { kind: 'none' };
    const isSure = close.length === 1 && wanted.get(only.sid) === 1 && !mayBeOthers;
    return isSure ? { kind: 'one', report: only } : { kind: 'perhaps', reports };
  }

  return new Map(sought.map((call) => [call.id, findingFor(call)]));
}

/** Exotel writes a number in one form or another. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => parseDialable(text, 'IN').e164);
  return a === null || b === null ? digits(one) === digits(other) : a === b;
}

const digits = (text: string) => text.replaceAll(/\D/g, '').replace(/^0/, '');
