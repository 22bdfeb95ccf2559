import type { RenderProcessGoneDetails, Rectangle } from 'electron';
import { appInside, isSandboxed } from './app.ts';
import { desk, power } from './desk.ts';
import { deeds, permissions } from './electron.ts';
import { portCounts } from './message-ports.ts';
import { answerPageRequest } from './protocol.ts';
import { windows } from './window.ts';

/** A window by the place of our page that it shows: the main one, the dial card, the call strip. */
export type WindowName = '' | '#/card' | '#/strip';

/** What a test can see of the program, and do to it as the desktop, a person or a hostile page would. */
const control = {
  state: () => ({
    sandboxed: isSandboxed(),
    windows: windows.inside().map((window) => ({ ...window.state(), options: window.options })),
    ports: portCounts(),
    menu: deeds.menu?.map(({ role, label }) => role ?? label) ?? null,
    openedExternally: deeds.openedExternally,
    keys: [...desk.keys.keys()],
    tray: desk.tray && {
      icon: desk.tray.icon,
      tooltip: desk.tray.tooltip,
      menu: desk.tray.menu.flatMap(({ label, checked }) =>
        label === undefined ? [] : [{ label, ...(checked === undefined ? {} : { checked }) }],
      ),
    },
    notes: desk.notes.map(({ options, shown }) => ({ ...options, shown })),
    questions: deeds.asked.map(({ options }) => options),
  }),
  minimize: () => windowOf('').minimize(),
  moveWindow: (bounds: Rectangle) => windowOf('').move(bounds),
  closeWindow: (name: WindowName = '') => windowOf(name).close(),
  /** What is highlighted in another program, and what lies in the clipboard. */
  highlight: (text: string) => void (desk.primary = text),
  copy: (text: string) => void (desk.clipboard = text),
  takeKey: (accelerator: string) => void desk.takenKeys.add(accelerator),
  arrange: (pointer: { x: number; y: number }, screens: [Rectangle, ...Rectangle[]]) =>
    void Object.assign(desk, { pointer, screens }),
  pressKey(accelerator: string) {
    const pressed = desk.keys.get(accelerator);
    if (pressed === undefined) throw new Error(`Nobody listens to ${accelerator}`);
    pressed();
  },
  clickTray: () => desk.tray?.click(),
  chooseInTray(label: string) {
    const item = desk.tray?.menu.find((each) => each.label === label);
    if (item?.click === undefined) throw new Error(`The tray has no ${label}`);
    Reflect.apply(item.click, null, []);
  },
  /** A click on the notification, or on its button at this place. */
  clickNote(title: string, button: number | null) {
    const note = desk.notes.find(({ options, shown }) => shown && options.title === title);
    if (note === undefined) throw new Error(`There is no notification ${title}`);
    if (button === null) note.emit('click', {});
    else note.emit('action', { actionIndex: button, selectionIndex: -1 });
  },
  answerQuestion(label: string) {
    const question = deeds.asked.find(({ options }) => options.buttons?.includes(label));
    if (question === undefined) throw new Error(`Nobody asks with ${label}`);
    question.answer(question.options.buttons?.indexOf(label) ?? -1);
  },
  crashPage: (reason: RenderProcessGoneDetails['reason']) =>
    windowOf('').contents.emit('render-process-gone', {}, { reason, exitCode: 5 }),
  hangPage: () => windowOf('').hang(),
  /** A mistake in the core that nobody catches. */
  failCore() {
    setImmediate(() => {
      throw new Error('a mistake in the core');
    });
  },
  lockScreen: () => power.emit('lock-screen'),
  wake: () => power.emit('resume'),
  quit: () => appInside.quit(),
  openUrl: (url: string) => appInside.emit('open-url', { preventDefault: () => {} }, url),
  activate: () => appInside.emit('activate'),
  /** A message from a frame that is gone: its `senderFrame` is null. */
  sendFromGoneFrame: () => windowOf('').contents.receive('flowdial-ready', null),
  attempt: (
    what: 'will-navigate' | 'will-frame-navigate' | 'will-redirect' | 'will-attach-webview',
    url: string,
  ) => windowOf('').contents.attempt(what, url),
  openWindow: (url: string) => windowOf('').contents.openWindow(url),
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

function windowOf(name: WindowName) {
  const window = windows.inside().find((each) => each.state().url === `app://flowdial/${name}`);
  if (window === undefined) throw new Error(`No window shows ${name}`);
  return window;
}

export type Control = typeof control;
export type Question = {
  readonly id: number;
  readonly name: keyof Control;
  readonly args: readonly unknown[];
};
export type FromProgram =
  | { readonly type: 'bridged'; readonly origin: string; readonly url: string }
  | { readonly type: 'answer'; readonly id: number; readonly value?: unknown; readonly error?: string };

/** Listens to the test over Node's own channel, without keeping the program alive for it. */
export function listenToTest(): void {
  const tell = (message: FromProgram) => void process.send?.(message);
  windows.watch({ bridged: (origin, url) => tell({ type: 'bridged', origin, url }) });
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
