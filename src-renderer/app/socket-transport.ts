import { RPCLink } from '@orpc/client/websocket';
import { type OpenTransport, SessionRefusedError } from './transport.ts';

const sessionKey = 'flowdial-session';

/**
 * Browser shell: a WebSocket on our own origin, let in by a session that the link's token bought once. The token is
 * taken out of the address at once, before anybody can copy it or the router takes it for a place.
 */
export function socketOpener(): OpenTransport {
  let token = takeToken();
  return async () => {
    if (token !== null) {
      await redeem(token);
      token = null;
    }
    const session = sessionStorage.getItem(sessionKey);
    if (session === null) throw new SessionRefusedError();
    const url = new URL('/rpc', location.href);
    url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(url, ['flowdial', session]);
    const link = new RPCLink({ websocket: socket });
    const closed = new Promise<void>((resolve) => socket.addEventListener('close', () => resolve()));
    await opened(socket);
    return { link, closed, close: () => socket.close() };
  };
}

/** Places in the app begin with `#/`; anything else behind `#` is the one-time token. */
function takeToken(): string | null {
  const token = location.hash.slice(1);
  if (token === '' || token.startsWith('/')) return null;
  history.replaceState(null, '', `${location.pathname}${location.search}`);
  return token;
}

/** A token that is refused leaves the session of an earlier one in force. Rejects where the shell is not there. */
async function redeem(token: string): Promise<void> {
  const answer = await fetch('/session', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  if (!answer.ok) return;
  const body: unknown = await answer.json();
  if (typeof body !== 'object' || body === null || !('session' in body)) return;
  if (typeof body.session === 'string') sessionStorage.setItem(sessionKey, body.session);
}

/** A browser does not tell why a WebSocket was refused: a server that answers HTTP, but not us, refused the session. */
async function opened(socket: WebSocket): Promise<void> {
  const open = await new Promise<boolean>((resolve) => {
    socket.addEventListener('open', () => resolve(true), { once: true });
    socket.addEventListener('close', () => resolve(false), { once: true });
  });
  if (open) return;
  await fetch('/', { cache: 'no-store' });
  throw new SessionRefusedError();
}
