import { ORPCError } from '@orpc/client';
import { api } from '../app/api.ts';
import { createStore } from '../app/store.ts';
import { t } from '../words/words.ts';

/** How far an export is; it goes on while other screens are shown. */
export type ExportState =
  | { readonly state: 'none' | 'canceled' }
  | { readonly state: 'writing'; readonly done: number; readonly total: number }
  | { readonly state: 'done'; readonly folder: string; readonly calls: number; readonly contacts: number }
  | { readonly state: 'failed'; readonly problem: string };

export const exportState = createStore<ExportState>({ state: 'none' });

let running: AbortController | null = null;

/** Starts an export, where none runs. */
export async function startExport(): Promise<void> {
  if (running !== null) return;
  const run = new AbortController();
  running = run;
  exportState.set({ state: 'writing', done: 0, total: 0 });
  try {
    for await (const word of await api.storage.export(undefined, { signal: run.signal })) {
      if (run.signal.aborted) break;
      exportState.set(
        word.state === 'writing'
          ? word
          : {
              state: 'done',
              folder: word.folder,
              calls: word.counts.calls,
              contacts: word.counts.contacts,
            },
      );
    }
    if (run.signal.aborted) exportState.set({ state: 'canceled' });
  } catch (error) {
    exportState.set(
      run.signal.aborted ? { state: 'canceled' } : { state: 'failed', problem: problemOf(error) },
    );
  } finally {
    running = null;
  }
}

/** Ends it; what was written is taken away. */
export function cancelExport(): void {
  running?.abort();
}

/** The words of the contract's NOT_STORED; an error on its way through a stream has lost its type. */
function problemOf(error: unknown): string {
  const data = error instanceof ORPCError && error.code === 'NOT_STORED' ? (error.data as unknown) : null;
  return typeof data === 'object' && data !== null && 'problem' in data && typeof data.problem === 'string'
    ? data.problem
    : t('settings.data.lost');
}
