import type { LinkScheme } from '../../src-main/desktop/links.ts';
import type { TrayAction, TrayModel } from '../../src-main/desktop/tray-model.ts';
import type { Desktop, Notifier } from '../../src-main/ports.ts';
import type { Note } from '../../src-shared/contract/desktop.ts';
import type { HotkeysWorld } from './hotkeys-suite.ts';
import type { NotifierWorld } from './notifier-suite.ts';
import { type ScriptedSelection, scriptedSelection } from './scripted-selection.ts';
import type { ClipboardWorld, LinkOwnerWorld, PresenceWorld } from './system-suites.ts';
import type { DrawnTray, TrayWorld } from './tray-suite.ts';
import type { WindowName, WindowsWorld } from './windows-suite.ts';

/** What it does it does at once. */
type AtOnce<World> = {
  readonly [Name in keyof World]: World[Name] extends (...parts: infer Parts) => void | Promise<void>
    ? (...parts: Parts) => void
    : World[Name];
};

/** A whole desktop that does what a test says, as the suites of its ports promise. */
export interface ScriptedDesktop
  extends AtOnce<Omit<HotkeysWorld, 'press'>>,
    AtOnce<Omit<NotifierWorld, 'shown' | 'click'>>,
    AtOnce<Omit<WindowsWorld, 'visible' | 'focused'>>,
    AtOnce<Omit<TrayWorld, 'drawn'>>,
    AtOnce<LinkOwnerWorld>,
    AtOnce<ClipboardWorld>,
    AtOnce<PresenceWorld> {
  readonly desktop: Desktop;
  readonly selection: ScriptedSelection;
  /** The combination that is registered; empty: none. */
  readonly registered: string;
  /** Every notification that was ever shown, oldest first. */
  readonly notes: readonly Note[];
  /** Those that stand on the screen. */
  readonly shown: () => readonly Note[];
  readonly visible: () => readonly WindowName[];
  readonly focused: () => WindowName | null;
  /** How often the card was shown, or brought to the front. */
  readonly cardShows: number;
  /** The model that the tray is drawn from; null: none yet. */
  readonly trayModel: TrayModel | null;
  readonly drawn: () => DrawnTray | null;
  readonly click: (title: string, action?: 'open' | Note['actions'][number]) => void;
  readonly press: (accelerator?: string) => void;
  /** The item of a menu that stood open since before it was drawn anew. */
  readonly chooseAnyway: (action: TrayAction) => void;
}

/** @param notifications `page`: a shell without native ones, as the browser's. */
export function scriptedDesktop({
  notifications = 'system',
}: {
  readonly notifications?: Notifier['kind'];
} = {}): ScriptedDesktop {
  const selection = scriptedSelection();
  let hotkey: { readonly accelerator: string; readonly pressed: () => void } | null = null;
  const taken = new Set<string>();
  const onScreen = new Map<
    string,
    { readonly note: Note; readonly clicked: Parameters<Notifier['show']>[1] }
  >();
  const notes: Note[] = [];
  const visible = new Set<WindowName>();
  let focused: WindowName | null = null;
  let cardShows = 0;
  let hasQuit = false;
  let drawn: { readonly model: TrayModel; readonly run: (action: TrayAction) => void } | null = null;
  const ours = new Set<LinkScheme>();
  let startsAtLogin = false;
  let copied = '';
  const lockListeners = new Set<() => void>();

  function hide(window: WindowName): void {
    visible.delete(window);
    if (focused === window) focused = null;
  }

  function bringToFront(window: WindowName): void {
    visible.add(window);
    focused = window;
  }

  const desktop: Desktop = {
    selection: selection.reader,
    hotkeys: {
      register(accelerator, pressed) {
        if (taken.has(accelerator)) return 'taken';
        hotkey = accelerator === '' ? null : { accelerator, pressed };
        return 'registered';
      },
    },
    notifier: {
      kind: notifications,
      show(note, clicked) {
        notes.push(note);
        onScreen.set(note.id, { note, clicked });
      },
      close: (id) => void onScreen.delete(id),
    },
    windows: {
      showCard() {
        cardShows++;
        bringToFront('card');
      },
      hideCard: () => hide('card'),
      showStrip: (shown) => (shown ? void visible.add('strip') : hide('strip')),
      showMain: () => bringToFront('main'),
      quit: () => (hasQuit = true),
    },
    tray: { show: (model, run) => (drawn = { model, run }) },
    linkOwner: {
      owns: (scheme) => ours.has(scheme),
      claim(scheme) {
        ours.add(scheme);
        return true;
      },
    },
    loginItem: {
      starts: () => startsAtLogin,
      set: (starts) => (startsAtLogin = starts),
    },
    readClipboard: () => copied,
    presence: {
      onLock(listener) {
        lockListeners.add(listener);
        return () => lockListeners.delete(listener);
      },
    },
  };

  return {
    desktop,
    ...desktop,
    selection,
    get registered() {
      return hotkey?.accelerator ?? '';
    },
    press(accelerator = hotkey?.accelerator) {
      if (hotkey !== null && hotkey.accelerator === accelerator) hotkey.pressed();
    },
    takeElsewhere: (accelerator) => void taken.add(accelerator),
    notes,
    shown: () => [...onScreen.values()].map(({ note }) => note),
    click(title, action = 'open') {
      const found = [...onScreen.values()].find(({ note }) => note.title === title);
      if (found === undefined) throw new Error(`No notification is called ${title}.`);
      found.clicked(action);
    },
    visible: () => [...visible],
    focused: () => focused,
    close: hide,
    leave: () => void (focused = null),
    get cardShows() {
      return cardShows;
    },
    get hasQuit() {
      return hasQuit;
    },
    get trayModel() {
      return drawn?.model ?? null;
    },
    drawn: () =>
      drawn && {
        icon: drawn.model.sign,
        tooltip: drawn.model.tooltip,
        items: drawn.model.items.map((item) =>
          item.kind === 'separator'
            ? '---'
            : { label: item.label, checked: item.checked, enabled: item.enabled },
        ),
      },
    choose(label) {
      const item = drawn?.model.items.find((each) => each.kind === 'action' && each.label === label);
      if (item?.kind !== 'action' || !item.enabled) throw new Error(`Nobody can choose ${label}.`);
      drawn?.run(item.action);
    },
    chooseAnyway: (action) => drawn?.run(action),
    give: (scheme, to) => void (to === 'us' ? ours.add(scheme) : ours.delete(scheme)),
    pagesOpened: () => 0,
    copy: (text) => void (copied = text),
    lock() {
      for (const listener of lockListeners) listener();
    },
    unlock: () => {},
  };
}
