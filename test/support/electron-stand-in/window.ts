import type { BrowserWindow, BrowserWindowConstructorOptions, WebPreferences } from 'electron';
import { openBridge } from './bridge.ts';
import { onlyAfterReady } from './readiness.ts';
import { emitter, strict } from './strict.ts';
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
  };
  minimize(): void;
  /** As the user's click on the closing cross does. */
  close(): void;
}

const open = new Map<object, WindowInside>();
const watchers = {
  created: (_contents: object) => {},
  allClosed: () => {},
  bridged: (_origin: string) => {},
};

export const windows = {
  inside: () => [...open.values()],
  /** What the app and the test are told. */
  watch: (to: Partial<typeof watchers>) => void Object.assign(watchers, to),
};

type Members = 'show' | 'focus' | 'restore' | 'isMinimized' | 'loadURL';

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
  const { outside, emit } = emitter('BrowserWindow', ['ready-to-show', 'closed']);
  const state = { shown: options.show ?? true, minimized: false, focused: 0, url: '' };
  let closeBridge: (() => void) | null = null;

  const window = strict('BrowserWindow', {
    ...outside,
    webContents: contents,
    show: () => void (state.shown = true),
    focus: () => void state.focused++,
    restore: () => void (state.minimized = false),
    isMinimized: () => state.minimized,
    async loadURL(url: string) {
      state.url = url;
      const bridge = await openBridge(url, inside);
      closeBridge = () => bridge.close();
      watchers.bridged(bridge.origin);
      await bridge.loaded;
      emit('ready-to-show');
    },
  } satisfies Pick<BrowserWindow, Members> & typeof outside & { webContents: typeof contents });

  open.set(window, {
    options,
    contents: inside,
    state: () => ({ ...state }),
    minimize: () => void (state.minimized = true),
    close() {
      open.delete(window);
      closeBridge?.();
      inside.emit('destroyed');
      emit('closed');
      if (open.size === 0) watchers.allClosed();
    },
  });
  watchers.created(contents);
  return window;
}

export const windowStatics = { getAllWindows: () => [...open.keys()] };
