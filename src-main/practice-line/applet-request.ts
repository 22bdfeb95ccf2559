import { type Agent, request } from 'undici';
import type { AppletAnswer } from './connect-answer.ts';
import type { After } from './first-of.ts';

export interface RequestParts {
  /** Sends the requests of applets and the callbacks. */
  readonly agent: Agent;
  readonly after: After;
}

/** Exotel waits so long for the answer to an applet (exotel-flows.md 3). */
const answerWithinMs = 5000;

/** Asks a URL as an applet does. Never rejects, and never follows a redirect: nor does Exotel. */
export async function askApplet(
  url: string,
  query: URLSearchParams,
  how: { readonly method: 'GET' | 'HEAD'; readonly headers?: Readonly<Record<string, string>> },
  { agent, after }: RequestParts,
): Promise<AppletAnswer | { readonly problem: string }> {
  const target = URL.parse(url);
  if (target === null) return { problem: 'no URL is pasted into the flow' };
  for (const [name, value] of query) target.searchParams.append(name, value);
  const late = new AbortController();
  const inTime = after(answerWithinMs, () => late.abort());
  try {
    const answer = await request(target, {
      method: how.method,
      headers: { ...how.headers },
      dispatcher: agent,
      signal: late.signal,
    });
    const contentType = answer.headers['content-type'] ?? '';
    return {
      status: answer.statusCode,
      contentType: Array.isArray(contentType) ? contentType.join(', ') : contentType,
      body: await answer.body.text(),
    };
  } catch {
    return { problem: late.signal.aborted ? 'no answer within 5 s' : 'nothing answers at its URL' };
  } finally {
    inTime();
  }
}
