import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle, WebPreferences } from 'electron';
import { openBridge } from './bridge.ts';
import { onlyAfterReady } from './readiness.ts';
import { emitter, preventable, strict } from './strict.ts';
import { type ContentsInside, createContents } from './web-contents.ts';

/** A window as the stand-in sees it. */
export interface WindowInside {
  readonly options: BrowserWindowConstructorOptions;
  readonly contents: ContentsInside;
  state(): {
    readonly shown: boolean;
    readonly minimized: boolean;
    readonly focused: number;
    readonly url: string;
    readonly bounds: Rectangle;
  };
  minimize(): void;
  /** As a person drags it, or draws it larger. */
  move(bounds: Rectangle): void;
  hang(): void;
  /** As the user's click on the closing cross does. False: the program keeps it. */
  close(): boolean;
}

const open = new Map<object, WindowInside>();
/** Which has the keyboard; null: another program's. */
let focused: object | null = null;

const watchers = {
  created: (_contents: object) => {},
  allClosed: () => {},
  focused: () => {},
  bridged: (_origin: string, _url: string) => {},
};

export const windows = {
  inside: () => [...open.values()],
  focused: () => (focused === null ? null : (open.get(focused) ?? null)),
  /** The person goes to a window of another program. */
  leave: () => void (focused = null),
  /** What the app and the test are told. */
  watch: (to: Partial<typeof watchers>) => void Object.assign(watchers, to),
};

type Members =
  | 'show'
  | 'showInactive'
  | 'hide'
  | 'isVisible'
  | 'focus'
  | 'restore'
  | 'isMinimized'
  | 'loadURL'
  | 'setBounds'
  | 'getNormalBounds'
  | 'setVisibleOnAllWorkspaces';

/** What weakens a page's walls (docs/security.md): no window of ours may name one, to whatever value. */
const weakening: readonly (keyof WebPreferences)[] = [
  'allowRunningInsecureContent',
  'contextIsolation',
  'disableBlinkFeatures',
  'enableBlinkFeatures',
  'experimentalFeatures',
  'navigateOnDragDrop',
  'nodeIntegration',
  'nodeIntegrationInSubFrames',
  'nodeIntegrationInWorker',
  'sandbox',
  'webSecurity',
  'webviewTag',
];

/** `new BrowserWindow(options)`: a page in a real Chromium, behind the bridge. */
export function createWindow(options: BrowserWindowConstructorOptions) {
  onlyAfterReady('BrowserWindow');
  const named = weakening.filter((name) => name in (options.webPreferences ?? {}));
  if (named.length > 0) throw new Error(`The electron stand-in opens no window with ${named.join(', ')}`);
  const { contents, inside } = createContents();
  const { outside, emit } = emitter('BrowserWindow', [
    'ready-to-show',
    'close',
    'closed',
    'move',
    'resize',
    'unresponsive',
  ]);
  const { x = 0, y = 0, width = 800, height = 600 } = options;
  const state = {
    shown: options.show ?? true,
    minimized: false,
    focused: 0,
    url: '',
    bounds: { x, y, width, height },
  };
  let closeBridge: (() => void) | null = null;

  const window = strict('BrowserWindow', {
    ...outside,
    webContents: contents,
    show() {
      state.shown = true;
      takeFocus();
    },
    showInactive: () => void (state.shown = true),
    hide() {
      state.shown = false;
      if (focused === window) focused = null;
    },
    isVisible: () => state.shown,
    focus() {
      state.focused++;
      takeFocus();
    },
    restore: () => void (state.minimized = false),
    isMinimized: () => state.minimized,
    setBounds: (bounds: Partial<Rectangle>) => void (state.bounds = { ...state.bounds, ...bounds }),
    getNormalBounds: () => state.bounds,
    setVisibleOnAllWorkspaces: (_visible: boolean, _options?: object) => {},
    async loadURL(url: string) {
      state.url = url;
      const bridge = await openBridge(url, inside);
      closeBridge = () => bridge.close();
      inside.reload = () => bridge.reload();
      watchers.bridged(bridge.origin, url);
      await bridge.loaded;
      emit('ready-to-show');
    },
  } satisfies Pick<BrowserWindow, Members> & typeof outside & { webContents: typeof contents });

  function takeFocus(): void {
    focused = window;
    watchers.focused();
  }

  open.set(window, {
    options,
    contents: inside,
    state: () => ({ ...state }),
    minimize: () => void (state.minimized = true),
    move(bounds) {
      state.bounds = bounds;
      emit('move');
      emit('resize');
    },
    hang: () => emit('unresponsive'),
    close() {
      const { event, prevented } = preventable({});
      emit('close', event);
      if (prevented()) return false;
      open.delete(window);
      closeBridge?.();
      inside.emit('destroyed');
      emit('closed');
      if (open.size === 0) watchers.allClosed();
      return true;
    },
  });
  watchers.created(contents);
  return window;
}

export const windowStatics = {
  getAllWindows: () => [...open.keys()],
  getFocusedWindow: () => focused,
};
