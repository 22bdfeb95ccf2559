import type { IncomingMessage } from 'node:http';

/**
 * Whether the page that a browser shows was really asked for at this computer. A site whose name was made to point
 * to 127.0.0.1 (DNS rebinding) still sends its own name as Host.
 */
export function hasOwnHost(request: IncomingMessage, port: number): boolean {
  const { host } = request.headers;
  return host !== undefined && ownHosts(port).includes(host);
}

/**
 * Whether our own page sent this: its Origin is the very host it speaks to. Browsers send Origin with every POST and
 * WebSocket; a request without one is none of our page's. Holds only where {@link hasOwnHost} does.
 */
export function hasOwnOrigin(request: IncomingMessage): boolean {
  return request.headers.origin === `http://${request.headers.host}`;
}

/** Browsers leave out port 80. */
function ownHosts(port: number): readonly string[] {
  const suffix = port === 80 ? '' : `:${port}`;
  return [`127.0.0.1${suffix}`, `localhost${suffix}`];
}
