import { actionLabels } from '../../src-shared/action-labels.ts';
import type { Call } from '../../src-shared/call.ts';
import type { ConversationState } from '../../src-shared/conversation.ts';
import type { TunnelState } from '../../src-shared/contract/app.ts';
import { assertNever } from '../../src-shared/errors.ts';
import type { RepState, RepView } from '../../src-shared/rep.ts';
import type { Settings } from '../../src-shared/settings.ts';
import { clockText } from './call-phrases.ts';

/** What the tray's icon says at a glance; the first that holds. */
export type TraySign =
  /** A customer is on the line, and the rep's phone rings. */
  | 'waiting'
  | 'talking'
  | 'queue'
  /** Callbacks cannot come. */
  | 'unreachable'
  | 'away'
  | 'wrap-up'
  | 'ready'
  | 'practice';

/** What the menu can do. The page's registry has the same actions under the same names. */
export type TrayAction =
  | keyof typeof actionLabels
  /** To the call that the tray speaks of ({@link callOfTray}). */
  | 'openCall';

/** The tray as it is to be drawn. */
export interface TrayModel {
  readonly sign: TraySign;
  /** Over the icon. */
  readonly tooltip: string;
  /** Beside the icon where the system has room (a Mac's menu bar); empty: nothing. */
  readonly title: string;
  readonly items: readonly TrayItem[];
}

export type TrayItem =
  | { readonly kind: 'separator' }
  | {
      readonly kind: 'action';
      readonly action: TrayAction;
      readonly label: string;
      readonly checked: boolean | null;
      readonly enabled: boolean;
    };

/** What the tray tells of. */
export interface TrayFacts {
  readonly rep: RepView;
  /** Calls that are not over, newest first, with whom they are for. */
  readonly calls: readonly TrayCall[];
  /** No call is on its way, and the environment has not decided: the line can be another. */
  readonly lineIsFree: boolean;
  readonly settings: Settings;
  readonly tunnel: TunnelState;
  /** ms UTC. */
  readonly now: number;
}

export interface TrayCall {
  readonly call: Call;
  readonly who: string;
}

/** The call that the tray speaks of, and leads to: a customer on the line first, whatever is newer; null: there is none. */
export function callOfTray(calls: readonly TrayCall[]): TrayCall | null {
  const inState = (state: ConversationState) => calls.find(({ call }) => call.conversation.state === state);
  return inState('waiting') ?? inState('talking') ?? calls[0] ?? null;
}

/** Draws the tray from what is. Pure. */
export function trayModel(facts: TrayFacts): TrayModel {
  const { rep, calls, settings, lineIsFree } = facts;
  const sign = signOf(facts);
  const { text, title } = words(sign, facts);
  const isPractice = settings.line === 'practice';
  const live = callOfTray(calls);
  const state = (action: 'ready' | 'away' | 'wrapUp', is: RepState): TrayItem =>
    item(action, actionLabels[action], { checked: rep.state === is });
  return {
    sign,
    tooltip: `Flowdial${isPractice ? ' (practice line)' : ''}: ${text}`,
    title,
    items: [
      // Without its time: a menu that is drawn anew each second cannot be used.
      ...(live === null ? [] : [item('openCall', `Go to the call with ${live.who}`), separator]),
      item('openFlowdial', actionLabels.openFlowdial),
      item('newCall', actionLabels.newCall),
      separator,
      state('ready', 'ready'),
      state('away', 'away'),
      state('wrapUp', 'wrap-up'),
      separator,
      item('doNotDisturb', actionLabels.doNotDisturb, { checked: settings.doNotDisturb }),
      item('callStrip', actionLabels.callStrip, { checked: settings.callStrip }),
      isPractice
        ? item('useAccount', actionLabels.useAccount, { enabled: lineIsFree && settings.accountSid !== '' })
        : item('usePractice', actionLabels.usePractice, { enabled: lineIsFree }),
      separator,
      item('quit', actionLabels.quit),
    ],
  };
}

const separator = { kind: 'separator' } as const;

function item(
  action: TrayAction,
  label: string,
  { checked = null, enabled = true }: { checked?: boolean | null; enabled?: boolean } = {},
): TrayItem {
  return { kind: 'action', action, label, checked, enabled };
}

function signOf({ calls, rep, settings, tunnel }: TrayFacts): TraySign {
  const has = (state: ConversationState) => calls.some(({ call }) => call.conversation.state === state);
  if (has('waiting')) return 'waiting';
  if (has('talking')) return 'talking';
  if (calls.some(({ call }) => call.status === 'queued' || call.status === 'held')) return 'queue';
  const cannotCome = tunnel.state === 'failed' || tunnel.state === 'unreachable';
  if (settings.line === 'account' && cannotCome) return 'unreachable';
  if (rep.state === 'away') return 'away';
  if (rep.state === 'wrap-up') return 'wrap-up';
  return settings.line === 'practice' ? 'practice' : 'ready';
}

function words(
  sign: TraySign,
  { calls, now, rep }: TrayFacts,
): { readonly text: string; readonly title: string } {
  const live = callOfTray(calls);
  switch (sign) {
    case 'waiting':
      return { text: `${live?.who ?? 'A customer'} is on the line: pick up your phone`, title: '' };
    case 'talking': {
      const since = live?.call.conversation.since ?? now;
      const time = clockText(Math.max(0, Math.round((now - since) / 1000)));
      return { text: `talking with ${live?.who ?? 'a customer'} ${time}`, title: time };
    }
    case 'queue': {
      const count = calls.filter(({ call }) => call.status === 'queued' || call.status === 'held').length;
      return {
        text: count === 1 ? '1 call waits for its turn' : `${count} calls wait for their turn`,
        title: '',
      };
    }
    case 'unreachable':
      return { text: 'Exotel cannot reach this computer', title: '' };
    case 'away':
      return { text: 'you are away', title: '' };
    case 'wrap-up':
      return { text: 'wrap-up', title: '' };
    case 'ready':
    case 'practice':
      return { text: rep.state === 'on-a-call' ? 'on a call' : 'ready', title: '' };
    default:
      return assertNever(sign);
  }
}
