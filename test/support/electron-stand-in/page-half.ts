import type { FromPage, ToPage } from './bridge-messages.ts';

type IpcListener = (event: { readonly ports: readonly MessagePort[] }) => void;

/**
 * The page's half of the bridge, as text for Playwright's `addInitScript`: runs the built preload, as Electron does,
 * before anything of the page, with a `require('electron')` whose IPC goes over a WebSocket.
 */
export function pageHalf(preload: string): string {
  return `(${bridgePreload.toString()})((require, module, exports) => {${preload}\n});`;
}

/** Runs in the page: may use nothing from outside itself. */
function bridgePreload(
  preload: (require: (name: string) => unknown, module: object, exports: object) => void,
): void {
  // Electron runs a preload in the main frame only.
  if (window !== window.top) return;

  const socket = new WebSocket(location.origin.replace('http', 'ws'));
  const opened = new Promise((resolve) => socket.addEventListener('open', resolve));
  const send = (message: FromPage) => void opened.then(() => socket.send(JSON.stringify(message)));
  send({ type: 'hello', isMainFrame: true });

  const listeners = new Map<string, IpcListener>();
  const ports = new Map<number, MessagePort>();

  function bridgePort(id: number): MessagePort {
    const { port1, port2 } = new MessageChannel();
    ports.set(id, port1);
    port1.addEventListener('message', ({ data }) => {
      if (typeof data !== 'string') throw new Error('The electron stand-in carries text only');
      send({ type: 'port', port: id, text: data });
    });
    port1.addEventListener('close', () => {
      if (ports.delete(id)) send({ type: 'port-closed', port: id });
    });
    port1.start();
    return port2;
  }

  socket.addEventListener('message', ({ data }) => {
    const message: ToPage = JSON.parse(data);
    if (message.type === 'ipc') listeners.get(message.channel)?.({ ports: message.ports.map(bridgePort) });
    else if (message.type === 'reload') location.reload();
    else if (message.type === 'port') ports.get(message.port)?.postMessage(message.text);
    else {
      const port = ports.get(message.port);
      ports.delete(message.port);
      port?.close();
    }
  });

  const ipcRenderer = {
    send: (channel: string) => send({ type: 'ipc', channel }),
    on: (channel: string, listener: IpcListener) => void listeners.set(channel, listener),
  };
  const refuse = (name: string): never => {
    throw new Error(`The electron stand-in's preload has no ${name}`);
  };
  const strict = <T extends object>(name: string, members: T): T =>
    new Proxy(members, {
      get: (target, key) => (key in target ? Reflect.get(target, key) : refuse(`${name}.${String(key)}`)),
    });
  const electron = strict('electron', { ipcRenderer: strict('ipcRenderer', ipcRenderer) });
  preload((name) => (name === 'electron' ? electron : refuse(name)), { exports: {} }, {});
}
