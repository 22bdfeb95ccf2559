import {
  type AppletCall,
  appletQuery,
  greetingQuery,
  type LegEvent,
  legQuery,
  type Progress,
} from './applet-query.ts';
import { askApplet, type RequestParts } from './applet-request.ts';
import { type AppletAnswer, type ConnectAnswer, readConnectAnswer } from './connect-answer.ts';
import type { Script } from './endings.ts';
import type { AppletFault, PastedUrls } from './practice-line.ts';

export type Branch = 'talked' | 'missed' | 'nodial' | 'plain';

export interface AppletParts extends RequestParts {
  readonly now: () => number;
  readonly urls: PastedUrls;
  /** The account's, in E.164. */
  readonly exoPhone: string;
  readonly refused: (fault: AppletFault) => void;
}

/** The applets of one call's walk through its flow, as far as they ask URLs of ours. */
export interface Applets {
  /** HEAD, then GET. What cannot be spoken is told as a fault: the customer hears nothing, and the flow goes on. */
  greet(): Promise<void>;
  /** Whom to dial; null: no answer that Exotel would take, told as a fault. */
  askConnect(progress: Progress): Promise<ConnectAnswer | null>;
  /** Asynchronous: the walk does not wait, and no answer matters. One after the other. */
  tellLeg(number: string, event: LegEvent, alsoTo: string | null): void;
  /** Asynchronous too, with the time of this moment. */
  tellPassthru(branch: Branch, progress: Progress): void;
  /** Resolves once all that was told is taken or given up. */
  told(): Promise<void>;
}

export function createApplets(call: AppletCall, script: Script, parts: AppletParts): Applets {
  const { quirks } = script;
  const { urls } = parts;
  let digits = quirks.digits;
  let outbox = Promise.resolve();

  function queryNow(progress: Progress): URLSearchParams {
    const query = appletQuery(call, progress, { now: parts.now(), digits }, quirks);
    // It comes with the first request only.
    digits = '';
    return query;
  }

  function fault(applet: AppletFault['applet'], problem: string): null {
    parts.refused({ sid: call.sid, applet, problem });
    return null;
  }

  async function fetchConnect(progress: Progress) {
    const how = { method: 'GET', headers: { 'exotel-version': '1.0' } } as const;
    const answer = await askApplet(urls.connect, queryNow(progress), how, parts);
    return 'problem' in answer ? answer : readConnectAnswer(answer, parts.exoPhone);
  }

  function tell(url: string, query: URLSearchParams): void {
    outbox = outbox.then(async () => {
      await askApplet(url, query, { method: 'GET' }, parts);
    });
  }

  return {
    async greet() {
      const query = greetingQuery(call, quirks);
      for (const method of ['HEAD', 'GET'] as const) {
        const answer = await askApplet(urls.greeting, query, { method }, parts);
        const problem = 'problem' in answer ? answer.problem : whyNotSpoken(answer, method);
        if (problem !== null) {
          fault('greeting', `${method}: ${problem}`);
          return;
        }
      }
    },
    async askConnect(progress) {
      const answer = await fetchConnect(progress);
      if ('problem' in answer) return fault('connect', answer.problem);
      if (script.fetches === 1) return answer;
      const again = await fetchConnect(progress);
      if ('problem' in again) return fault('connect', `asked again, ${again.problem}`);
      return JSON.stringify(again) === JSON.stringify(answer)
        ? answer
        : fault('connect', 'asked again, it names another destination');
    },
    tellLeg(number, event, alsoTo) {
      const query = legQuery(call, number, event, quirks);
      for (const url of [urls.leg, ...(alsoTo === null ? [] : [alsoTo])]) tell(url, query);
    },
    tellPassthru(branch, progress) {
      tell(branch === 'plain' ? urls.passthru : below(urls.passthru, branch), queryNow(progress));
    },
    told: () => outbox,
  };
}

/** Exact: with a charset Exotel speaks nothing. */
function whyNotSpoken({ status, contentType, body }: AppletAnswer, method: 'GET' | 'HEAD'): string | null {
  if (status !== 200) return `the status is ${status}, not 200`;
  if (contentType !== 'text/plain') {
    return `the Content-Type is ${contentType || 'missing'}, not exactly text/plain`;
  }
  return method === 'GET' && body.trim() === '' ? 'there is no text' : null;
}

/** The branch is named in the path: Exotel may rewrite the query. */
function below(url: string, branch: string): string {
  const target = URL.parse(url);
  if (target === null) return url;
  target.pathname = `${target.pathname.replace(/\/$/, '')}/${branch}`;
  return target.href;
}
