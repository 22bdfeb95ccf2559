import { mkdirSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { request } from 'undici';
import {
  accountSecrets,
  accountSettings,
  type CoreHarness,
  makeDataDir,
  startCoreHarness,
} from './core-harness.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { type FakeExotel, restException, sendXml, startFakeExotel } from './fake-exotel.ts';
import { startPublicFront } from './public-front.ts';
import { multipart, multipartType } from './raw-http.ts';

/** How Exotel ends a request that waits; null: the connection is reset. */
export type Reply = { readonly status: number; readonly xml: string; readonly retryAfter?: string } | null;

/** The whole core and an Exotel that speaks only when a test makes it. Time stands still in between. */
export interface CrashWorld {
  readonly harness: CoreHarness;
  /** Calls/connect requests that came for this call, in all lives. */
  requestsOf(id: string): number;
  /** Whether a request for this call waits for Exotel's answer. */
  isWaiting(id: string): boolean;
  reply(id: string, reply: Reply): void;
  /** Posts a StatusCallback to the address that the call's last request named; its HTTP status. Null: none came yet. */
  callBack(id: string, word: string): Promise<number | null>;
  pass(ms: number): Promise<void>;
  /** Somebody sets the clock. */
  setClock(byMs: number): void;
  /** The computer sleeps for so long, and wakes: its monotonic clock may have stood. */
  sleep(ms: number): void;
  /**
   * The next life begins with what is on disk at this moment. The old one's end is not seen by it: it works on a copy, as
   * after a power cut.
   */
  crash(): Promise<void>;
  close(): Promise<void>;
}

export async function startCrashWorld(): Promise<CrashWorld> {
  const exotel: FakeExotel = await startFakeExotel();
  const front = await startPublicFront();
  const root = makeDataDir();
  const requests = new Map<string, number>();
  const paths = new Map<string, string>();
  const waiting = new Map<string, (reply: Reply) => void>();
  let lives = 0;
  mkdirSync(dirOf(0));
  let clock: FakeClock = createFakeClock();
  let harness = await live();

  exotel.answer(({ method, form }, response) => {
    // The reconciler's own questions get no answer here: what it learns is its own tests' matter.
    if (method === 'GET') return sendXml(response, 500, restException(500, 'Try later'));
    const [, id = ''] = (form.get('CustomField') ?? '').split('.');
    requests.set(id, (requests.get(id) ?? 0) + 1);
    // One that is sent before the address is proven names none.
    const callback = form.get('StatusCallback');
    if (callback !== null) paths.set(id, new URL(callback).pathname);
    waiting.set(id, (reply) => {
      if (reply === null) response.socket?.resetAndDestroy();
      else {
        const headers: Record<string, string> =
          reply.retryAfter === undefined ? {} : { 'retry-after': reply.retryAfter };
        sendXml(response, reply.status, reply.xml, headers);
      }
    });
  });

  function dirOf(life: number): string {
    return path.join(root.dir, `life-${life}`);
  }

  async function live(): Promise<CoreHarness> {
    return startCoreHarness({
      dataDir: dirOf(lives),
      clock,
      settings: { ...accountSettings(exotel.origin), askAgainSeconds: 0 },
      secrets: accountSecrets,
      front,
    });
  }

  /** Quitting waits a while for answers, by the clock. */
  async function stop(old: CoreHarness, its: FakeClock): Promise<void> {
    let stopped = false;
    const stopping = old.stop().finally(() => (stopped = true));
    while (!stopped) {
      await its.advance(1000);
      await turn();
    }
    await stopping;
  }

  return {
    get harness() {
      return harness;
    },
    requestsOf: (id) => requests.get(id) ?? 0,
    isWaiting: (id) => waiting.has(id),
    reply(id, reply) {
      waiting.get(id)?.(reply);
      waiting.delete(id);
    },
    async callBack(id, word) {
      const callbackPath = paths.get(id);
      if (callbackPath === undefined) return null;
      const answer = await request(harness.core.callbacksOrigin + callbackPath, {
        method: 'POST',
        headers: { 'content-type': multipartType },
        body: multipart([
          ['CallSid', `sid-of-${id}`],
          ['Status', word],
        ]),
      });
      await answer.body.dump();
      return answer.statusCode;
    },
    pass: (ms) => clock.advance(ms),
    setClock: (byMs) => clock.jump(byMs),
    sleep(ms) {
      clock.jump(ms);
      harness.wake({ kind: 'woke', sleptMs: ms });
    },
    async crash() {
      const [old, its] = [harness, clock];
      await cp(dirOf(lives), dirOf(lives + 1), { recursive: true });
      lives++;
      clock = createFakeClock(its.now());
      waiting.clear();
      harness = await live();
      await stop(old, its);
    },
    async close() {
      await stop(harness, clock);
      await exotel.close();
      await front.close();
      await root.remove();
    },
  };
}
