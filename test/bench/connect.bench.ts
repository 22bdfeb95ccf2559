import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { nobody, writeConnectReply } from '../../src-main/callbacks/connect-reply.ts';
import { doorPath, statusCallbackPath } from '../../src-main/callbacks/server.ts';
import { startCallbackServer } from '../../src-main/callbacks/start.ts';
import { openStorage } from '../../src-main/storage/open.ts';
import type { OpenReport } from '../support/bench.ts';
import { startBenchClient } from '../support/bench-client.ts';
import { makeDataDir } from '../support/core-harness.ts';
import { doorSecrets, nobodyHome, rep } from '../support/door-owner.ts';
import { multipart, multipartType, rawRequest } from '../support/raw-http.ts';

const rounds = 7;
const perRound = 2000;
const keepAlive = { Connection: 'keep-alive' };
const reply = { ...nobody, numbers: [rep], talkSeconds: 3600, record: true };

/** Who is measured. */
interface Subject {
  readonly port: number;
  /** Paths of live calls' StatusCallbacks, whose events are stored. */
  readonly callbackPaths: readonly string[];
  readonly call: { readonly callId: string; readonly token: string };
  /** One piece of a bulk write. */
  write(n: number): Promise<unknown>;
  close(): Promise<void>;
}

/** The server over the real storage, with the calls it answers for in memory. */
async function openSubject(): Promise<Subject> {
  const folder = makeDataDir();
  const storage = await openStorage({ dataDir: folder.dir });
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  const live = new Map<string, string>();
  const calls = Array.from({ length: 32 }, (_, n) => ({
    callId: crypto.randomUUID(),
    token: `token-of-the-bench-${100 + n}`,
  }));
  for (const { callId, token } of calls) {
    const at = Date.now();
    const hash = sha256(token);
    const number = { entered: '98450 12345', e164: '+919845012345' };
    await storage.calls.place(
      callId,
      [
        {
          type: 'placed',
          at,
          number,
          line: { kind: 'practice' },
          callerId: '',
          flowUrl: '',
          overrode: [],
          overrodeWhy: '',
          flow: null,
          ringMeFirst: false,
          repNumber: null,
        },
        { type: 'sending', at, attempt: 1, byAsking: true },
      ],
      { callback: hash, customField: hash },
      { doNotCallAt: at, placedSince: null, atMost: null },
    );
    live.set(callId, hash);
  }
  const server = await startCallbackServer({
    ...nobodyHome,
    port: 0,
    onConnect: ({ call }) => (call !== null && live.get(call.callId) === sha256(call.token) ? reply : nobody),
    async onStatusCallback({ callId, token, report, raw }) {
      const result = await storage.calls.append(
        callId,
        { type: 'reported', at: Date.now(), source: 'callback', report },
        { callbackHash: sha256(token), raw, key: sha256(raw) },
      );
      return result.outcome === 'stored' ? 'stored' : 'unknown';
    },
    onRequest: () => {},
  });
  const [call] = calls;
  if (call === undefined) throw new Error('There is no call.');
  return {
    port: server.port,
    callbackPaths: calls.map(({ callId, token }) => statusCallbackPath(callId, token)),
    call,
    write: (n) =>
      storage.contacts.save({
        id: crypto.randomUUID(),
        name: `Contact ${n}`,
        company: 'Acme',
        numbers: [{ entered: String(n), e164: `+9198${String(n).padStart(8, '0')}`, label: 'mobile' }],
        note: 'x'.repeat(200),
        createdAt: n,
        updatedAt: n,
      }),
    async close() {
      await server.close();
      await storage.close();
      await folder.remove();
    },
  };
}

/** A server that answers the same, whatever it is asked. */
async function openBare(): Promise<{ readonly port: number; close(): void }> {
  const { type, text } = writeConnectReply(reply, true);
  const length = Buffer.byteLength(text);
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': type, 'content-length': length });
    response.end(text);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // A TCP server that listens has this kind of address.
  return { port, close: () => server.close().closeAllConnections() };
}

/** As the Connect applet asks, every parameter there is. */
function connectRequest({ callId, token }: Subject['call']): string {
  const query = new URLSearchParams({
    CallSid: 'c5797dcbaaeed7678c4062a4a3ed2f8a',
    CallFrom: '08047191234',
    CallTo: '09845012345',
    Direction: 'outbound-dial',
    Created: '2026-05-12 10:29:00',
    StartTime: '2026-05-12 10:29:05',
    EndTime: '1970-01-01 05:30:00',
    CurrentTime: '2026-05-12 10:30:00',
    DialCallDuration: '0',
    CallStatus: 'in-progress',
    CallType: 'call-attempt',
    digits: '"1"',
    flow_id: '100001',
    tenant_id: 'acme1',
    CustomField: `1.${callId}.${token} Priya, 2nd call`,
  });
  return rawRequest('GET', `${doorPath('connect', doorSecrets)}?${query.toString()}`, {
    ...keepAlive,
    'Exotel-Version': '1.0',
  });
}

function callbackRequest(path: string): string {
  const body = multipart([
    ['CallSid', 'c5'],
    ['Status', 'in-progress'],
    ['DateUpdated', '{n}'],
  ]);
  // `{n}` becomes eight digits.
  const length = String(body.length + '00000000'.length - '{n}'.length);
  return rawRequest(
    'POST',
    path,
    { ...keepAlive, 'Content-Type': multipartType, 'Content-Length': length },
    body,
  );
}

/**
 * How long Connect's answer takes while a customer waits: at rest, one after the other, against a server that answers a
 * constant; then, four at a time, while contacts are written without pause, 100 at once, and eight senders bring
 * StatusCallbacks as fast as they get their 200.
 */
const openConnect: OpenReport = async () => {
  const subject = await openSubject();
  const bare = await openBare();
  const client = startBenchClient();
  const sender = startBenchClient();
  const ask = (port: number, connections: number) =>
    client.send({
      port,
      connections,
      requests: [connectRequest(subject.call)],
      count: perRound,
      expected: rep,
    });

  async function atRest() {
    const times = { bare: [] as number[][], subject: [] as number[][] };
    // Once unmeasured: code gets compiled.
    for (const { port } of [bare, subject]) await ask(port, 1);
    for (let round = 0; round < rounds; round++) {
      // Who begins changes, so that neither always follows the other.
      for (const who of round % 2 === 0 ? (['bare', 'subject'] as const) : (['subject', 'bare'] as const)) {
        times[who].push(await ask((who === 'bare' ? bare : subject).port, 1));
      }
    }
    return times;
  }

  async function underLoad() {
    let loaded = true;
    let written = 0;
    const writing = Array.from({ length: 100 }, async () => {
      while (loaded) await subject.write(written++);
    });
    const callbacks = sender.send({
      port: subject.port,
      connections: 8,
      requests: subject.callbackPaths.map(callbackRequest),
      count: null,
      expected: 'OK',
    });
    const startedAt = performance.now();
    const times: number[][] = [];
    for (let round = 0; round < rounds; round++) times.push(await ask(subject.port, 4));
    const seconds = (performance.now() - startedAt) / 1000;
    loaded = false;
    sender.stop();
    await Promise.all(writing);
    const stored = (await callbacks).length;
    return {
      times,
      load: `${perSecond(written, seconds)} contacts/s, ${perSecond(stored, seconds)} callbacks/s`,
    };
  }

  return {
    name: 'connect',
    async measure() {
      const rest = await atRest();
      const { times, load } = await underLoad();
      const [b50, b99, s50, s99] = [
        at(rest.bare, 50),
        at(rest.bare, 99),
        at(rest.subject, 50),
        at(rest.subject, 99),
      ];
      return {
        baseline: `bare node:http: p50 ${ms(b50)}, p99 ${ms(b99)}`,
        Flowdial: `p50 ${ms(s50)}, p99 ${ms(s99)}; with ${load}: p50 ${ms(at(times, 50))}, p99 ${ms(at(times, 99))}`,
        ratio: `p50 ${(s50 / b50).toFixed(2)}, p99 ${(s99 / b99).toFixed(2)}`,
      };
    },
    async close() {
      await Promise.all([client.close(), sender.close()]);
      bare.close();
      await subject.close();
    },
  };
};

/** The percentile of each round, of which the median counts. */
function at(times: readonly number[][], percent: number): number {
  const of = (values: readonly number[], share: number) =>
    [...values].sort((a, b) => a - b)[Math.floor((values.length * share) / 100)] ?? Number.NaN;
  return of(
    times.map((round) => of(round, percent)),
    50,
  );
}

function ms(value: number): string {
  return `${value.toFixed(3)} ms`;
}

function perSecond(count: number, seconds: number): string {
  return (count / seconds).toFixed(0);
}

export default openConnect;
