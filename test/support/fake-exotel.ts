import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** One request as it was received. */
export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** Form fields, for a POST. */
  readonly form: URLSearchParams;
}

type Answer = (request: ReceivedRequest, response: ServerResponse) => void | Promise<void>;

/** An Exotel that a test scripts: it keeps every request, and answers as the test says. */
export interface FakeExotel {
  readonly origin: string;
  readonly requests: readonly ReceivedRequest[];
  /** Calls/connect requests only. */
  connects(): readonly ReceivedRequest[];
  /** Answers from now on; the default accepts every call. */
  answer(with_: Answer): void;
  /** Resolves when the n-th Calls/connect (1 is the first) has been received. */
  connect(n: number): Promise<ReceivedRequest>;
  close(): Promise<void>;
}

/** Exotel's answer to an accepted call, shaped as the owner's sample. */
export function callXml(fields: Readonly<Record<string, string>>): string {
  const all = {
    Sid: 'sid',
    ParentCallSid: '',
    Status: 'in-progress',
    Duration: '',
    Price: '',
    RecordingUrl: '',
    ...fields,
  };
  const inner = Object.entries(all)
    .map(([name, value]) => (value === '' ? `<${name}/>` : `<${name}>${value}</${name}>`))
    .join('');
  return `<?xml version="1.0" encoding="UTF-8"?><TwilioResponse><Call>${inner}</Call></TwilioResponse>`;
}

export function restException(status: number, message: string): string {
  return `<TwilioResponse><RestException><Status>${status}</Status><Message>${message}</Message></RestException></TwilioResponse>`;
}

export function sendXml(
  response: ServerResponse,
  status: number,
  xml: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/xml', ...headers }).end(xml);
}

/** Answers 429, and to wait for so many seconds. */
export function tooMany(retryAfterSeconds: number): Answer {
  return (_, response) =>
    sendXml(response, 429, restException(429, 'Too many'), { 'retry-after': String(retryAfterSeconds) });
}

/** @param tls it speaks https with these. */
export async function startFakeExotel(tls?: {
  readonly cert: string;
  readonly key: string;
}): Promise<FakeExotel> {
  const requests: ReceivedRequest[] = [];
  const waiting: { readonly n: number; readonly resolve: (request: ReceivedRequest) => void }[] = [];
  let answer: Answer = (_, response) => sendXml(response, 200, callXml({ Sid: `sid${connects().length}` }));

  function connects() {
    return requests.filter((request) => request.path.endsWith('/Calls/connect'));
  }

  const serve = (request: IncomingMessage, response: ServerResponse) => {
    void (async () => {
      let body = '';
      for await (const chunk of request.setEncoding('utf8')) body += String(chunk);
      const received: ReceivedRequest = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        form: new URLSearchParams(body),
      };
      requests.push(received);
      for (const wait of waiting.splice(0)) {
        const found = connects()[wait.n - 1];
        if (found === undefined) waiting.push(wait);
        else wait.resolve(found);
      }
      await answer(received, response);
    })().catch(() => response.destroy());
  };
  const server = tls === undefined ? createServer(serve) : createTlsServer(tls, serve);
  // Node closes an idle connection after 5 s. On a starved machine that crosses a request, whose fate is then in doubt:
  // a fault for the tests that ask for it.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // A TCP server that listens has this kind of address.

  return {
    origin: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    requests,
    connects,
    answer(next) {
      answer = next;
    },
    connect(n) {
      const found = connects()[n - 1];
      if (found !== undefined) return Promise.resolve(found);
      return new Promise((resolve) => waiting.push({ n, resolve }));
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
