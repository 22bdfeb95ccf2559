import { Agent, type buildConnector } from 'undici';
import type { ReachProblem } from '../../src-shared/contract/app.ts';

export type Reached =
  | { readonly ok: true; readonly tookMs: number }
  /** `detail`: the HTTP status or the system's error code; empty: none. */
  | { readonly ok: false; readonly problem: ReachProblem; readonly detail: string };

const defaultDeadlineMs = 10_000;

/**
 * Goes out by the public address, as Exotel would, and sees whether this program answers: asks for the callback
 * server's probe and expects its nonce. Follows no redirect, for Exotel counts one as a failure. Never rejects.
 */
export async function checkReachable(
  publicUrl: string,
  probe: { readonly path: string; readonly answer: string },
  options: {
    readonly deadlineMs?: number;
    /** Ends it at once; it is then told as no answer. */
    readonly signal?: AbortSignal;
    /** The way out of an office's network. */
    readonly connect?: buildConnector.connector;
  } = {},
): Promise<Reached> {
  const began = performance.now();
  // An agent of its own, for destroying it ends a request in whatever state; a signal does not while connecting.
  const agent = new Agent({
    allowH2: false,
    maxResponseSize: 64 * 1024,
    ...(options.connect === undefined ? {} : { connect: options.connect }),
  });
  let givenUp = false;
  const giveUp = () => {
    givenUp = true;
    void agent.destroy();
  };
  const deadline = setTimeout(giveUp, options.deadlineMs ?? defaultDeadlineMs);
  options.signal?.addEventListener('abort', giveUp);
  try {
    const { origin, pathname } = new URL(publicUrl);
    const answer = await agent.request({
      origin,
      path: pathname.replace(/\/+$/, '') + probe.path,
      method: 'GET',
      // ngrok shows a warning page to what calls itself a browser.
      headers: { 'user-agent': 'Flowdial', 'cache-control': 'no-store' },
    });
    const body = await answer.body.text();
    if (answer.statusCode !== 200) {
      return { ok: false, problem: 'wrong-answer', detail: detailOf(answer.statusCode, answer.headers) };
    }
    if (body !== probe.answer) return { ok: false, problem: 'somebody-else', detail: '' };
    return { ok: true, tookMs: performance.now() - began };
  } catch (error) {
    return givenUp ? { ok: false, problem: 'no-answer', detail: '' } : { ok: false, ...faultOf(error) };
  } finally {
    clearTimeout(deadline);
    options.signal?.removeEventListener('abort', giveUp);
    await agent.destroy();
  }
}

/** ngrok's service says in a header why it answers instead of this program. */
function detailOf(status: number, headers: Readonly<Record<string, string | string[] | undefined>>): string {
  const code = String(headers['ngrok-error-code'] ?? '');
  return /^ERR_NGROK_\d{1,6}$/.test(code) ? `HTTP ${status}, ${code}` : `HTTP ${status}`;
}

function faultOf(error: unknown): { readonly problem: ReachProblem; readonly detail: string } {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return { problem: problemOf(code), detail: code };
}

function problemOf(code: string): ReachProblem {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'unknown-name';
  if (code === 'ECONNREFUSED') return 'nobody-listens';
  if (/CERT|TLS|SSL|VERIFY/.test(code)) return 'untrusted';
  return 'connection-failed';
}
