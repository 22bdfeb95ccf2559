import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { nobody, writeConnectReply } from '../../src-main/callbacks/connect-reply.ts';
import { doorPath } from '../../src-main/callbacks/server.ts';
import { flowSchema } from '../../src-shared/flow.ts';
import type { OpenReport } from '../support/bench.ts';
import { startBenchClient } from '../support/bench-client.ts';
import {
  accountSecrets,
  accountSettings,
  makeDataDir,
  plainFlow,
  startCoreHarness,
} from '../support/core-harness.ts';
import { doorSecrets, rep } from '../support/door-owner.ts';
import { startFakeExotel } from '../support/fake-exotel.ts';
import { startPublicFront } from '../support/public-front.ts';
import { multipart, multipartType, rawRequest } from '../support/raw-http.ts';

const rounds = 7;
const perRound = 1000;
const warmUps = 20;
/** At rest: what one request leaves to do is done before the next. */
const pauseMs = 2;
const keepAlive = { Connection: 'keep-alive' };
const ringsMe = flowSchema.parse({ id: 'lead', name: 'New lead', appId: '100001', recording: 'single' });
const reply = {
  ...nobody,
  numbers: [rep],
  talkSeconds: 3600,
  record: true,
  recordingChannels: 'single',
} as const;

/** Who is measured. */
interface Subject {
  readonly port: number;
  /** Of the call whose customer waits. */
  readonly customField: string;
  /** Places more calls; the paths of their StatusCallbacks, whose events are stored. */
  callMore(): Promise<readonly string[]>;
  /** One piece of a bulk write. */
  write(n: number): Promise<unknown>;
  close(): Promise<void>;
}

/** The whole core, with one customer who waits for the rep. */
async function openSubject(): Promise<Subject> {
  const folder = makeDataDir();
  const exotel = await startFakeExotel();
  const front = await startPublicFront();
  const harness = await startCoreHarness({
    dataDir: folder.dir,
    settings: {
      ...accountSettings(exotel.origin),
      flows: [ringsMe, plainFlow],
      phones: [{ label: 'Mobile', number: rep }],
      doorSecrets,
    },
    secrets: accountSecrets,
    front,
    // A bench that runs for minutes needs no memory of what it did.
    ports: { log: { info: () => {}, warn: () => {}, error: () => {} } },
  });
  async function call(number: string, { id: flowId }: { readonly id: string }): Promise<URLSearchParams> {
    const { id } = await harness.place(number, { flowId });
    await harness.reaches(id, 'in-progress');
    return exotel.connects().at(-1)?.form ?? new URLSearchParams();
  }

  const waiting = await call('+919845010000', ringsMe);
  return {
    port: Number(new URL(harness.core.callbacksOrigin).port),
    customField: waiting.get('CustomField') ?? '',
    async callMore() {
      const paths: string[] = [];
      for (let n = 1; n < 32; n++) {
        const form = await call(`+9198450${String(10_000 + n)}`, plainFlow);
        paths.push(new URL(form.get('StatusCallback') ?? '').pathname);
      }
      return paths;
    },
    write: (n) =>
      harness.client.contacts.save({
        id: crypto.randomUUID(),
        draft: {
          name: `Contact ${n}`,
          company: 'Acme',
          numbers: [{ entered: `98${String(n).padStart(8, '0')}`, label: 'mobile' }],
          note: 'x'.repeat(200),
        },
      }),
    async close() {
      await harness.stop();
      await exotel.close();
      await front.close();
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
function connectRequest(customField: string): string {
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
    CustomField: customField,
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
 * How long Connect's answer takes while a customer waits: at rest, one request each 2 ms, against a server that answers a
 * constant and reads nothing; then, four at a time, while contacts are written without pause, 100 at once, and eight senders bring
 * StatusCallbacks as fast as they get their 200.
 */
const openConnect: OpenReport = async () => {
  const subject = await openSubject();
  const bare = await openBare();
  const client = startBenchClient();
  const sender = startBenchClient();
  const ask = (port: number, connections: number, pause: number) =>
    client.send({
      port,
      connections,
      pauseMs: pause,
      requests: [connectRequest(subject.customField)],
      count: perRound,
      expected: rep,
    });

  async function atRest() {
    const times = { bare: [] as number[][], subject: [] as number[][] };
    // Unmeasured: V8 compiles what ran some 10,000 times once more, which takes both cores for a moment.
    for (let round = 0; round < warmUps; round++) {
      for (const { port } of [bare, subject]) await ask(port, 1, 0);
    }
    for (let round = 0; round < rounds; round++) {
      // Who begins changes, so that neither always follows the other.
      for (const who of round % 2 === 0 ? (['bare', 'subject'] as const) : (['subject', 'bare'] as const)) {
        times[who].push(await ask((who === 'bare' ? bare : subject).port, 1, pauseMs));
      }
    }
    return times;
  }

  async function underLoad() {
    const callbackPaths = await subject.callMore();
    let loaded = true;
    let written = 0;
    const writing = Array.from({ length: 100 }, async () => {
      while (loaded) await subject.write(written++);
    });
    const callbacks = sender.send({
      port: subject.port,
      connections: 8,
      requests: callbackPaths.map(callbackRequest),
      count: null,
      pauseMs: 0,
      expected: 'OK',
    });
    const startedAt = performance.now();
    const times: number[][] = [];
    for (let round = 0; round < rounds; round++) times.push(await ask(subject.port, 4, 0));
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
