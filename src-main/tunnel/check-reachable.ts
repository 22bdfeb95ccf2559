import { Agent } from 'undici';

export type Reached =
  | { readonly ok: true; readonly tookMs: number }
  /** In words, for a person. */
  | { readonly ok: false; readonly problem: string };

const defaultDeadlineMs = 10_000;

/**
 * Goes out by the public address, as Exotel would, and sees whether this program answers: asks for the callback
 * server's probe and expects its nonce. Follows no redirect, for Exotel counts one as a failure.
 */
export async function checkReachable(
  publicUrl: string,
  probe: { readonly path: string; readonly answer: string },
  deadlineMs = defaultDeadlineMs,
): Promise<Reached> {
  const began = performance.now();
  // An agent of its own, for destroying it ends a request in whatever state; a signal does not while connecting.
  const agent = new Agent({ allowH2: false, maxResponseSize: 64 * 1024 });
  let late = false;
  const deadline = setTimeout(() => {
    late = true;
    void agent.destroy();
  }, deadlineMs);
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
    if (answer.statusCode !== 200)
      return { ok: false, problem: `It answered with HTTP ${answer.statusCode}.` };
    if (body !== probe.answer) return { ok: false, problem: 'Something answered, but not this program.' };
    return { ok: true, tookMs: performance.now() - began };
  } catch (error) {
    return { ok: false, problem: late ? `No answer within ${deadlineMs / 1000} s.` : problemOf(error) };
  } finally {
    clearTimeout(deadline);
    await agent.destroy();
  }
}

function problemOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `Its name is not known (${code}).`;
  if (code === 'ECONNREFUSED') return `Nothing listens there (${code}).`;
  if (/CERT|TLS|SSL/.test(code)) return `Its certificate is not trusted (${code}).`;
  return `The connection failed (${code}).`;
}
