import type { AcceleratorPlatform } from '../../src-shared/accelerator.ts';
import { type Call, isTerminal, isUnsent } from '../../src-shared/call.ts';
import type { TunnelState } from '../../src-shared/contract/app.ts';
import type { Destination, DesktopState, DialCardView, Note } from '../../src-shared/contract/desktop.ts';
import type { SettingsChange } from '../../src-shared/contract/settings.ts';
import { assertNever } from '../../src-shared/errors.ts';
import type { RepState, RepView } from '../../src-shared/rep.ts';
import type { Settings } from '../../src-shared/settings.ts';
import type { Clock, Desktop, Log } from '../ports.ts';
import type { Readiness } from '../rep/readiness.ts';
import type { StoredCall } from '../storage/storage.ts';
import { type CardDesk, createCardDesk } from './card-desk.ts';
import { createHotkey, type Hotkey } from './hotkey.ts';
import { createNotes, type Notes } from './notes.ts';
import { callOfTray, type TrayAction, type TrayCall, trayModel } from './tray-model.ts';
import { whoOf } from './who.ts';

/** What stands on the desk outside the window: the hotkey with its card, notifications, the tray, links. */
export interface Desk {
  readonly card: CardDesk;
  readonly hotkey: Hotkey;
  state(): DesktopState;
  /** Tells it of every change of a call, and at the start of each that is not over. */
  follow(stored: StoredCall): void;
  /** The rep's state, the settings or the public address changed. */
  look(): void;
  noteClicked(id: string, action: Parameters<Notes['clicked']>[1]): void;
  /** Brings the main window to the front, there. */
  go(destination: Destination): void;
  stop(): void;
}

/** While somebody talks the tray counts the seconds, ms. */
const everySecondMs = 1000;

const schemes = ['tel', 'callto', 'flowdial'] as const;

export function createDesk(parts: {
  readonly clock: Clock;
  readonly log: Log;
  readonly desktop: Desktop;
  readonly platform: string;
  readonly settings: () => Settings;
  readonly changeSettings: (change: SettingsChange) => Promise<unknown>;
  /** Whether the environment decides on the line. */
  readonly lineIsLocked: () => boolean;
  readonly readiness: Pick<Readiness, 'view' | 'set' | 'leave'>;
  readonly tunnel: () => TunnelState;
  readonly tell: {
    readonly state: (state: DesktopState) => void;
    readonly card: (card: DialCardView | null) => void;
    readonly note: (note: Note) => void;
    readonly destination: (destination: Destination) => void;
  };
}): Desk {
  const { clock, log, desktop, settings, tell } = parts;
  const { windows, notifier, tray } = desktop;
  /** In the order in which they were placed. */
  const live = new Map<string, TrayCall>();
  const unsent = new Set<string>();
  let cancelSecond = () => {};
  let drawn = '';
  let stopped = false;

  const card = createCardDesk({
    clock,
    log,
    selection: desktop.selection,
    readClipboard: desktop.readClipboard,
    windows,
    // Linux tells what was highlighted last, however long ago: only a person knows whether they mean it.
    mayCallAtOnce: () => settings().callAtOnce && parts.platform !== 'linux',
    changed: tell.card,
  });
  const hotkey = createHotkey({
    clock,
    hotkeys: desktop.hotkeys,
    platform: platformOf(parts.platform),
    accelerator: settings().hotkey,
    pressed: () => {
      card
        .pressed()
        .catch((error: unknown) => log.error('the hotkey read nothing', { error: String(error) }));
    },
    changed: () => tell.state(state()),
  });
  const notes = createNotes({
    clock,
    settings,
    show(note) {
      if (notifier.kind === 'system') notifier.show(note, (action) => noteClicked(note.id, action));
      else tell.note(note);
    },
    close: (id) => notifier.close(id),
  });
  const stopPresence = desktop.presence.onLock(() => parts.readiness.leave('lock'));

  function state(): DesktopState {
    return {
      hotkey: hotkey.state(),
      links: schemes.map((scheme) => ({ scheme, ours: desktop.linkOwner.owns(scheme) })),
      startsAtLogin: desktop.loginItem.starts(),
      notifications: notifier.kind,
    };
  }

  function noteClicked(id: string, action: Parameters<Notes['clicked']>[1]): void {
    const destination = notes.clicked(id, action);
    if (destination !== null) go(destination);
  }

  function go(destination: Destination): void {
    windows.showMain();
    tell.destination(destination);
  }

  /** Stands though the disk does not keep it for the next start. */
  function say(state: RepState): void {
    try {
      parts.readiness.set(state);
    } catch (error) {
      log.error('what the rep said of themselves was not kept', { state, error: String(error) });
    }
  }

  function run(action: TrayAction): void {
    const change = (values: SettingsChange) => {
      parts
        .changeSettings(values)
        .catch((error: unknown) => log.error('the tray changed nothing', { action, error: String(error) }));
    };
    switch (action) {
      case 'openFlowdial':
        return windows.showMain();
      case 'openCall': {
        const spokenOf = callOfTray(liveCalls());
        return spokenOf === null
          ? windows.showMain()
          : go({ to: 'call', callId: spokenOf.call.id, note: false });
      }
      case 'newCall':
        return go({ to: 'dial', number: null });
      case 'ready':
      case 'away':
        return say(action);
      case 'wrapUp':
        return say('wrap-up');
      case 'doNotDisturb':
        return change({ doNotDisturb: !settings().doNotDisturb });
      case 'callStrip':
        return change({ callStrip: !settings().callStrip });
      case 'usePractice':
        return change({ line: 'practice' });
      case 'useAccount':
        return change({ line: 'account' });
      case 'quit':
        return windows.quit();
      default:
        return assertNever(action);
    }
  }

  /** Newest first. Looked at with every change of every call, so nothing is worked out here. */
  function liveCalls(): TrayCall[] {
    return [...live.values()].reverse();
  }

  function look(): void {
    cancelSecond();
    if (stopped) return;
    const rep: RepView = parts.readiness.view();
    const model = trayModel({
      rep,
      calls: liveCalls(),
      lineIsFree: unsent.size === 0 && !parts.lineIsLocked(),
      settings: settings(),
      tunnel: parts.tunnel(),
      now: clock.now(),
    });
    if (model.sign === 'talking') cancelSecond = clock.after(everySecondMs, look);
    const text = JSON.stringify(model);
    if (text !== drawn) {
      drawn = text;
      tray.show(model, run);
    }
    windows.showStrip(settings().callStrip && live.size > 0);
  }

  return {
    card,
    hotkey,
    state,
    follow(stored) {
      // Answers that were awaited may still come.
      if (stopped) return;
      const { id, status } = stored.call;
      if (runs(stored.call)) live.set(id, { call: stored.call, who: whoOf(stored.call, stored.contact) });
      else live.delete(id);
      if (isUnsent(status)) unsent.add(id);
      else unsent.delete(id);
      notes.follow(stored);
      look();
    },
    look,
    noteClicked,
    go,
    stop() {
      stopped = true;
      cancelSecond();
      notes.stop();
      stopPresence();
      desktop.hotkeys.register('', () => {});
    },
  };
}

/**
 * Whether a person would say that this call goes on: not once the talk is over, though Exotel tells of its end minutes
 * later, and not while nobody knows that Exotel has it.
 */
function runs({ status, conversation }: Call): boolean {
  if (isTerminal(status) || status === 'unconfirmed') return false;
  return conversation.state !== 'talked' && conversation.state !== 'missed' && conversation.state !== 'left';
}

function platformOf(platform: string): AcceleratorPlatform {
  if (platform === 'darwin') return 'mac';
  return platform === 'win32' ? 'windows' : 'linux';
}
