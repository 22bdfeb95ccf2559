import {
  type Icon,
  IconAddressBook,
  IconAppWindow,
  IconArrowsSplit,
  IconBellOff,
  IconCheck,
  IconClipboardText,
  IconCirclePlus,
  IconClock,
  IconCoffee,
  IconDeviceDesktop,
  IconDeviceMobile,
  IconFlask,
  IconHeartbeat,
  IconInfoCircle,
  IconKeyboard,
  IconLayoutNavbar,
  IconNotes,
  IconPhone,
  IconPhoneCall,
  IconPhoneIncoming,
  IconPhoneOff,
  IconPhoneOutgoing,
  IconPhonePlus,
  IconPlugConnected,
  IconRoute,
  IconSearch,
  IconSettings,
  IconSparkles,
  IconUser,
} from '@tabler/icons-react';
import { canCallOff } from '../../src-shared/call.ts';
import type { CallView } from '../../src-shared/contract/calls.ts';
import type { PracticePhoneView } from '../../src-shared/contract/practice.ts';
import type { SettingsView } from '../../src-shared/contract/settings.ts';
import type { Flow } from '../../src-shared/flow.ts';
import type { RepState, RepView } from '../../src-shared/rep.ts';
import type { en } from '../words/en.ts';
import { missingForAccount } from './account-missing.ts';
import type { PhoneDeed } from './deeds.ts';
import { isMissed, isWrappedUp } from './my-calls.ts';
import type { Shortcut } from './shortcuts.ts';

/** The places of the app. */
export type Place =
  | '/'
  | '/contacts'
  | '/contacts/new'
  | '/history'
  | `/settings/${'account' | 'flows' | 'phone' | 'calls' | 'callbacks' | 'desktop' | 'health' | 'about'}`;

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
  /** Undefined until the core has told. */
  readonly rep: RepView | undefined;
  readonly flows: readonly Flow[];
  readonly practicePhone: PracticePhoneView['state'];
  /** The calls shown as cards, newest first. */
  readonly current: readonly CallView[];
  readonly setRep: (state: RepState) => void;
  readonly chooseFlow: (flow: Flow) => void;
  readonly ringMeFirst: () => void;
  readonly callOff: (call: CallView) => void;
  readonly callBack: (call: CallView) => void;
  readonly doneWith: (call: CallView) => void;
  readonly pressPracticePhone: (deed: PhoneDeed) => void;
  readonly toggle: (name: 'doNotDisturb' | 'callStrip') => void;
  readonly dialFromClipboard: () => void;
}

export interface Action {
  readonly id: keyof typeof en.actions | FlowActionId;
  readonly group: 'go' | 'do' | 'call' | 'rep' | 'line';
  readonly Sign: Icon;
  /** The first is shown; all act. */
  readonly keys?: readonly Shortcut[];
  /** Absent: always. */
  readonly enabled?: (context: ActionContext) => boolean;
  readonly run: (context: ActionContext) => void;
}

/** Dials with the flow of this digit: named by the flow, not by the catalogue. */
export type FlowActionId = `flow-${number}`;

const onListScreen = ({ path }: ActionContext) => path.startsWith('/contacts') || path.startsWith('/history');

const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

export function isFlowAction(id: Action['id']): id is FlowActionId {
  return id.startsWith('flow-');
}

/** The flow that an action chooses; undefined: it is none of these actions, or no flow has its digit. */
export function flowOf(id: Action['id'], flows: readonly Flow[]): Flow | undefined {
  return flows.find(({ key }) => key !== null && id === `flow-${key}`);
}

const flowActions = digits.map(
  (digit): Action => ({
    id: `flow-${digit}`,
    group: 'call',
    Sign: IconRoute,
    keys: [`alt+${digit}`],
    enabled: ({ flows }) => flowOf(`flow-${digit}`, flows) !== undefined,
    run: ({ flows, chooseFlow }) => {
      const flow = flowOf(`flow-${digit}`, flows);
      if (flow !== undefined) chooseFlow(flow);
    },
  }),
);

/** What the rep is, and what they do with a call that rings them. */
const repActions: readonly Action[] = [
  { id: 'ready', group: 'rep', Sign: IconCheck, keys: ['alt+R'], ...repAction('ready') },
  { id: 'away', group: 'rep', Sign: IconCoffee, keys: ['alt+A'], ...repAction('away') },
  { id: 'wrapUp', group: 'rep', Sign: IconNotes, keys: ['alt+W'], ...repAction('wrap-up') },
  {
    id: 'ringMeFirst',
    group: 'call',
    Sign: IconPhoneOutgoing,
    keys: ['alt+P'],
    enabled: ({ rep }) => rep !== undefined && rep.phone !== null,
    run: ({ ringMeFirst }) => ringMeFirst(),
  },
  { id: 'callOff', group: 'call', Sign: IconPhoneOff, keys: ['alt+O'], ...onCall(canCallOff, 'callOff') },
  { id: 'callBack', group: 'call', Sign: IconPhoneCall, keys: ['alt+B'], ...onCall(isMissed, 'callBack') },
  { id: 'done', group: 'call', Sign: IconCheck, keys: ['mod+Enter'], ...onCall(isWrappedUp, 'doneWith') },
  {
    id: 'phoneAnswer',
    group: 'call',
    Sign: IconPhoneIncoming,
    keys: ['alt+Enter'],
    enabled: ({ practicePhone }) => practicePhone === 'ringing',
    run: ({ pressPracticePhone }) => pressPracticePhone('answer'),
  },
  {
    id: 'phoneDown',
    group: 'call',
    Sign: IconPhoneOff,
    keys: ['alt+X'],
    enabled: ({ practicePhone }) => practicePhone !== 'idle',
    run: ({ practicePhone, pressPracticePhone }) =>
      pressPracticePhone(practicePhone === 'talking' ? 'hangUp' : 'decline'),
  },
];

type Deed = Pick<Action, 'enabled' | 'run'>;

function repAction(state: RepState): Deed {
  return { enabled: ({ rep }) => rep !== undefined, run: ({ setRep }) => setRep(state) };
}

/** Acts on the newest call shown that it fits. */
function onCall(
  fits: (call: CallView, rep: RepView | undefined) => boolean,
  deed: 'callOff' | 'callBack' | 'doneWith',
): Deed {
  const target = ({ current, rep }: ActionContext) => current.find((call) => fits(call, rep));
  return {
    enabled: (context) => target(context) !== undefined,
    run: (context) => {
      const call = target(context);
      if (call !== undefined) context[deed](call);
    },
  };
}

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
    id: 'dialFromClipboard',
    group: 'do',
    Sign: IconClipboardText,
    enabled: ({ settings }) => settings?.values.readClipboard === true,
    run: ({ dialFromClipboard }) => dialFromClipboard(),
  },
  ...repActions,
  ...flowActions,
  { id: 'doNotDisturb', group: 'rep', Sign: IconBellOff, run: ({ toggle }) => toggle('doNotDisturb') },
  {
    id: 'callStrip',
    group: 'do',
    Sign: IconLayoutNavbar,
    // A window above all others: a browser has none.
    enabled: ({ shell }) => shell === 'electron',
    run: ({ toggle }) => toggle('callStrip'),
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
  { id: 'flowSettings', group: 'go', Sign: IconRoute, run: ({ go }) => go('/settings/flows') },
  { id: 'phoneSettings', group: 'go', Sign: IconDeviceMobile, run: ({ go }) => go('/settings/phone') },
  { id: 'callSettings', group: 'go', Sign: IconPhone, run: ({ go }) => go('/settings/calls') },
  {
    id: 'callbackSettings',
    group: 'go',
    Sign: IconPlugConnected,
    run: ({ go }) => go('/settings/callbacks'),
  },
  { id: 'desktopSettings', group: 'go', Sign: IconDeviceDesktop, run: ({ go }) => go('/settings/desktop') },
  { id: 'health', group: 'go', Sign: IconHeartbeat, run: ({ go }) => go('/settings/health') },
  { id: 'about', group: 'go', Sign: IconInfoCircle, run: ({ go }) => go('/settings/about') },
];

/** The key to show for an action: the browser shell shows none that a browser keeps for itself. */
export function shownKey(action: Action, shell: ActionContext['shell']): Shortcut | undefined {
  return action.keys?.find((key) => shell === 'electron' || key !== 'mod+N');
}
