import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { AnyRouter } from '@orpc/server';
import { z } from 'zod';
import type { Clock, Log } from '../../ports.ts';
import { serveRendererFile } from '../renderer-files.ts';
import { createRpcSockets } from './rpc-sockets.ts';
import { hasOwnHost, hasOwnOrigin } from './same-origin.ts';
import { createSessions } from './sessions.ts';

export interface BrowserServerOptions {
  /** On 127.0.0.1; 0: any free port. */
  readonly port: number;
  /** The built page. */
  readonly rendererDir: string;
  readonly router: AnyRouter;
  readonly clock: Clock;
  readonly log: Log;
}

export interface BrowserServer {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** The page with the token that opens it once, within 60 s of the start: treat it as a secret. */
  readonly url: string;
  /** Ends every connection. */
  close(): Promise<void>;
}

/** A token is 43 characters. */
const maxSessionBodyBytes = 1024;

/** What the page posts to /session. */
const tokenSchema = z.strictObject({ token: z.string().max(200) });

/**
 * Serves the page and its WebSocket to browsers on this computer. Any page of any site can send requests here, and
 * so can any program, so: 127.0.0.1 only, a foreign Host is refused, a foreign or missing Origin too wherever
 * something can be changed, and nothing is told or done without a session. Rejects, with a sentence for
 * the person, where the port cannot be had.
 */
export async function startBrowserServer(options: BrowserServerOptions): Promise<BrowserServer> {
  const { clock, log } = options;
  const sessions = createSessions(clock);
  const sockets = createRpcSockets({ router: options.router, clock, log });
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 10_000 });

  server.on('request', (request, response) => {
    answer(request, response).catch((error: unknown) => {
      log.error('A request of the page failed', { error: String(error) });
      if (response.headersSent) response.destroy();
      else say(response, 500, 'Flowdial could not answer this.');
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!hasOwnHost(request, port)) return say(response, 403, 'This is not an address of Flowdial.');
    const pathname = pathOf(request);
    if (pathname === '/session') return openSession(request, response);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return say(response, 405, 'Only GET and HEAD are answered here.', { Allow: 'GET, HEAD' });
    }
    const file = await serveRendererFile(options.rendererDir, pathname, 'browser');
    response.writeHead(file.status, { ...file.headers, 'Content-Length': file.body.length });
    response.end(request.method === 'HEAD' ? undefined : file.body);
  }

  /** A token for a session, once. */
  async function openSession(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') {
      return say(response, 405, 'Only POST is answered here.', { Allow: 'POST' });
    }
    if (!hasOwnOrigin(request)) return say(response, 403, 'Only the page of Flowdial may ask this.');
    const body = await readBody(request);
    if (body === null) {
      return say(response, 413, 'This is too long to be a token.', { Connection: 'close' });
    }
    const asked = tokenSchema.safeParse(parseJson(body));
    if (!asked.success) return say(response, 400, 'This is no token.');
    const session = sessions.redeem(asked.data.token);
    if (session === null) {
      return say(response, 401, 'This link was used before, or is older than 60 s. Start Flowdial again.');
    }
    response.writeHead(200, { ...plainHeaders, 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ session }));
  }

  server.on('upgrade', (request, socket, head) => {
    const refusal = whyNoSocket(request);
    if (refusal === null) {
      sockets.upgrade(request, socket, head);
      return;
    }
    // Nothing more is read from here, and whoever was refused may be gone before this is written.
    socket.on('error', () => socket.destroy());
    socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  });

  /** The status line of the refusal; null: this is our page, in its session. */
  function whyNoSocket(request: IncomingMessage): string | null {
    if (!hasOwnHost(request, port) || !hasOwnOrigin(request)) return '403 Forbidden';
    if (pathOf(request) !== '/rpc') return '404 Not Found';
    // Browsers let a page set no header of a WebSocket but this one.
    const [protocol, session, ...more] = (request.headers['sec-websocket-protocol'] ?? '').split(/\s*,\s*/);
    const known = protocol === 'flowdial' && session !== undefined && more.length === 0;
    return known && sessions.accepts(session) ? null : '401 Unauthorized';
  }

  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', (error) => {
      reject(
        new Error(`The page cannot be served at port ${options.port} of 127.0.0.1: ${error.message}.`, {
          cause: error,
        }),
      );
    });
    // A server on TCP that is listening has an AddressInfo; only pipes have a string.
    server.listen(options.port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    url: `${origin}/#${sessions.token}`,
    async close() {
      sockets.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

const plainHeaders = {
  'Content-Type': 'text/plain; charset=utf-8',
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

function say(
  response: ServerResponse,
  status: number,
  sentence: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { ...plainHeaders, ...headers });
  response.end(`${sentence}\n`);
}

/** As it stands in the request, without its query. */
function pathOf(request: IncomingMessage): string {
  return request.url?.split('?', 1)[0] ?? '/';
}

/** Null where it is longer than a token can be: the rest is not read. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  let length = 0;
  let tooLong = false;
  async function* capped() {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      // Without an encoding set, a request yields Buffers.
      const bytes = chunk as Buffer;
      length += bytes.length;
      if (length > maxSessionBodyBytes) {
        tooLong = true;
        return;
      }
      yield bytes;
    }
  }
  const body = await text(capped());
  return tooLong ? null : body;
}

/** Undefined where it is no JSON. */
function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
