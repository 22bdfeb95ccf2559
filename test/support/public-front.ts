import { once } from 'node:events';
import { createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A public address of one's own: a reverse proxy, below a path, that leads to wherever the program listens. */
export interface PublicFront {
  /** Base URL. What comes before it leads anywhere waits. */
  readonly url: string;
  /** How many requests came, whatever became of them. */
  readonly requests: number;
  leadTo(origin: string): void;
  /** Its target is gone: 502. */
  leadNowhere(): void;
  /** What comes waits until it leads somewhere again. */
  hold(): void;
  close(): Promise<void>;
}

const prefix = '/flowdial';

export async function startPublicFront(): Promise<PublicFront> {
  let requests = 0;
  let lead = Promise.withResolvers<string | null>();

  function settle(target: string | null): void {
    lead.resolve(target);
    lead = Promise.withResolvers();
    lead.resolve(target);
  }

  const server = createServer((incoming, response) => {
    requests++;
    void lead.promise.then((target) => {
      if (target === null) return badGateway(response);
      const path = (incoming.url ?? '').slice(prefix.length);
      const { method, headers } = incoming;
      const onward = request(target + path, { method, headers, agent: false }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      onward.on('error', () => badGateway(response));
      incoming.pipe(onward);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // A TCP server that listens has this kind of address.

  return {
    url: `http://127.0.0.1:${port}${prefix}`,
    get requests() {
      return requests;
    },
    leadTo: settle,
    leadNowhere: () => settle(null),
    hold() {
      lead = Promise.withResolvers();
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function badGateway(response: ServerResponse): void {
  if (!response.headersSent) response.writeHead(502).end('Bad Gateway');
  else response.destroy();
}
