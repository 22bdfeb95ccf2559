import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { AnyRouter } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Clock, Log } from '../../ports.ts';

export interface RpcSockets {
  /** Answers an upgrade whose sender has been checked. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Drops every page. */
  close(): void;
}

/** The largest thing a page sends is a contact's note of 10,000 characters. */
const maxMessageBytes = 256 * 1024;

/** A page that answered no ping for this long is gone: a closed laptop tells nobody. ms. */
const heartbeatMs = 15_000;

/** A page that reads this little of what it is sent hangs, and must not fill our memory. */
const maxUnreadBytes = 16 * 1024 * 1024;

/** The contract over WebSockets, one per window. */
export function createRpcSockets(options: {
  readonly router: AnyRouter;
  readonly clock: Clock;
  readonly log: Log;
}): RpcSockets {
  const { router, clock, log } = options;
  const handler = new RPCHandler(router);
  const answeredPing = new WeakSet<WebSocket>();
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    // The other subprotocol is the session: it is never said back.
    handleProtocols: () => 'flowdial',
  });

  server.on('connection', (socket: WebSocket) => {
    answeredPing.add(socket);
    socket.on('pong', () => answeredPing.add(socket));
    socket.on('error', (error) => log.warn('A page broke the rules of its socket', { error: error.message }));
    handler.upgrade(socket).catch((error: unknown) => {
      log.error('A page could not be served', { error: String(error) });
      socket.terminate();
    });
  });

  let cancelHeartbeat = clock.after(heartbeatMs, beat);
  function beat(): void {
    for (const socket of server.clients) {
      if (!answeredPing.delete(socket) || socket.bufferedAmount > maxUnreadBytes) socket.terminate();
      else socket.ping();
    }
    cancelHeartbeat = clock.after(heartbeatMs, beat);
  }

  return {
    upgrade(request, socket, head) {
      server.handleUpgrade(request, socket, head, (webSocket) => {
        server.emit('connection', webSocket, request);
      });
    },
    close() {
      cancelHeartbeat();
      for (const socket of server.clients) socket.close(1001);
      // A page that does not say goodbye in turn is not waited for.
      for (const socket of server.clients) socket.terminate();
    },
  };
}
