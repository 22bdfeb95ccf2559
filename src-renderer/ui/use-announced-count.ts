import { useEffect } from 'react';
import { announce } from '../app/announcer.tsx';
import { t } from '../words/words.ts';

const pauseMs = 1000;

/** Says how many results there are, once typing pauses; nothing while `count` is undefined. */
export function useAnnouncedCount(count: number | undefined, query: string): void {
  useEffect(() => {
    if (count === undefined || query === '') return;
    const timer = setTimeout(() => announce(t('announce.results', { count })), pauseMs);
    return () => clearTimeout(timer);
  }, [count, query]);
}
