import { suspectDamage } from './repair.ts';
import { StorageError } from './storage.ts';

/** Sees whether the database is found damaged while it is in use. */
export interface DamageWatch {
  /** Not null: it was, and nothing may be written any more. */
  refusal(): StorageError | null;
  /** Resolves when it is. */
  readonly seen: Promise<void>;
  /** Looks at what becomes of a request; gives it back as it is. */
  watch<Value>(answer: Promise<Value>): Promise<Value>;
}

/**
 * What is written into a damaged file would be set aside with it at the next start: a call that was sent would be lost.
 * So nothing more is written, nothing is sent, and the next start reads the whole file (`repair`).
 */
export function watchDamage(dataDir: string): DamageWatch {
  const { promise: seen, resolve } = Promise.withResolvers<void>();
  let refusal: StorageError | null = null;
  return {
    seen,
    refusal: () => refusal,
    watch(answer) {
      answer.catch((error: unknown) => {
        if (refusal !== null || !(error instanceof StorageError) || error.code !== 'damaged') return;
        refusal = new StorageError(
          'damaged',
          'The database file is damaged: restart Flowdial, which repairs it.',
        );
        try {
          suspectDamage(dataDir);
        } catch {
          // A disk that takes no mark either: the next start still looks at the file as at every start.
        }
        resolve();
      });
      return answer;
    },
  };
}
