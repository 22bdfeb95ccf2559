import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { assertNever } from '../../src-shared/errors.ts';
import { type Answer, writeAnswer } from './answer.ts';
import { declaresTooMuch } from './body.ts';
import { answerDoor } from './doors.ts';
import { receiveStatusCallback } from './receive.ts';
import { Refusal } from './refusal.ts';
import { loggablePath, readRoute } from './routes.ts';
import type { CallbackServer, CallbackServerOptions, StatusCallbackResult } from './server.ts';

/** How long a sender may take, in ms. Exotel sends 2 KB at once; whoever takes longer is somebody else. */
export interface CallbackTimeouts {
  readonly headersMs: number;
  /** From the end of the headers to the end of the body. */
  readonly bodyMs: number;
}

const defaultTimeouts: CallbackTimeouts = { headersMs: 5000, bodyMs: 5000 };

/** The tunnel opens this port to the world: a flood must not take all of the program's file descriptors. */
const maxConnections = 256;

const closeGraceMs = 2000;

/**
 * Starts the HTTP server that Exotel calls, on 127.0.0.1 only.
 *
 * Every refusal is plain, says nothing of the call, repeats nothing of the request, and ends the connection. An
 * unknown call, a wrong token and a path that is none of ours get the very same bytes.
 *
 * @throws the system's error where the port cannot be had (`EADDRINUSE`).
 */
export async function startCallbackServer(
  options: CallbackServerOptions,
  timeouts: CallbackTimeouts = defaultTimeouts,
): Promise<CallbackServer> {
  const probe = {
    path: `/exotel/probe/${randomBytes(16).toString('hex')}`,
    answer: randomBytes(16).toString('hex'),
  };

  async function answerTo(
    request: IncomingMessage,
    response: ServerResponse,
    lateFault: (error: string) => void,
  ): Promise<Answer> {
    const route = readRoute(request.url ?? '', probe.path);
    switch (route.kind) {
      case 'nothing':
        return { status: 404 };
      case 'door':
        return answerDoor(route, request, options, lateFault);
      case 'probe':
        return request.method === 'GET' ? { status: 200, text: probe.answer } : { status: 405, allow: 'GET' };
      case 'status-callback': {
        if (request.method !== 'POST') return { status: 405, allow: 'POST' };
        if (declaresTooMuch(request)) return { status: 413 };
        if (request.headers.expect !== undefined) response.writeContinue();
        const callback = await receiveStatusCallback(request, route, timeouts.bodyMs);
        return { status: statusOf(await options.onStatusCallback(callback)) };
      }
      default:
        return assertNever(route);
    }
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const began = performance.now();
    const tell = (status: number, error?: string) =>
      options.onRequest?.({
        method: request.method ?? '',
        path: loggablePath(request.url ?? ''),
        status,
        ms: Math.round(performance.now() - began),
        ...(error === undefined ? {} : { error }),
      });
    const answer = await answerTo(request, response, (error) => tell(200, error)).catch(
      (error: unknown): Answer =>
        error instanceof Refusal ? { status: error.status } : { status: 503, error: String(error) },
    );
    writeAnswer(request, response, answer);
    tell(answer.status, answer.error);
  }

  const onRequest = (request: IncomingMessage, response: ServerResponse) => void serve(request, response);
  const server = createServer(
    {
      headersTimeout: timeouts.headersMs,
      // Only a backstop: the body has a timer of its own, whose 408 is logged.
      requestTimeout: timeouts.headersMs + timeouts.bodyMs + 1000,
      connectionsCheckingInterval: Math.min(1000, timeouts.headersMs),
    },
    onRequest,
  );
  server.on('checkContinue', onRequest);
  server.maxConnections = maxConnections;

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The callback server has no port.');

  return {
    origin: `http://127.0.0.1:${address.port}`,
    port: address.port,
    probe,
    close: () =>
      new Promise((resolve) => {
        const cut = setTimeout(() => server.closeAllConnections(), closeGraceMs);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
      }),
  };
}

function statusOf(result: StatusCallbackResult): number {
  switch (result) {
    case 'stored':
      return 200;
    case 'unknown':
      return 404;
    case 'unavailable':
      return 503;
    default:
      return assertNever(result);
  }
}
