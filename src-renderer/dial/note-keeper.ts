/** What is known of a note that is being written. */
export interface Draft {
  readonly text: string;
  /** `typed`: not sent yet. `failed`: still here, and sent again with the next letter or as the field is left. */
  readonly state: 'typed' | 'saving' | 'saved' | 'failed';
  /** Why it failed, in words. */
  readonly problem: string;
}

/** Keeps notes as they are typed, by call, whatever screen is shown meanwhile. */
export interface NoteKeeper {
  readonly type: (callId: string, text: string) => void;
  /** Saves at once what is not saved yet. */
  readonly flush: (callId: string) => void;
  readonly flushAll: () => void;
  readonly draft: (callId: string) => Draft | undefined;
  readonly subscribe: (changed: () => void) => () => void;
}

const pauseMs = 400;

export function createNoteKeeper(parts: {
  /** Null: it is kept; else why not, in words. */
  readonly save: (callId: string, text: string) => Promise<string | null>;
  /** Runs `then` after so many ms; the function returned cancels it. */
  readonly after: (ms: number, then: () => void) => () => void;
}): NoteKeeper {
  const drafts = new Map<string, Draft>();
  const cancels = new Map<string, () => void>();
  const listeners = new Set<() => void>();

  const put = (callId: string, draft: Draft) => {
    drafts.set(callId, draft);
    for (const changed of listeners) changed();
  };

  const save = async (callId: string): Promise<void> => {
    cancels.get(callId)?.();
    cancels.delete(callId);
    const draft = drafts.get(callId);
    if (draft === undefined || draft.state === 'saved' || draft.state === 'saving') return;
    const { text } = draft;
    put(callId, { text, state: 'saving', problem: '' });
    const problem = await parts.save(callId, text);
    const now = drafts.get(callId);
    if (now !== undefined && now.text !== text) {
      // What was typed meanwhile follows: one save at a time, so that the last one stands.
      put(callId, { ...now, state: 'typed' });
      return save(callId);
    }
    put(
      callId,
      problem === null ? { text, state: 'saved', problem: '' } : { text, state: 'failed', problem },
    );
  };

  return {
    type: (callId, text) => {
      cancels.get(callId)?.();
      if (drafts.get(callId)?.state === 'saving') {
        put(callId, { text, state: 'saving', problem: '' });
        return;
      }
      put(callId, { text, state: 'typed', problem: '' });
      cancels.set(
        callId,
        parts.after(pauseMs, () => void save(callId)),
      );
    },
    flush: (callId) => void save(callId),
    flushAll: () => {
      for (const callId of drafts.keys()) void save(callId);
    },
    draft: (callId) => drafts.get(callId),
    subscribe: (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
}
