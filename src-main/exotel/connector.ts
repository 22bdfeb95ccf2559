import { request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import type { Socket } from 'node:net';
import { buildConnector } from 'undici';

/** The proxy on the way to an address, as `http(s)://[user:password@]host[:port]`; null: none. */
export type ProxyFor = (url: string) => Promise<string | null>;

/** The proxy would not open a way to the host. Nothing for the host can have left. */
export class ProxyRefusal extends Error {
  override readonly name = 'ProxyRefusal';
  readonly code: string;

  constructor(status: number) {
    super(`The proxy answered CONNECT with ${status}`);
    this.code = `HTTP ${status}`;
  }
}

/**
 * Opens the connections of a pool, through the proxy that the desktop names for the host. It is asked for each new
 * connection, so that a laptop may change networks; this computer itself is never behind one. The proxy gets nothing
 * but CONNECT: requests are written by the pool, on the open tunnel, so what it tells of a request's sending holds
 * here as without a proxy.
 */
export function createConnector(options: {
  /** For each of its steps: the proxy's answer, the host's connection. ms. */
  readonly timeoutMs: number;
  readonly proxyFor: ProxyFor;
}): buildConnector.connector {
  const direct = buildConnector({ timeout: options.timeoutMs, allowH2: false });

  async function tunnelTo(target: buildConnector.Options): Promise<Socket | null> {
    if (isThisComputer(target.hostname)) return null;
    const proxy = await options.proxyFor(`${target.protocol}//${target.host}`);
    if (proxy === null) return null;
    const port = target.port || (target.protocol === 'https:' ? '443' : '80');
    return openTunnel(new URL(proxy), `${target.hostname}:${port}`, options.timeoutMs);
  }

  return (target, done) => {
    tunnelTo(target).then(
      (tunnel) => {
        if (tunnel === null) direct(target, done);
        else if (target.protocol === 'https:') direct({ ...target, httpSocket: tunnel }, done);
        else done(null, tunnel);
      },
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error)), null),
    );
  };
}

/** @param authority `host:port` of the far end. */
function openTunnel(proxy: URL, authority: string, timeoutMs: number): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const request = proxy.protocol === 'https:' ? requestTls : requestPlain;
  const asking = request({
    host: proxy.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
    method: 'CONNECT',
    path: authority,
    headers: { host: authority, ...authorization(proxy) },
    agent: false,
    signal: AbortSignal.timeout(timeoutMs),
  });
  asking.once('connect', ({ statusCode = 0 }, socket: Socket, early: Buffer) => {
    if (statusCode >= 200 && statusCode < 300) {
      // The host speaks only when asked, but what came with the proxy's answer is the host's.
      if (early.length > 0) socket.unshift(early);
      resolve(socket.setNoDelay(true).setKeepAlive(true, 60_000));
    } else {
      socket.destroy();
      reject(new ProxyRefusal(statusCode));
    }
  });
  asking.once('error', reject);
  asking.end();
  return promise;
}

function authorization({ username, password }: URL): Record<string, string> {
  if (username === '') return {};
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` };
}

function isThisComputer(hostname: string): boolean {
  return hostname === 'localhost' || /^127\.\d+\.\d+\.\d+$/.test(hostname) || /^\[?::1\]?$/.test(hostname);
}
