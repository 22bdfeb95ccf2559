import { createHash, timingSafeEqual } from 'node:crypto';
import {
  type Answered,
  brokenOff,
  callAnswer,
  callsAnswer,
  exceptionAnswer,
  exoPhonesAnswer,
  type Format,
  proxyPage,
  type Reply,
} from './answers.ts';
import { dropOldest } from './call-book.ts';
import type { CallParts } from './call-parts.ts';
import { type ConnectForm, readConnectForm } from './connect-form.ts';
import { scriptFor } from './endings.ts';
import { type Order, placeCall } from './place-call.ts';
import type { PracticeFlow, PracticeLine } from './practice-line.ts';
import { searchCalls } from './search-calls.ts';
import { toneWav } from './tone.ts';

/** A request that was read whole. */
export interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly authorization: string;
  readonly contentType: string;
  readonly body: string;
}

export interface ExchangeParts extends CallParts {
  readonly account: PracticeLine['account'];
  readonly callerId: string;
  readonly flowOf: (appId: string) => PracticeFlow | null;
}

/** So many numbers that were told 429 are remembered. */
const rememberedRefusals = 1000;

/** Exotel's side of the API: checks who asks, finds what is asked for, and replies once. */
export function createExchange(parts: ExchangeParts): (asked: Asked, reply: (reply: Reply) => void) => void {
  const { account, book, callerId } = parts;
  const credentials = Buffer.from(`${account.apiKey}:${account.apiToken}`).toString('base64');
  const refusedOnce = new Set<string>();

  function connect(asked: Asked, format: Format, reply: (reply: Reply) => void): void {
    const isForm = asked.contentType.startsWith('application/x-www-form-urlencoded');
    const form = readConnectForm(new URLSearchParams(isForm ? asked.body : ''), callerId);
    if ('problem' in form) return reply(exceptionAnswer(format, 400, form.problem));
    const order = orderOf(form);
    if (order === null) {
      return reply(exceptionAnswer(format, 400, "Invalid Call Parameters: 'Url' is no flow of this account"));
    }
    const customer = form.kind === 'flow' ? form.from : form.to;
    const script = scriptFor(customer);
    const { answer } = script;
    const place = (): Answered => callAnswer(format, placeCall(order, script, parts), account.accountSid);
    switch (answer.kind) {
      case 'accepted':
        // Exotel tries its routes before it answers (exotel-api.md), so the phone rings only then.
        if (answer.afterMs === 0) return reply(place());
        parts.after(answer.afterMs, () => reply(place()));
        return;
      case 'lost':
        place();
        return reply('reset');
      case 'broken':
        return reply(brokenOff(place()));
      case 'refused':
        return reply(exceptionAnswer(format, answer.status, answer.message));
      case 'refused-once': {
        if (refusedOnce.delete(customer)) return reply(place());
        refusedOnce.add(customer);
        dropOldest(refusedOnce, rememberedRefusals);
        const retryAfter = { 'retry-after': String(answer.retryAfterSeconds) };
        return reply(exceptionAnswer(format, 429, answer.message, retryAfter));
      }
      case 'proxy-page':
        return reply(proxyPage(answer.status));
    }
  }

  /** null: it names a flow that the account does not have. */
  function orderOf(form: ConnectForm): Order | null {
    if (form.kind === 'two-numbers') return { kind: 'two-numbers', form };
    const flow = parts.flowOf(form.appId);
    return flow === null ? null : { kind: 'flow', form, flow };
  }

  function readCalls(format: Format, url: URL, sid: string | undefined): Answered {
    if (sid !== undefined) {
      const call = book.get(sid);
      return call === undefined
        ? exceptionAnswer(format, 404, 'The requested call was not found')
        : callAnswer(format, call, account.accountSid);
    }
    const sids = url.searchParams.get('Sid')?.split(',');
    // Exotel's limit.
    if (sids !== undefined && sids.length > 100) return exceptionAnswer(format, 400, 'Too many Sids');
    const calls = sids?.flatMap((each) => book.get(each) ?? []) ?? searchCalls(book.all(), url.searchParams);
    if ('problem' in calls) return exceptionAnswer(format, 400, calls.problem);
    return callsAnswer(format, calls, account.accountSid, url.pathname + url.search);
  }

  function recording(path: string): Answered | null {
    const sid = /^\/recordings\/([0-9a-f]+)\.wav$/.exec(path)?.[1];
    if (sid === undefined || !book.get(sid)?.recordingUrl) return null;
    return { status: 200, headers: { 'content-type': 'audio/wav' }, body: toneWav() };
  }

  return (asked, reply) => {
    const { method, url } = asked;
    // A recording is opened by a browser, which has no key: its address is as unguessable as the call's Sid.
    const sound = recording(url.pathname);
    if (sound !== null && method === 'GET') return reply(sound);

    const path = /^\/(v1|v2_beta)\/Accounts\/([^/]+)\/(.+?)(\.json)?$/.exec(url.pathname);
    const [, version, accountSid, resource = '', json] = path ?? [];
    const format = json === undefined && version !== 'v2_beta' ? 'xml' : 'json';
    if (!isSameText(asked.authorization, `Basic ${credentials}`)) {
      const challenge = { 'www-authenticate': 'Basic realm="Practice line"' };
      return reply(exceptionAnswer(format, 401, 'Authentication failed', challenge));
    }
    const calls = /^Calls(?:\/([^/]+))?$/.exec(resource);
    const known = accountSid === account.accountSid;
    if (known && version === 'v1' && method === 'POST' && resource === 'Calls/connect') {
      return connect(asked, format, reply);
    }
    if (known && version === 'v1' && method === 'GET' && calls !== null) {
      return reply(readCalls(format, url, calls[1]));
    }
    if (known && method === 'GET' && resource === 'IncomingPhoneNumbers' && format === 'json') {
      return reply(exoPhonesAnswer(version === 'v1' ? 'v1' : 'v2_beta', callerId, url.pathname));
    }
    return reply(exceptionAnswer(format, 404, 'The requested resource was not found'));
  };
}

/** Compares secrets in a time that tells nothing of either. */
function isSameText(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
