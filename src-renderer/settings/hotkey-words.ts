import {
  type AcceleratorPlatform,
  type AcceleratorProblem,
  acceleratorOfPress,
  acceleratorText,
  type KeyPressed,
} from '../../src-shared/accelerator.ts';
import type { DesktopState } from '../../src-shared/contract/desktop.ts';
import { assertNever } from '../../src-shared/errors.ts';
import { timeWithSeconds } from '../ui/format.ts';
import { en } from '../words/en.ts';
import { t } from '../words/words.ts';

/** What a press to record comes to: the combination, or why not; empty while only modifiers are held. */
export function recorded(
  press: KeyPressed,
  platform: AcceleratorPlatform,
): { readonly accelerator: string } | { readonly problem: string } {
  const read = acceleratorOfPress(press, platform);
  if (read.kind === 'accelerator') return { accelerator: read.accelerator };
  return { problem: problemWords(read, pressText(press, platform)) };
}

/** Why a combination cannot be the hotkey. `keys`: as this computer writes it. */
function problemWords(problem: AcceleratorProblem, keys: string): string {
  switch (problem.problem) {
    case 'no-key':
      return '';
    case 'reserved':
      return t(`settings.desktop.reserved.${problem.use}`, { keys });
    case 'no-modifier':
    case 'unknown-key':
    case 'unreadable':
      return t(`settings.desktop.problem.${problem.problem}`);
    default:
      return assertNever(problem);
  }
}

/** What was pressed, as this computer writes it: of the keys that are refused, too. */
function pressText(press: KeyPressed, platform: AcceleratorPlatform): string {
  const held = [
    press.ctrlKey && 'Control',
    press.metaKey && 'Super',
    press.altKey && 'Alt',
    press.shiftKey && 'Shift',
  ].filter((name) => name !== false);
  const key = press.key === '+' ? 'Plus' : press.key === ' ' ? 'Space' : press.key.replace(/^Arrow/, '');
  return acceleratorText([...held, key].join('+'), platform);
}

type Refusal =
  | { readonly code: 'TAKEN' }
  | { readonly code: 'REFUSED'; readonly data: { readonly problem: string; readonly use: string } }
  | { readonly code: 'NOT_STORED'; readonly data: { readonly problem: string } };

/** Why the core did not take a hotkey. */
export function refusalWords(error: Refusal, keys: string): string {
  switch (error.code) {
    case 'TAKEN':
      return t('settings.desktop.taken', { keys });
    case 'NOT_STORED':
      return t('settings.refusedStored', { problem: error.data.problem });
    case 'REFUSED': {
      const { use } = error.data;
      return isUse(use)
        ? t(`settings.desktop.reserved.${use}`, { keys })
        : t('settings.desktop.problem.unreadable');
    }
    default:
      return assertNever(error);
  }
}

function isUse(use: string): use is keyof typeof en.settings.desktop.reserved {
  return Object.hasOwn(en.settings.desktop.reserved, use);
}

/** How the hotkey stands, in a sentence. */
export function stateWords({ state, pressedAt }: DesktopState['hotkey']): string {
  return t(`settings.desktop.state.${state}`, {
    time: pressedAt === null ? '' : timeWithSeconds(pressedAt),
  });
}
