import { existsSync } from 'node:fs';
import path from 'node:path';
import type {
  Clipboard,
  Display,
  GlobalShortcut,
  Menu,
  MenuItemConstructorOptions,
  nativeImage as NativeImageModule,
  NativeTheme,
  Notification as NotificationClass,
  NotificationConstructorOptions,
  Point,
  PowerMonitor,
  Rectangle,
  Screen,
  Tray as TrayClass,
} from 'electron';
import { onlyAfterReady } from './readiness.ts';
import { emitter, type Emits, strict } from './strict.ts';

/** The desk around the windows as a test arranges it, and what the program put on it. */
export const desk = {
  /** Keys that another program has. */
  takenKeys: new Set<string>(),
  keys: new Map<string, () => void>(),
  clipboard: '',
  /** Linux: what is highlighted anywhere. */
  primary: '',
  pointer: { x: 400, y: 300 } as Point,
  screens: [{ x: 0, y: 0, width: 1920, height: 1080 }] as [Rectangle, ...Rectangle[]],
  tray: null as TrayInside | null,
  notes: [] as NoteInside[],
};

interface TrayInside {
  icon: string;
  tooltip: string;
  menu: readonly MenuItemConstructorOptions[];
  readonly click: () => void;
}

interface NoteInside {
  readonly options: NotificationConstructorOptions;
  shown: boolean;
  readonly emit: (event: 'click' | 'action' | 'close', ...args: unknown[]) => void;
}

/** As the system does, it refuses a key that is taken, by this program too. */
export const globalShortcut = strict('globalShortcut', {
  register(accelerator: string, callback: () => void) {
    onlyAfterReady('globalShortcut');
    if (desk.takenKeys.has(accelerator) || desk.keys.has(accelerator)) return false;
    desk.keys.set(accelerator, callback);
    return true;
  },
  unregister: (accelerator: string) => void desk.keys.delete(accelerator),
} satisfies Pick<GlobalShortcut, 'register' | 'unregister'>);

export const clipboard = strict('clipboard', {
  readText: () => Promise.resolve(desk.clipboard),
  selection: strict('clipboard.selection', { readText: () => Promise.resolve(desk.primary) }),
} satisfies Pick<Clipboard, 'readText'> & { selection: Pick<Clipboard, 'readText'> });

function displayOf(workArea: Rectangle, id: number) {
  return strict('display', { id, workArea } satisfies Pick<Display, 'id' | 'workArea'>);
}

function holds({ x, y, width, height }: Rectangle, point: Point): boolean {
  return point.x >= x && point.x < x + width && point.y >= y && point.y < y + height;
}

export const screen = strict('screen', {
  getCursorScreenPoint: () => desk.pointer,
  getPrimaryDisplay: () => displayOf(desk.screens[0], 0),
  getAllDisplays: () => desk.screens.map(displayOf),
  getDisplayNearestPoint: (point: Point) => {
    const at = desk.screens.findIndex((area) => holds(area, point));
    return displayOf(desk.screens[at] ?? desk.screens[0], Math.max(0, at));
  },
} satisfies {
  [K in 'getCursorScreenPoint' | 'getPrimaryDisplay' | 'getAllDisplays' | 'getDisplayNearestPoint']: (
    ...args: Parameters<Screen[K]>
  ) => unknown;
});

const pictures = new WeakMap<object, string>();

/** Electron makes an empty picture of a file that is not there: an icon that nobody sees. */
export const nativeImage = strict('nativeImage', {
  createFromPath(file: string) {
    if (!existsSync(file)) throw new Error(`There is no picture ${file}`);
    const image = strict('image', {});
    pictures.set(image, path.basename(file));
    return image;
  },
} satisfies {
  createFromPath: (...args: Parameters<(typeof NativeImageModule)['createFromPath']>) => object;
});

type MenuTemplate = Parameters<(typeof Menu)['buildFromTemplate']>[0];
export const menus = new WeakMap<object, MenuTemplate>();

type TrayMembers = 'setImage' | 'setToolTip' | 'setContextMenu';

export const Tray = function Tray(first: object) {
  onlyAfterReady('Tray');
  const { outside, emit } = emitter('Tray', ['click']);
  const inside: TrayInside = {
    icon: pictures.get(first) ?? '',
    tooltip: '',
    menu: [],
    click: () => emit('click'),
  };
  desk.tray = inside;
  return strict('Tray', {
    ...outside,
    setImage: (image: object | string) => void (inside.icon = pictures.get(Object(image)) ?? ''),
    setToolTip: (text: string) => void (inside.tooltip = text),
    setContextMenu: (menu: object | null) => {
      inside.menu = (menus.get(Object(menu)) ?? []) as MenuItemConstructorOptions[];
    },
  } satisfies { [K in TrayMembers]: (...args: Parameters<TrayClass[K]>) => void } & Emits);
};

export const Notification = Object.assign(
  function Notification(options: NotificationConstructorOptions) {
    onlyAfterReady('Notification');
    const { outside, emit } = emitter('Notification', ['click', 'action', 'close', 'failed']);
    const inside: NoteInside = { options, shown: false, emit };
    return strict('Notification', {
      ...outside,
      show() {
        inside.shown = true;
        desk.notes.push(inside);
      },
      close() {
        if (!inside.shown) return;
        inside.shown = false;
        emit('close', {});
      },
    } satisfies Pick<NotificationClass, 'show' | 'close'> & Emits);
  },
  { isSupported: () => true } satisfies Pick<typeof NotificationClass, 'isSupported'>,
);

const theme = emitter('nativeTheme', ['updated']);

export const nativeTheme = strict('nativeTheme', {
  ...theme.outside,
  get shouldUseDarkColors() {
    return false;
  },
  get shouldUseDarkColorsForSystemIntegratedUI() {
    return true;
  },
} satisfies Pick<NativeTheme, 'shouldUseDarkColors' | 'shouldUseDarkColorsForSystemIntegratedUI'> & Emits);

export const power = emitter('powerMonitor', ['resume', 'lock-screen', 'shutdown']);

export const powerMonitor = strict(
  'powerMonitor',
  power.outside satisfies { [K in 'on' | 'off']: (...args: Parameters<PowerMonitor[K]>) => unknown },
);
