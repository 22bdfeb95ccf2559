import {
  type Icon,
  IconAddressBook,
  IconAppWindow,
  IconArrowsSplit,
  IconCirclePlus,
  IconClock,
  IconFlask,
  IconInfoCircle,
  IconKeyboard,
  IconPhone,
  IconPhonePlus,
  IconPlugConnected,
  IconRoute,
  IconSearch,
  IconSettings,
  IconSparkles,
  IconUser,
} from '@tabler/icons-react';
import type { SettingsView } from '../../src-shared/contract/settings.ts';
import type { en } from '../words/en.ts';
import { missingForAccount } from './account-missing.ts';
import type { Shortcut } from './shortcuts.ts';

/** The places of the app. */
export type Place =
  | '/'
  | '/contacts'
  | '/contacts/new'
  | '/history'
  | `/settings/${'account' | 'flow' | 'calls' | 'callbacks' | 'about'}`;

/** What an action may look at, and reach for. */
export interface ActionContext {
  /** The path shown now. */
  readonly path: string;
  readonly shell: 'electron' | 'browser';
  /** Undefined until the core has told. */
  readonly settings: SettingsView | undefined;
  readonly go: (place: Place) => void;
  readonly focusDialBox: () => void;
  readonly focusSearch: () => void;
  readonly openPalette: () => void;
  readonly openHelp: () => void;
  readonly openWindow: () => void;
  readonly switchLine: (line: 'practice' | 'account') => void;
  readonly showWelcome: () => void;
  /** The call shown whose Sid only number and time speak for; null: none. */
  readonly matchedCallId: string | null;
  readonly askNotMine: (callId: string) => void;
}

export interface Action {
  readonly id: keyof typeof en.actions;
  readonly group: 'go' | 'do' | 'line';
  readonly Sign: Icon;
  /** The first is shown; all act. */
  readonly keys?: readonly Shortcut[];
  /** Absent: always. */
  readonly enabled?: (context: ActionContext) => boolean;
  readonly run: (context: ActionContext) => void;
}

const onListScreen = ({ path }: ActionContext) => path.startsWith('/contacts') || path.startsWith('/history');

/**
 * All that a person can do from anywhere, once: the sidebar, the palette, the shortcuts and the help sheet are drawn
 * from it. The label of each is its id in the catalogue.
 */
export const actions: readonly Action[] = [
  { id: 'dial', group: 'go', Sign: IconPhone, keys: ['mod+1'], run: ({ go }) => go('/') },
  { id: 'contacts', group: 'go', Sign: IconAddressBook, keys: ['mod+2'], run: ({ go }) => go('/contacts') },
  { id: 'history', group: 'go', Sign: IconClock, keys: ['mod+3'], run: ({ go }) => go('/history') },
  {
    id: 'settings',
    group: 'go',
    Sign: IconSettings,
    keys: ['mod+,', 'mod+4'],
    run: ({ go }) => go('/settings/account'),
  },
  {
    id: 'newCall',
    group: 'do',
    Sign: IconPhonePlus,
    // Browsers keep Ctrl+N for themselves.
    keys: ['mod+N', 'alt+N'],
    run: ({ go, focusDialBox }) => {
      go('/');
      focusDialBox();
    },
  },
  {
    id: 'newContact',
    group: 'do',
    Sign: IconCirclePlus,
    run: ({ go }) => go('/contacts/new'),
  },
  {
    id: 'search',
    group: 'do',
    Sign: IconSearch,
    keys: ['mod+F'],
    enabled: onListScreen,
    run: ({ focusSearch }) => focusSearch(),
  },
  {
    id: 'palette',
    group: 'do',
    Sign: IconSearch,
    keys: ['mod+K'],
    run: ({ openPalette }) => openPalette(),
  },
  { id: 'help', group: 'do', Sign: IconKeyboard, keys: ['?'], run: ({ openHelp }) => openHelp() },
  {
    id: 'notMine',
    group: 'do',
    Sign: IconArrowsSplit,
    keys: ['alt+M'],
    enabled: ({ matchedCallId }) => matchedCallId !== null,
    run: ({ matchedCallId, askNotMine }) => {
      if (matchedCallId !== null) askNotMine(matchedCallId);
    },
  },
  {
    id: 'newWindow',
    group: 'do',
    Sign: IconAppWindow,
    enabled: ({ shell }) => shell === 'browser',
    run: ({ openWindow }) => openWindow(),
  },
  {
    id: 'usePractice',
    group: 'line',
    Sign: IconFlask,
    enabled: ({ settings }) => settings?.values.line === 'account',
    run: ({ switchLine }) => switchLine('practice'),
  },
  {
    id: 'useAccount',
    group: 'line',
    Sign: IconPhone,
    enabled: ({ settings }) =>
      settings?.values.line === 'practice' && missingForAccount(settings).length === 0,
    run: ({ switchLine }) => switchLine('account'),
  },
  {
    id: 'showWelcome',
    group: 'do',
    Sign: IconSparkles,
    run: ({ go, showWelcome }) => {
      showWelcome();
      go('/');
    },
  },
  { id: 'accountSettings', group: 'go', Sign: IconUser, run: ({ go }) => go('/settings/account') },
  { id: 'flowSettings', group: 'go', Sign: IconRoute, run: ({ go }) => go('/settings/flow') },
  { id: 'callSettings', group: 'go', Sign: IconPhone, run: ({ go }) => go('/settings/calls') },
  {
    id: 'callbackSettings',
    group: 'go',
    Sign: IconPlugConnected,
    run: ({ go }) => go('/settings/callbacks'),
  },
  { id: 'about', group: 'go', Sign: IconInfoCircle, run: ({ go }) => go('/settings/about') },
];

/** The key to show for an action: the browser shell shows none that a browser keeps for itself. */
export function shownKey(action: Action, shell: ActionContext['shell']): Shortcut | undefined {
  return action.keys?.find((key) => shell === 'electron' || key !== 'mod+N');
}
