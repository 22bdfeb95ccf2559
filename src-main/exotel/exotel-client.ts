import type { ExotelReport } from '../../src-shared/exotel-report.ts';
import { isLegacyHost } from '../../src-shared/settings.ts';
import type {
  CallSearch,
  ConnectOutcome,
  ConnectRequest,
  ExotelAccount,
  ExotelClient,
  ListedCall,
  ListedExoPhone,
  ReadyConnect,
  ReadGate,
  ReadOutcome,
} from './client.ts';
import { skewOf } from './clock-skew.ts';
import { readConnectAnswer, readRetryAfter } from './connect-answer.ts';
import type { ProxyFor } from './connector.ts';
import { checkConnectRequest, writeConnectRequest } from './connect-request.ts';
import { exotelTimeText } from '../../src-shared/exotel-fields.ts';
import { readCalls, readExoPhones, readListedCalls } from './reads.ts';
import { createTransport, type Exchange, failureReason, type Timeouts } from './transport.ts';

/** Exotel's advice for `Sid=a,b`; a hundred are allowed (exotel-api.md, "Call details"). */
const sidsInOneRequest = 20;

/** Exotel's page of ExoPhones, and where to stop: nobody picks from more. */
const exoPhonesOnPage = 50;
const mostPages = 20;

/** Customers in one search (exotel-api.md, "Call details": `From=`, at most 5). */
const customersInOneSearch = 5;
/** Exotel's largest page of calls, and where to stop. */
const callsOnPage = 100;

/** For an account without a rate: a read goes when it is asked for. */
const openGate: ReadGate = {
  enter: () => Promise.resolve({ settle: () => {}, rateLimited: () => {} }),
};

/** A client for one account, on connections of its own. Close it. */
export function createExotelClient(
  account: ExotelAccount,
  options: {
    readonly timeouts?: Timeouts;
    readonly proxyFor?: ProxyFor;
    readonly gate?: ReadGate;
    /** This computer's clock, ms UTC. */
    readonly now?: () => number;
  } = {},
): ExotelClient {
  const { gate = openGate, now = Date.now } = options;
  const closing = new AbortController();
  const transport = createTransport(account, options);
  const sid = encodeURIComponent(account.accountSid);
  const isLegacy = isLegacyHost(new URL(account.origin).hostname);
  let skewMs: number | null = null;

  function learnSkew(result: Exchange, sentAt: number): void {
    if (result.kind === 'answered') skewMs = skewOf(result.headers, sentAt, now()) ?? skewMs;
  }

  function prepare(request: ConnectRequest): ReadyConnect {
    const bad = checkConnectRequest(request);
    if (bad !== null) {
      const message = `${bad.field}: ${bad.problem}`;
      const reason = { code: 'bad-parameter', customerCalled: 'no', httpStatus: null, message } as const;
      return { send: () => Promise.resolve({ kind: 'not-sent', reason }) };
    }
    const path = `/v1/Accounts/${sid}/Calls/connect`;
    const exchange = transport.preparePost(path, writeConnectRequest(request, { isLegacy }));
    return { send: () => outcomeOf(exchange) };
  }

  async function outcomeOf(exchange: () => Promise<Exchange>): Promise<ConnectOutcome> {
    const sentAt = now();
    const result = await exchange();
    learnSkew(result, sentAt);
    if (result.kind === 'answered') return readConnectAnswer(result.status, result.headers, result.body);
    return result.maybeSent
      ? { kind: 'doubted', reason: failureReason(result, 'perhaps') }
      : { kind: 'not-sent', reason: failureReason(result, 'no') };
  }

  async function calls(sids: readonly string[]): Promise<ReadOutcome<readonly ExotelReport[]>> {
    const reports: ExotelReport[] = [];
    for (let from = 0; from < sids.length; from += sidsInOneRequest) {
      const batch = await callsOfBatch(sids.slice(from, from + sidsInOneRequest));
      if (batch.kind === 'failed') return batch;
      reports.push(...batch.value);
    }
    return { kind: 'ok', value: reports };
  }

  async function callsOfBatch(sids: readonly string[]): Promise<ReadOutcome<readonly ExotelReport[]>> {
    const path = `/v1/Accounts/${sid}/Calls`;
    const list = await read(`${path}?Sid=${sids.map(encodeURIComponent).join(',')}`, readCalls);
    if (!isNotFound(list)) return list;
    // A host without the list: each call is asked for. A call that is not found there is absent, as in a list.
    const reports: ExotelReport[] = [];
    for (const each of sids) {
      const call = await read(`${path}/${encodeURIComponent(each)}`, readCalls);
      if (call.kind === 'ok') reports.push(...call.value);
      else if (!isNotFound(call)) return call;
    }
    // Nothing at all was found: so the account may be what is not there.
    return reports.length === 0 ? list : { kind: 'ok', value: reports };
  }

  async function search({ customers, from, until }: CallSearch): Promise<ReadOutcome<readonly ListedCall[]>> {
    const found: ListedCall[] = [];
    for (let at = 0; at < customers.length; at += customersInOneSearch) {
      const list = await searchByPage(customers.slice(at, at + customersInOneSearch), from, until);
      if (list.kind === 'failed') return list;
      found.push(...list.value);
    }
    return { kind: 'ok', value: found };
  }

  /** Where a page is full, the next begins at the time of its last call: so no cursor out of an answer is needed. */
  async function searchByPage(
    customers: readonly string[],
    from: number,
    until: number,
  ): Promise<ReadOutcome<readonly ListedCall[]>> {
    const bySid = new Map<string, ListedCall>();
    let since: string | null = exotelTimeText(from);
    for (let page = 0; page < mostPages && since !== null; page++) {
      const query = new URLSearchParams({
        From: customers.join(','),
        DateCreated: `gte:${since};lte:${exotelTimeText(until)}`,
        PageSize: String(callsOnPage),
        SortBy: 'DateCreated:asc',
      });
      const list = await read(`/v1/Accounts/${sid}/Calls?${query.toString()}`, readListedCalls);
      if (list.kind === 'failed') return list;
      const before = bySid.size;
      for (const call of list.value) bySid.set(call.report.sid, call);
      const isLast = list.value.length < callsOnPage || bySid.size === before;
      since = isLast ? null : (list.value.at(-1)?.report.dateCreated ?? null);
    }
    return { kind: 'ok', value: [...bySid.values()] };
  }

  async function exoPhones(): Promise<ReadOutcome<readonly ListedExoPhone[]>> {
    if (!isLegacy) {
      const today = await exoPhonesByPage(`/v2_beta/Accounts/${sid}/IncomingPhoneNumbers`);
      if (!isNotFound(today)) return today;
    }
    return read(`/v1/Accounts/${sid}/IncomingPhoneNumbers.json`, readExoPhones);
  }

  /** A full page may have a next one. Its address is built here: one out of an answer would get our credentials. */
  async function exoPhonesByPage(path: string): Promise<ReadOutcome<readonly ListedExoPhone[]>> {
    const bySid = new Map<string, ListedExoPhone>();
    for (let page = 0; page < mostPages; page++) {
      const query = page === 0 ? '' : `?Page=${page}&PageSize=${exoPhonesOnPage}`;
      const list = await read(`${path}${query}`, readExoPhones);
      if (list.kind === 'failed') return list;
      const before = bySid.size;
      for (const exoPhone of list.value) bySid.set(exoPhone.sid || exoPhone.number, exoPhone);
      // A host that knows no pages sends the first one again.
      if (list.value.length < exoPhonesOnPage || bySid.size === before) break;
    }
    return { kind: 'ok', value: [...bySid.values()] };
  }

  async function read<T>(
    path: string,
    readAnswer: (answer: Extract<Exchange, { kind: 'answered' }>) => ReadOutcome<T>,
  ): Promise<ReadOutcome<T>> {
    const pass = await gate.enter(closing.signal);
    if (pass === null) {
      const closed = { kind: 'failed', maybeSent: false, code: 'unreachable', message: 'closed' } as const;
      return { kind: 'failed', reason: failureReason(closed, 'no') };
    }
    const sentAt = now();
    const result = await transport.get(path);
    learnSkew(result, sentAt);
    if (result.kind === 'failed') {
      pass.settle();
      return { kind: 'failed', reason: failureReason(result, 'no') };
    }
    const outcome = readAnswer(result);
    if (isRateLimited(outcome)) pass.rateLimited(readRetryAfter(result.headers));
    else pass.settle();
    return outcome;
  }

  return {
    prepare,
    calls,
    search,
    clockSkewMs: () => skewMs,
    exoPhones,
    close() {
      closing.abort();
      return transport.close();
    },
  };
}

function isRateLimited(outcome: ReadOutcome<unknown>): boolean {
  return outcome.kind === 'failed' && outcome.reason.code === 'rate-limited';
}

function isNotFound(outcome: ReadOutcome<unknown>): boolean {
  return outcome.kind === 'failed' && outcome.reason.code === 'not-found';
}
