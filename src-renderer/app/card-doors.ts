import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { acceleratorText } from '../../src-shared/accelerator.ts';
import { failureWords } from '../ui/failure-words.ts';
import { showToast } from '../ui/toast.tsx';
import { t } from '../words/words.ts';
import { api, shell } from './api.ts';
import { isHotkey, pastedText, selectedText } from './card-text.ts';
import { desktopQuery } from './queries.ts';
import { isMac, platform } from './shortcuts.ts';

/** Opens the dial card on a text. */
export async function openCard(text: string): Promise<void> {
  try {
    await api.desktop.openCard({ text });
  } catch (error) {
    showToast({ message: failureWords(error) });
  }
}

/** Opens the dial card on the clipboard, on a person's press: the core reads it, or the browser. */
export async function openCardOnClipboard(): Promise<void> {
  try {
    if (shell === 'electron') {
      await api.desktop.openClipboard();
      return;
    }
    const text = await navigator.clipboard.readText();
    await api.desktop.openCard({ text: text.slice(0, 20_000) });
  } catch {
    showToast({ message: t('card.clipboardRefused', { paste: isMac ? '⌘V' : 'Ctrl V' }) });
  }
}

/** A paste outside of any field, and in a browser the hotkey, open the dial card. */
export function useCardDoors(): void {
  const { data: desktop } = useQuery(desktopQuery);
  const hotkey = desktop?.hotkey.state === 'page' ? desktop.hotkey.accelerator : '';

  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const text = isBehindDialog() ? null : pastedText(event);
      if (text === null) return;
      event.preventDefault();
      void openCard(text);
    };
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  }, []);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !isHotkey(event, hotkey, platform)) return;
      event.preventDefault();
      if (event.repeat || isBehindDialog()) return;
      const text = selectedText();
      if (text.trim() !== '') return void openCard(text);
      showToast({
        message: t('card.askToPaste', {
          hotkey: acceleratorText(hotkey, platform),
          paste: isMac ? '⌘V' : 'Ctrl V',
        }),
      });
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [hotkey]);
}

function isBehindDialog(): boolean {
  return document.querySelector('[aria-modal="true"]') !== null;
}
