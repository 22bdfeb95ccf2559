import type { AnyRouter } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { type IpcMainEvent, type MessagePortMain, MessageChannelMain, type WebContents } from 'electron';
import { portChannel, readyChannel } from './channels.ts';
import { pageOrigin } from './page-origin.ts';

/**
 * Connects each load of a window's page with the core by one port: the port of the load before is closed, and with it
 * every stream that it held, when the page navigates, reloads, crashes or asks again. A page that asks while the core
 * still starts gets its port at once; what it says waits in there.
 */
export function connectPage(contents: WebContents, core: Promise<{ readonly router: AnyRouter }>): void {
  let current: MessagePortMain | null = null;
  const disconnect = () => {
    current?.close();
    current = null;
  };

  contents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) disconnect();
  });
  contents.on('render-process-gone', disconnect);
  contents.on('destroyed', disconnect);

  contents.ipc.on(readyChannel, (event) => {
    const frame = ourMainFrame(event);
    if (frame === null) return;
    disconnect();
    const { port1, port2 } = new MessageChannelMain();
    current = port1;
    frame.postMessage(portChannel, null, [port2]);
    // A core that does not start ends the program (main.ts).
    core.then(
      ({ router }) => serve(port1, router),
      () => port1.close(),
    );
  });
}

function serve(port: MessagePortMain, router: AnyRouter): void {
  new RPCHandler(router).upgrade(port);
  // Electron queues messages until this, and oRPC's adapter does not call it.
  port.start();
}

/** The frame to answer, if it is our page's own; a frame that is gone already, or within another, is not. */
function ourMainFrame({ senderFrame }: IpcMainEvent): IpcMainEvent['senderFrame'] {
  if (senderFrame === null || senderFrame.parent !== null) return null;
  return senderFrame.origin === pageOrigin ? senderFrame : null;
}
