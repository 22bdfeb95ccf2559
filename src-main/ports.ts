import type { Note } from '../src-shared/contract/desktop.ts';
import type { SecretName } from '../src-shared/settings.ts';

import type { LinkScheme } from './desktop/links.ts';
import type { TrayAction, TrayModel } from './desktop/tray-model.ts';

/**
 * What a shell provides to the core. The core reaches the desktop, the clock and other processes only through
 * these, so that it runs and is tested whole without them.
 */

/** Time. The wall clock dates what people read; the monotonic clock measures. */
export interface Clock {
  /** Milliseconds since 1970, UTC. May jump. */
  readonly now: () => number;
  /** Milliseconds from an arbitrary start. Never goes back. */
  monotonic(): number;
  /** Calls `run` once after `ms`; the function returned cancels it. */
  after(ms: number, run: () => void): () => void;
}

/** What a vault keeps: a secret by its name, or the keys that an account's calls were made with, by `lineKey`. */
export type VaultEntry = SecretName | `account ${string}`;

/** Keeps secrets. Each promise may wait for the desktop (an unlock prompt). */
export interface CredentialVault {
  /** Where secrets really are: decided once, when the vault is opened. */
  readonly kind: 'keychain' | 'memory';
  /** Why it is only memory; empty for a keychain. */
  readonly problem: string;
  get(name: VaultEntry): Promise<string | null>;
  set(name: VaultEntry, value: string): Promise<void>;
  /** Deleting what is not there is no error. */
  delete(name: VaultEntry): Promise<void>;
}

/** The file of settings: `conf` in the browser shell, `electron-store` in Electron's, the same JSON file. */
export interface SettingsFile {
  /** Every key in the file; unchecked, the core parses it. */
  read(): Record<string, unknown>;
  /** Replaces the file's content, atomically, mode 0600. Throws where the disk refuses. */
  write(values: Record<string, unknown>): void;
  /** Where a damaged file was moved to when this one was opened; null: the file was sound or absent. */
  readonly setAside: string | null;
}

/** Opens things outside the app. */
export interface Opener {
  /** Opens an https or http address in the user's browser. The core has checked where it leads. */
  openUrl(url: string): Promise<void>;
}

/** Helpers are our own scripts in a process of their own, which may hang or crash without harm. */
export type HelperName = 'ngrok' | 'selection';

export interface Helper {
  /** Structured-cloneable data only. */
  send(message: unknown): void;
  /** Ends the process at once, however it hangs. */
  kill(): void;
}

export interface Helpers {
  /**
   * Starts a helper with an allow-listed environment and no secret in it.
   * `onExit` is called once, also when the process cannot be started.
   */
  start(
    name: HelperName,
    on: { message: (message: unknown) => void; exit: (reason: string) => void },
  ): Helper;
}

/** What is highlighted in the program that the person works in, or why it cannot be told. */
export type SelectionRead =
  /** `source`: read by selection-hook, or Linux's PRIMARY selection as the shell reads it. */
  | { readonly kind: 'text'; readonly text: string; readonly source: 'native' | 'primary' }
  | {
      readonly kind: 'nothing';
      readonly why: /** Nothing is highlighted, or nothing but blanks. */
        | 'empty'
        /** This desktop cannot be asked: its display, a library, or the native part is missing. */
        | 'no-native'
        /** macOS: the person has not allowed Flowdial under Accessibility. */
        | 'no-permission'
        /** The reading process ended meanwhile. The next read starts another. */
        | 'crashed'
        | 'timed-out';
    };

/** Reads the highlighted text of any program, without typing a key and without touching the clipboard. */
export interface SelectionReader {
  /** What is highlighted now, never what was. Those who ask at the same time get the same answer. Never rejects. */
  read(): Promise<SelectionRead>;
}

/** Knows the way out through an office's network. */
export interface Proxy {
  /**
   * The proxy for this address, as `http(s)://[user:password@]host[:port]`; null: none. May differ by host and change
   * with the network.
   */
  forUrl(url: string): Promise<string | null>;
}

/**
 * Why what was connected before may be dead now: the computer slept, or it is on another network.
 * `sleptMs`: how long it was away, at most a few seconds more than it slept.
 */
export type WakeReason = { readonly kind: 'woke'; readonly sleptMs: number } | { readonly kind: 'network' };

/** Knows when the computer slept and when its network changed. */
export interface Wake {
  /** Calls `listener` each time, soon after; the function returned ends it. */
  onWake(listener: (why: WakeReason) => void): () => void;
  /** Looks now, and tells the listeners before it returns: for what must not be sent by a computer that just woke. */
  look(): void;
}

/** Knows when nobody sits at the computer. */
export interface Presence {
  /** Calls `listener` each time the screen is locked; the function returned ends it. */
  onLock(listener: () => void): () => void;
}

/** The keys of the whole desktop. */
export interface Hotkeys {
  /**
   * Registers this one in the place of the one before; empty: none. `taken`: another program has it, and the one before
   * stands. `unavailable`: this shell has no global keys. Wayland may say `registered` and never press.
   */
  register(accelerator: string, pressed: () => void): 'registered' | 'taken' | 'unavailable';
}

/** Native notifications. */
export interface Notifier {
  /** `none`: this shell has none, the page shows them (contract, `desktop.notes`). */
  readonly kind: 'system' | 'page' | 'none';
  /** Replaces one with the same id. */
  show(note: Note, clicked: (action: 'open' | Note['actions'][number]) => void): void;
  close(id: string): void;
}

/** Windows beside the main one, and the way to it. */
export interface Windows {
  /** Shows the dial card above all other windows, by the pointer, with the keyboard's focus. */
  showCard(): void;
  hideCard(): void;
  /** Shows or hides the call strip. */
  showStrip(shown: boolean): void;
  /** Brings the main window to the front, opening it where it is closed. */
  showMain(): void;
  /** Ends the program. */
  quit(): void;
}

/** The icon in the tray, or the menu bar. */
export interface Tray {
  /** Draws it so from now on; `run` does what an item says. */
  show(model: TrayModel, run: (action: TrayAction) => void): void;
}

/** Which links the system opens with this program. */
export interface LinkOwner {
  /** Null: this shell cannot tell. */
  owns(scheme: LinkScheme): boolean | null;
  /** Asks for it, or opens the system's page where a person can say so. False: this shell cannot. */
  claim(scheme: LinkScheme): boolean;
}

/** Whether the program starts when the person logs in. */
export interface LoginItem {
  /** Null: this shell cannot tell. */
  starts(): boolean | null;
  set(starts: boolean): void;
}

/** The clipboard's text, for the one action that asks for it; null: this shell has none. */
export type ReadClipboard = () => Promise<string | null>;

/** What only a desktop gives. */
export interface Desktop {
  readonly selection: SelectionReader;
  readonly hotkeys: Hotkeys;
  readonly notifier: Notifier;
  readonly windows: Windows;
  readonly tray: Tray;
  readonly linkOwner: LinkOwner;
  readonly loginItem: LoginItem;
  readonly readClipboard: ReadClipboard;
  readonly presence: Presence;
}

/** Structured log. Implementations redact: no token, no full phone number. */
export interface Log {
  info(message: string, data?: Readonly<Record<string, unknown>>): void;
  warn(message: string, data?: Readonly<Record<string, unknown>>): void;
  error(message: string, data?: Readonly<Record<string, unknown>>): void;
}

export interface Ports {
  readonly shell: 'electron' | 'browser';
  readonly clock: Clock;
  readonly vault: CredentialVault;
  readonly settingsFile: SettingsFile;
  readonly opener: Opener;
  readonly helpers: Helpers;
  readonly proxy: Proxy;
  readonly wake: Wake;
  readonly desktop: Desktop;
  readonly log: Log;
}
