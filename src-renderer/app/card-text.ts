import {
  type AcceleratorPlatform,
  acceleratorOfPress,
  type KeyPressed,
} from '../../src-shared/accelerator.ts';
import { isTextField } from './text-field.ts';

/** As much as the core looks at. */
const mostCharacters = 20_000;

/** The text of a paste that is meant for the dial card: not one into a field, nor behind a dialog. Null: it is not. */
export function pastedText(event: Pick<ClipboardEvent, 'target' | 'clipboardData'>): string | null {
  if (isTextField(event.target)) return null;
  const text = event.clipboardData?.getData('text/plain').slice(0, mostCharacters) ?? '';
  return text.trim() === '' ? null : text;
}

/** What is highlighted in this page, also within a field; empty: nothing. */
export function selectedText(): string {
  const field = document.activeElement;
  if (field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) {
    const [start, end] = [field.selectionStart, field.selectionEnd];
    if (start !== null && end !== null && end > start) {
      return field.value.slice(start, Math.min(end, start + mostCharacters));
    }
  }
  return (getSelection()?.toString() ?? '').slice(0, mostCharacters);
}

/** Whether a key press is the hotkey, as Electron writes it. */
export function isHotkey(press: KeyPressed, hotkey: string, platform: AcceleratorPlatform): boolean {
  if (hotkey === '') return false;
  const read = acceleratorOfPress(press, platform);
  return read.kind === 'accelerator' && read.accelerator === hotkey;
}
