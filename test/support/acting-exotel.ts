import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { Agent, request } from 'undici';
import {
  type Answered,
  callAnswer,
  callsAnswer,
  exceptionAnswer,
  proxyPage,
} from '../../src-main/practice-line/answers.ts';
import type { PracticeCall } from '../../src-main/practice-line/call-book.ts';
import { exotelTimeText } from '../../src-shared/exotel-fields.ts';
import { multipart, multipartType } from './raw-http.ts';
import { type ReceivedRequest, startFakeExotel } from './fake-exotel.ts';
import type { Chance } from './torture.ts';

/** A call that Exotel acted on: the customer's phone rang. */
export interface ActedCall extends PracticeCall {
  /** Out of CustomField: the intent. */
  readonly callId: string;
}

/** A StatusCallback that was answered with 200. */
export interface TakenCallback {
  readonly callId: string;
  readonly sid: string;
  readonly status: string;
  readonly dateUpdated: string;
}

/** When something happens at Exotel, which a test may choose to be the last thing our program lives to see. */
export type Moment = 'request' | 'answered' | 'callback' | 'callback-taken';

/**
 * An Exotel with a will of its own: by chance it accepts, refuses, is busy, or loses its answer after it rang the customer;
 * calls end; StatusCallbacks come early, late, twice, never, the last word before the first. It keeps the truth to compare
 * with.
 */
export interface ActingExotel {
  readonly origin: string;
  /** Every ring of a customer's phone, in order. */
  readonly acted: readonly ActedCall[];
  readonly taken: readonly TakenCallback[];
  readonly moments: EventEmitter<Record<Moment, []>>;
  /** Where callbacks go from now on, whatever host their URL names, as a tunnel would; null: nowhere. */
  leadTo(origin: string | null): void;
  /** Resolves when every call has ended and every callback was taken or given up. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

/** What Exotel does with a request, in percent; the rest is accepted. */
export interface Temper {
  readonly tooMany: number;
  readonly refused: number;
  /** The customer is rung, the answer is lost. */
  readonly lost: number;
  /** The customer is rung, a proxy's page comes for an answer. */
  readonly page: number;
  readonly silentEnd: number;
  readonly doubled: number;
}

/** What one StatusCallback says. */
interface Word {
  readonly status: string;
  readonly eventType: 'answered' | 'terminal';
}

const ends = ['completed', 'no-answer', 'busy', 'failed'] as const;

export async function startActingExotel(options: {
  readonly chance: Chance;
  readonly temper: Temper;
  /** ms UTC. */
  readonly now: () => number;
  /**
   * Longest, in real ms: to the answer, to the end of a call, from there to each of its callbacks, between the tries of
   * one.
   */
  readonly pace: {
    readonly answer: number;
    readonly end: number;
    readonly late: number;
    readonly again: number;
  };
}): Promise<ActingExotel> {
  const { chance, temper, now, pace } = options;
  const server = await startFakeExotel();
  const agent = new Agent();
  const acted: ActedCall[] = [];
  const bySid = new Map<string, number>();
  const taken: TakenCallback[] = [];
  const moments = new EventEmitter<Record<Moment, []>>();
  const timers = new Set<NodeJS.Timeout>();
  const busy = new Set<Promise<void>>();
  let base: string | null = null;

  function wait(upTo: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        resolve();
      },
      chance.int(upTo + 1),
    );
    timers.add(timer);
    return promise;
  }

  function follow(work: Promise<void>): void {
    const followed = work.finally(() => busy.delete(followed));
    busy.add(followed);
  }

  function ring(form: URLSearchParams): ActedCall {
    const [, callId = ''] = (form.get('CustomField') ?? '').split('.');
    const at = now();
    const call: ActedCall = {
      callId,
      sid: randomBytes(16).toString('hex'),
      from: form.get('From') ?? '',
      to: form.get('CallerId') ?? '',
      exoPhone: form.get('CallerId') ?? '',
      status: 'in-progress',
      createdAt: at,
      updatedAt: at,
      endedAt: null,
      recordingUrl: null,
    };
    const place = acted.push(call) - 1;
    bySid.set(call.sid, place);
    follow(end(place, form));
    return call;
  }

  async function end(place: number, form: URLSearchParams): Promise<void> {
    await wait(pace.end);
    const before = acted[place];
    if (before === undefined) return;
    const at = now();
    const ended = { ...before, status: chance.pick(ends), updatedAt: at, endedAt: at };
    acted[place] = ended;
    const callback = form.get('StatusCallback');
    if (callback === null || chance.percent(temper.silentEnd)) return;
    const path = new URL(callback).pathname;
    const isAnsweredTold = form.get('StatusCallbackEvents[1]') === 'answered' && ended.status === 'completed';
    const told: Word[] = [{ status: ended.status, eventType: 'terminal' }];
    if (isAnsweredTold) told.push({ status: 'in-progress', eventType: 'answered' });
    const copies = told.flatMap((word) => (chance.percent(temper.doubled) ? [word, word] : [word]));
    // Each goes its own way, so that they come in any order.
    await Promise.all(
      copies.map(async (word) => {
        await wait(pace.late);
        await tell(ended, word, path);
      }),
    );
  }

  /** Exotel tries again after 5 and after 15 minutes. */
  async function tell(call: ActedCall, { status, eventType }: Word, path: string): Promise<void> {
    const told = { sid: call.sid, status, dateUpdated: exotelTimeText(call.updatedAt) };
    for (let attempt = 0; attempt < 3; attempt++) {
      if (attempt > 0) await wait(pace.again);
      if (base === null) continue;
      moments.emit('callback');
      const answer = await request(base + path, {
        method: 'POST',
        dispatcher: agent,
        headers: { 'content-type': multipartType },
        body: multipart([
          ['EventType', eventType],
          ['CallSid', told.sid],
          ['Status', told.status],
          ['DateUpdated', told.dateUpdated],
        ]),
      }).catch(() => null);
      await answer?.body.dump().catch(() => undefined);
      if (answer?.statusCode !== 200) continue;
      taken.push({ callId: call.callId, ...told });
      moments.emit('callback-taken');
      return;
    }
  }

  server.answer(async (received, response) => {
    response.sendDate = false;
    response.setHeader('date', new Date(now()).toUTCString());
    if (received.method === 'GET') return send(response, read(received));
    moments.emit('request');
    await connect(received, response);
    moments.emit('answered');
  });

  async function connect({ form }: ReceivedRequest, response: ServerResponse): Promise<void> {
    if (chance.percent(temper.tooMany)) {
      return send(response, exceptionAnswer('xml', 429, 'Too Many Requests', { 'retry-after': '1' }));
    }
    if (chance.percent(temper.refused)) return send(response, exceptionAnswer('xml', 400, 'Invalid From'));
    const call = ring(form);
    await wait(pace.answer);
    if (chance.percent(temper.lost)) response.socket?.resetAndDestroy();
    else if (chance.percent(temper.page)) send(response, proxyPage(503));
    else send(response, callAnswer('xml', call, 'acme1'));
  }

  function read({ path }: ReceivedRequest): Answered {
    const url = new URL(path, server.origin);
    const one = /\/Calls\/([0-9a-f]+)$/.exec(url.pathname)?.[1];
    if (one !== undefined) {
      const call = acted[bySid.get(one) ?? -1];
      return call === undefined ? exceptionAnswer('xml', 404, 'Not found') : callAnswer('xml', call, 'acme1');
    }
    return callsAnswer('xml', listed(url.searchParams), 'acme1', path);
  }

  /** By Sid, else by customer and time, oldest first: a page of a hundred. */
  function listed(asked: URLSearchParams): ActedCall[] {
    const sids = asked.get('Sid')?.split(',');
    if (sids !== undefined) return sids.flatMap((sid) => acted[bySid.get(sid) ?? -1] ?? []);
    const customers = asked.get('From')?.split(',').map(lastDigits);
    const [from, until] = ['gte', 'lte'].map(
      (bound) => new RegExp(`${bound}:([^;]+)`).exec(asked.get('DateCreated') ?? '')?.[1],
    );
    return acted
      .filter((call) => {
        const created = exotelTimeText(call.createdAt);
        return (
          (customers?.includes(lastDigits(call.from)) ?? true) &&
          created >= (from ?? '') &&
          created <= (until ?? '~')
        );
      })
      .slice(0, 100);
  }

  return {
    origin: server.origin,
    acted,
    taken,
    moments,
    leadTo(origin) {
      base = origin;
    },
    async quiet() {
      while (busy.size > 0) await Promise.all(busy);
    },
    async close() {
      for (const timer of timers) clearTimeout(timer);
      await agent.destroy();
      await server.close();
    },
  };
}

function lastDigits(number: string): string {
  return number.slice(-10);
}

function send(response: ServerResponse, { status, headers, body }: Answered): void {
  response.writeHead(status, headers).end(body);
}
