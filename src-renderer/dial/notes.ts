import { safe } from '@orpc/client';
import { notifyManager } from '@tanstack/react-query';
import { api, queryClient } from '../app/api.ts';
import { takeCall } from '../app/live-updates.ts';
import { failureWords } from '../ui/failure-words.ts';
import { createNoteKeeper } from './note-keeper.ts';

/** The notes of this window: they outlive the screen that they are typed on. */
export const notes = createNoteKeeper({
  save: async (id, text) => {
    const { error, data } = await safe(api.calls.note({ id, text }));
    if (data === undefined) return failureWords(error);
    takeCall(queryClient, data);
    // A saved draft gives way to the call: what shows it is told first, or it would show the note from before.
    await new Promise<void>((told) => notifyManager.schedule(told));
    return null;
  },
  after: (ms, then) => {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
});

// A window that is closed takes along nothing that was typed.
window.addEventListener('pagehide', () => notes.flushAll());
