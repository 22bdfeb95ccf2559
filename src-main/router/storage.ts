import { implement } from '@orpc/server';
import { contract } from '../../src-shared/contract/index.ts';
import { StorageError } from '../storage/storage.ts';
import type { RouterParts } from './parts.ts';

const os = implement(contract.storage);

export function storageRouter({ storage }: Pick<RouterParts, 'storage'>) {
  return {
    copies: os.copies.handler(async () => [...(await storage.copies.list())]),

    copyNow: os.copyNow.handler(async ({ errors }) => {
      try {
        return await storage.copies.make('asked');
      } catch (error) {
        if (!(error instanceof StorageError)) throw error;
        throw errors.NOT_STORED({ data: { problem: error.message } });
      }
    }),

    export: os.export.handler(async function* ({ signal, errors }) {
      const gone = new AbortController();
      let word = Promise.withResolvers<{ state: 'writing'; done: number; total: number }>();
      const finished = storage.exportAll({
        progress(done, total) {
          word.resolve({ state: 'writing', done, total });
          word = Promise.withResolvers();
        },
        signal: signal === undefined ? gone.signal : AbortSignal.any([signal, gone.signal]),
      });
      try {
        for (;;) {
          const next = await Promise.race([finished, word.promise]);
          if ('counts' in next) {
            yield { state: 'done' as const, ...next };
            return;
          }
          yield next;
        }
      } catch (error) {
        if (!(error instanceof StorageError)) throw error;
        throw errors.NOT_STORED({ data: { problem: error.message } });
      } finally {
        // Whoever listened is gone, or it is done.
        gone.abort();
        await finished.catch(() => undefined);
      }
    }),
  };
}
