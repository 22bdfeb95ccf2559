import { appInside, isSandboxed } from './app.ts';
import { deeds, permissions } from './electron.ts';
import { portCounts } from './message-ports.ts';
import { answerPageRequest } from './protocol.ts';
import { windows } from './window.ts';

/** What a test can see of the program, and do to it as the desktop or a hostile page would. */
const control = {
  state: () => ({
    sandboxed: isSandboxed(),
    windows: windows.inside().map((window) => ({ ...window.state(), options: window.options })),
    ports: portCounts(),
    menu: deeds.menu?.map(({ role, label }) => role ?? label) ?? null,
    openedExternally: deeds.openedExternally,
  }),
  minimize: () => firstWindow().minimize(),
  closeWindow: () => firstWindow().close(),
  activate: () => appInside.emit('activate'),
  /** A message from a frame that is gone: its `senderFrame` is null. */
  sendFromGoneFrame: () => firstWindow().contents.receive('flowdial-ready', null),
  attempt: (
    what: 'will-navigate' | 'will-frame-navigate' | 'will-redirect' | 'will-attach-webview',
    url: string,
  ) => firstWindow().contents.attempt(what, url),
  openWindow: (url: string) => firstWindow().contents.openWindow(url),
  /** How a permission is answered when it is asked for, and when it is looked up, for a page of this origin. */
  permission(name: string, origin: string) {
    const { request, check, device } = permissions;
    if (!request || !check || !device)
      throw new Error('A permission handler is missing: Electron would grant all');
    let requested = false;
    // The handlers are asked as Electron does, with a name that its types may not know yet.
    Reflect.apply(request, null, [null, name, (granted: boolean) => (requested = granted), {}]);
    return { requested, checked: Reflect.apply(check, null, [null, name, origin, {}]) as boolean };
  },
  async request(url: string, method: string) {
    const answer = await answerPageRequest(url, method);
    return { status: answer.status, body: await answer.text() };
  },
};

function firstWindow() {
  const [window] = windows.inside();
  if (window === undefined) throw new Error('No window is open');
  return window;
}

export type Control = typeof control;
export type Question = {
  readonly id: number;
  readonly name: keyof Control;
  readonly args: readonly unknown[];
};
export type FromProgram =
  | { readonly type: 'bridged'; readonly origin: string }
  | { readonly type: 'answer'; readonly id: number; readonly value?: unknown; readonly error?: string };

/** Listens to the test over Node's own channel, without keeping the program alive for it. */
export function listenToTest(): void {
  const tell = (message: FromProgram) => void process.send?.(message);
  windows.watch({ bridged: (origin) => tell({ type: 'bridged', origin }) });
  process.on('message', ({ id, name, args }: Question) => {
    Promise.resolve()
      .then(() => Reflect.apply(control[name], null, args) as unknown)
      .then(
        (value) => tell({ type: 'answer', id, value }),
        (error: unknown) => tell({ type: 'answer', id, error: String(error) }),
      );
  });
  process.channel?.unref();
}
