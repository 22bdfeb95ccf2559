import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { PastedUrls } from '../../../src-main/practice-line/practice-line.ts';

/** A request of an applet. */
export interface AppletRequest {
  /** `GET /connect`. */
  readonly what: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
}

/** How a door answers; `silent`: never. */
export type DoorAnswer =
  | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  | 'silent';

/** The doors that a flow asks, and all that came in, in order. */
export interface Doors extends AsyncDisposable {
  readonly urls: PastedUrls;
  readonly requests: readonly AppletRequest[];
  /** `GET /connect` and so on, in order. */
  asked(): string[];
  /** The last request of this kind. */
  last(what: string): AppletRequest;
  /** From now on, for GET and HEAD; several: one after the other, the last one for good. */
  answer(path: string, ...answers: DoorAnswer[]): void;
}

export const json = (value: unknown): DoorAnswer => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

export async function startDoors(): Promise<Doors> {
  const requests: AppletRequest[] = [];
  const answers = new Map<string, DoorAnswer[]>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://doors');
    const query = Object.fromEntries(url.searchParams);
    requests.push({ what: `${request.method} ${url.pathname}`, query, headers: request.headers });
    const due = answers.get(url.pathname) ?? [];
    send(response, (due.length > 1 ? due.shift() : due[0]) ?? {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const origin = `http://127.0.0.1:${address.port}`;
  return {
    urls: {
      connect: `${origin}/connect`,
      leg: `${origin}/leg`,
      passthru: `${origin}/passthru`,
      greeting: `${origin}/greeting`,
    },
    requests,
    asked: () => requests.map(({ what }) => what),
    last(what) {
      const request = requests.findLast((each) => each.what === what);
      if (request === undefined) throw new Error(`Nobody asked ${what}.`);
      return request;
    },
    answer(path, ...given) {
      answers.set(path, given);
    },
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function send(response: ServerResponse, answer: DoorAnswer): void {
  if (answer === 'silent') return;
  response.writeHead(answer.status ?? 200, answer.headers ?? {});
  response.end(answer.body ?? '');
}
