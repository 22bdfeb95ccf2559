import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Agent } from 'undici';
import type { Reply } from './answers.ts';
import { createCallBook } from './call-book.ts';
import { createExchange } from './exchange.ts';
import { createPracticePhone } from './practice-phone.ts';
import type {
  PastedUrls,
  PracticeFlow,
  PracticeLine,
  PracticeLineOptions,
  Strictness,
} from './practice-line.ts';

/** As people write it: 080 4719 1234. */
const callerId = '08047191234';
/** In the seed's form. */
const flowUrl = 'http://my.exotel.in/exoml/start/100001';

const plainFlow: PracticeFlow = {
  kind: 'automated',
  asks: { greeting: false, connect: false, legEvents: false, passthru: false },
};
const nothingPasted: PastedUrls = { connect: '', leg: '', passthru: '', greeting: '' };

/** No form that Exotel takes comes near it. */
const maxBodyBytes = 64 * 1024;

/** Starts a practice line on a free port of 127.0.0.1. Rejects where there is none. */
export async function startPracticeLine(options: PracticeLineOptions): Promise<PracticeLine> {
  const { clock, ringMs = 2000, talkMs = 3000 } = options;
  const server = createServer({ requestTimeout: 10_000 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The practice line has no port.');
  const origin = `http://127.0.0.1:${address.port}`;
  const account = {
    origin,
    accountSid: `practice${randomBytes(4).toString('hex')}`,
    apiKey: randomBytes(16).toString('hex'),
    apiToken: randomBytes(16).toString('hex'),
  };
  const agent = new Agent();
  const timers = new Set<() => void>();
  let closed = false;

  function after(ms: number, run: () => void): () => void {
    if (closed) return () => {};
    const cancel = clock.after(ms, () => {
      timers.delete(cancel);
      run();
    });
    timers.add(cancel);
    return () => {
      timers.delete(cancel);
      cancel();
    };
  }

  let strictness: Strictness = 'nodial';
  const now = () => clock.now();
  const phone = createPracticePhone({
    now,
    changed: (state) => {
      if (!closed) options.phoneChanged?.(state);
    },
  });

  const ask = createExchange({
    account,
    callerId,
    book: createCallBook(),
    agent,
    now,
    after,
    ringMs,
    talkMs,
    recordingUrl: (sid) => `${origin}/recordings/${sid}.wav`,
    accountSid: account.accountSid,
    phone,
    flowOf: (appId) => (options.flowOf === undefined ? plainFlow : options.flowOf(appId)),
    urls: () => options.doors?.() ?? nothingPasted,
    strictness: () => strictness,
    refused: (fault) => {
      if (!closed) options.answerRefused?.(fault);
    },
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const { authorization = '', 'content-type': contentType = '' } = request.headers;
    const url = new URL(request.url ?? '/', origin);
    ask({ method: request.method ?? '', url, authorization, contentType, body }, (reply) => {
      send(response, reply);
    });
  }

  server.on('request', (request, response) => {
    // A request that broke off, or that is larger than any form for Exotel.
    answer(request, response).catch(() => response.destroy());
  });

  async function close(): Promise<void> {
    if (closed) return;
    closed = true;
    for (const cancel of timers) cancel();
    const ended = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await Promise.all([ended, agent.destroy()]);
  }

  return {
    account,
    callerId,
    flowUrl,
    phone: () => phone.state(),
    answer: () => phone.answer(),
    decline: () => phone.decline(),
    hangUp: () => phone.hangUp(),
    setStrictness(next) {
      strictness = next;
    },
    close,
  };
}

/** The whole body; rejects where it is too large. */
async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const piece = Buffer.from(chunk);
    bytes += piece.length;
    if (bytes > maxBodyBytes) throw new Error('The body is too large.');
    chunks.push(piece);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, reply: Reply): void {
  if (reply === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  response.writeHead(reply.status, { ...reply.headers, 'content-length': Buffer.byteLength(reply.body) });
  response.end(reply.body);
}
