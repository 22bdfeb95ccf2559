import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { FromPage, ToPage } from './bridge-messages.ts';
import type { End } from './message-ports.ts';
import { answerPageRequest } from './protocol.ts';
import type { ContentsInside } from './web-contents.ts';

/**
 * The process's half of the bridge: a real Chromium loads `http://127.0.0.1:…/`, and each of its requests is answered
 * by the handler that the program registered for its own scheme; the preload's IPC comes by WebSocket, one for each
 * load of a frame. `loaded` resolves with the first load of the page.
 */
export async function openBridge(url: string, contents: ContentsInside) {
  const page = new URL(url);
  const pageOrigin = `${page.protocol}//${page.host}`;
  const loaded = Promise.withResolvers<void>();

  const server = createServer((request, response) => {
    if (request.headers['sec-fetch-dest'] === 'document') {
      contents.emit('did-start-navigation', { url, isMainFrame: true, isSameDocument: false });
    }
    answerPageRequest(`${pageOrigin}${request.url}`, request.method ?? 'GET')
      .then(async (answer) => {
        response.writeHead(answer.status, Object.fromEntries(answer.headers));
        response.end(Buffer.from(await answer.arrayBuffer()));
      })
      .catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  // Chromium knows the page by the bridge's address; Electron would say the page's own.
  const originOf = (request: IncomingMessage) =>
    request.headers.origin === origin ? pageOrigin : (request.headers.origin ?? 'null');
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket, request) => {
    bridgeFrame(socket, originOf(request), contents, loaded.resolve);
  });

  return {
    origin,
    loaded: loaded.promise,
    reload() {
      for (const socket of sockets.clients) {
        socket.send(JSON.stringify({ type: 'reload' } satisfies ToPage));
      }
    },
    close() {
      for (const socket of sockets.clients) socket.terminate();
      server.close();
      server.closeAllConnections();
    },
  };
}

function bridgeFrame(socket: WebSocket, origin: string, contents: ContentsInside, loaded: () => void): void {
  const ports = new Map<number, End>();
  const tell = (message: ToPage) => socket.send(JSON.stringify(message));
  let isMainFrame = false;

  function post(channel: string, ends: readonly End[]): void {
    const ids = ends.map((end) => {
      const id = ports.size;
      ports.set(id, end);
      return id;
    });
    tell({ type: 'ipc', channel, ports: ids });
    for (const [index, end] of ends.entries()) {
      const port = ids[index] ?? 0;
      end.receive((item) => {
        if (item.type === 'close') tell({ type: 'port-closed', port });
        else if (typeof item.data === 'string') tell({ type: 'port', port, text: item.data });
        else throw new Error('The electron stand-in carries text only');
      });
    }
  }

  socket.on('message', (raw: Buffer) => {
    // Written by our own half in the page, or by a test.
    const message = JSON.parse(raw.toString()) as FromPage;
    switch (message.type) {
      case 'hello':
        isMainFrame = message.isMainFrame;
        loaded();
        break;
      case 'ipc':
        contents.receive(message.channel, { origin, isMainFrame, post });
        break;
      case 'port':
        ports.get(message.port)?.send({ type: 'message', data: message.text });
        break;
      case 'port-closed':
        ports.get(message.port)?.send({ type: 'close' });
        break;
    }
  });
  // A load that ends (navigation, reload, crash, close) takes its ports with it.
  socket.on('close', () => {
    for (const end of ports.values()) end.send({ type: 'close' });
  });
}
