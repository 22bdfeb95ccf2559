import { spotlight } from '@mantine/spotlight';
import { useQuery } from '@tanstack/react-query';
import { useLocation, useRouter } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import type { Flow } from '../../src-shared/flow.ts';
import { searchBoxId } from '../ui/search-box.tsx';
import { type Action, type ActionContext, actions, flowOf, isFlowAction } from './actions.ts';
import { dialWith } from '../dial/dial-choice.ts';
import { t } from '../words/words.ts';
import { api, shell } from './api.ts';
import { openCardOnClipboard } from './card-doors.ts';
import { useCurrentCalls } from './current-calls.ts';
import { callBack, callOff, doneWith, pressPracticePhone, setRep, toggleSetting } from './deeds.ts';
import { openHelp } from './help-open.ts';
import { switchLine } from './line.ts';
import { notMineAsked } from './not-mine.ts';
import {
  callQuery,
  currentCallsQuery,
  flowsQuery,
  practicePhoneQuery,
  repQuery,
  settingsQuery,
} from './queries.ts';
import { isMac, isPressed } from './shortcuts.ts';
import { isTextField } from './text-field.ts';

/** The dial box: `newCall` puts the caret there. */
export const dialBoxId = 'dial-box';

/** An action as it stands here and now. */
export interface ReadyAction extends Omit<Action, 'run'> {
  readonly label: string;
  readonly run: () => void;
}

/**
 * Focuses a field and selects what it holds, at once: what is typed next must not be lost or replaced. Where its screen
 * is only about to be drawn, the field takes the focus by itself.
 */
function focusField(id: string): void {
  const field = document.getElementById(id);
  if (!(field instanceof HTMLInputElement)) return;
  field.focus();
  field.select();
}

/** The actions that can be done now. */
export function useActions(): readonly ReadyAction[] {
  const { history } = useRouter();
  const path = useLocation({ select: ({ pathname }) => pathname });
  const { data: settings } = useQuery(settingsQuery);
  const { data: rep } = useQuery(repQuery);
  const { data: catalogue } = useQuery(flowsQuery);
  const { data: phone } = useQuery(practicePhoneQuery);
  const current = useCurrentCalls();
  const matchedCallId = useMatchedCall(path);
  const practicePhone = phone?.state ?? 'idle';
  const flows = catalogue?.flows ?? none;
  return useMemo(() => {
    const toDialBox = () => {
      if (path !== '/') history.push('/');
      // What stands in it stays as it is.
      document.getElementById(dialBoxId)?.focus();
    };
    const context: ActionContext = {
      path,
      shell,
      settings,
      go: (place) => history.push(place),
      focusDialBox: () => focusField(dialBoxId),
      focusSearch: () => focusField(searchBoxId),
      openPalette: () => spotlight.open(),
      openHelp,
      // A window opened from this one takes its session along.
      openWindow: () => window.open(`${location.origin}/`, '_blank'),
      switchLine: (line) => void switchLine(line),
      matchedCallId,
      askNotMine: (callId) => notMineAsked.set(callId),
      rep,
      flows,
      practicePhone,
      current,
      setRep: (state) => void setRep(state),
      chooseFlow: ({ id }) => {
        dialWith.set({ flowId: id, ringMeFirst: false });
        toDialBox();
      },
      ringMeFirst: () => {
        dialWith.set({ flowId: null, ringMeFirst: !dialWith.get().ringMeFirst });
        toDialBox();
      },
      callOff: ({ id }) => void callOff(id),
      callBack: (call) => {
        void callBack(call);
        toDialBox();
      },
      doneWith: (call) => void doneWith(call),
      pressPracticePhone: (deed) => void pressPracticePhone(deed),
      toggle: (name) => void toggleSetting(name),
      dialFromClipboard: () => void openCardOnClipboard(),
      showWelcome: () => void api.settings.update({ welcomeDone: false }).catch(() => undefined),
    };
    return actions
      .filter(({ enabled }) => enabled?.(context) ?? true)
      .map((action) => ({ ...action, label: labelOf(action.id, flows), run: () => action.run(context) }));
  }, [history, path, settings, matchedCallId, rep, flows, practicePhone, current]);
}

const none: readonly never[] = [];

function labelOf(id: Action['id'], flows: readonly Flow[]): string {
  if (!isFlowAction(id)) return t(`actions.${id}`);
  return t('dial.withFlow', { name: flowOf(id, flows)?.name ?? '' });
}

/** The call whose match is shown: in the history the one that is open, on the dial screen the newest. */
function useMatchedCall(path: string): string | null {
  const openId = /^\/history\/(.+)$/.exec(path)?.[1];
  const { data: open } = useQuery({ ...callQuery(openId ?? ''), enabled: openId !== undefined });
  const { data: current = [] } = useQuery({ ...currentCallsQuery, enabled: path === '/' });
  const shown = openId !== undefined && open !== undefined ? [open.call] : path === '/' ? current : [];
  return shown.find(({ match }) => match !== null)?.id ?? null;
}

/** Lets the actions' keys act, wherever the focus is, save behind an open dialog. */
export function useShortcuts(ready: readonly ReadyAction[]): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat || event.isComposing) return;
      if (document.querySelector('[aria-modal="true"]') !== null) return;
      const action = ready.find(({ keys }) => keys?.some((key) => isPressed(key, event, isMac)));
      if (action === undefined) return;
      if (action.keys?.includes('?') && isTextField(event.target)) return;
      event.preventDefault();
      action.run();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [ready]);
}
