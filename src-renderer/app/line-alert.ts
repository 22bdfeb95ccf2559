import { useEffect } from 'react';
import { t } from '../words/words.ts';
import { useCurrentCalls } from './current-calls.ts';
import { startRinging } from './ring-sound.ts';
import { createStore } from './store.ts';

/** Stands in the window's title in place of the screen's; null: the screen's does. */
export const titleAlert = createStore<string | null>(null);

const flashEveryMs = 1000;

/** A customer is on the line: the window is heard, and its title flashes, until the rep has picked up. */
export function useLineAlert(): void {
  const waiting = useCurrentCalls().find(({ conversation }) => conversation.state === 'waiting');
  const id = waiting?.id;
  const who = waiting === undefined ? '' : (waiting.contactName ?? waiting.numberText);
  useEffect(() => {
    if (id === undefined) return;
    const stopRinging = startRinging();
    const words = t('live.title', { who });
    titleAlert.set(words);
    const timer = setInterval(() => titleAlert.set(titleAlert.get() === null ? words : null), flashEveryMs);
    return () => {
      clearInterval(timer);
      titleAlert.set(null);
      stopRinging();
    };
  }, [id, who]);
}
