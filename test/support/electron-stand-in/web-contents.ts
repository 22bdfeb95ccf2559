import type { WebContents, WebFrameMain } from 'electron';
import type { End } from './message-ports.ts';
import { takeEnd } from './message-ports.ts';
import { emitter, preventable, strict } from './strict.ts';

/** Hands a message with ports to one frame of the real page. */
export type PostToFrame = (channel: string, ends: readonly End[]) => void;

export interface Frame {
  readonly origin: string;
  readonly isMainFrame: boolean;
  readonly post: PostToFrame;
}

const events = [
  'did-start-navigation',
  'render-process-gone',
  'destroyed',
  'will-attach-webview',
  'will-navigate',
  'will-frame-navigate',
  'will-redirect',
] as const;

/** What the stand-in itself does with a page's contents. */
export interface ContentsInside {
  readonly emit: (event: (typeof events)[number], ...args: unknown[]) => void;
  /** A frame's IPC message; null: a frame that is gone. */
  readonly receive: (channel: string, from: Frame | null) => void;
  /** How the page's attempts to leave, or to open something, are answered. */
  readonly attempt: (
    what: 'will-navigate' | 'will-frame-navigate' | 'will-redirect' | 'will-attach-webview',
    url: string,
  ) => 'prevented' | 'allowed';
  readonly openWindow: (url: string) => string;
  /** How the window loads its page again; nothing before it has one. */
  reload: () => void;
}

type OpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0];

/** A window's web contents: the object that our code gets, and the stand-in's own side of it. */
export function createContents() {
  const { outside, emit } = emitter('webContents', events);
  const ipc = emitter('webContents.ipc', ['flowdial-ready'] as const);
  let openHandler: OpenHandler | null = null;

  const contents = strict('webContents', {
    ...outside,
    ipc: strict('webContents.ipc', ipc.outside),
    setWindowOpenHandler: (handler: OpenHandler) => void (openHandler = handler),
    reload: () => inside.reload(),
    forcefullyCrashRenderer: () => emit('render-process-gone', {}, { reason: 'killed', exitCode: 9 }),
  } satisfies Pick<WebContents, 'setWindowOpenHandler' | 'reload' | 'forcefullyCrashRenderer'> &
    typeof outside & { ipc: typeof outside });

  const inside: ContentsInside = {
    emit,
    reload: () => {},
    receive(channel, from) {
      if (channel !== 'flowdial-ready') throw new Error(`The page sent ${channel}, which nobody listens to`);
      const senderFrame = from === null ? null : frameObject(from);
      ipc.emit(channel, strict('ipcEvent', { sender: contents, senderFrame }));
    },
    attempt(what, url) {
      const { event, prevented } = preventable({ url, isMainFrame: true, isSameDocument: false });
      emit(what, event);
      return prevented() ? 'prevented' : 'allowed';
    },
    openWindow(url) {
      if (openHandler === null) return 'allow';
      const referrer = { url: '', policy: 'no-referrer' } as const;
      return openHandler({ url, frameName: '', features: '', disposition: 'new-window', referrer }).action;
    },
  };
  return { contents, inside };
}

function frameObject(frame: Frame) {
  return strict('frame', {
    origin: frame.origin,
    parent: frame.isMainFrame ? null : strict('frame', {}),
    postMessage(channel: string, message: unknown, transfer: readonly object[] = []) {
      if (message !== null) throw new Error('The electron stand-in posts ports only');
      frame.post(channel, transfer.map(takeEnd));
    },
  } satisfies Pick<WebFrameMain, 'origin' | 'postMessage'> & { parent: object | null });
}
