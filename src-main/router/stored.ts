import { StorageError } from '../storage/storage.ts';

/** How a procedure tells that the disk refused. */
interface NotStoredError {
  readonly NOT_STORED: (told: { data: { problem: string } }) => Error;
}

/** What went wrong, in the words of whoever threw. */
export function problemOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What a write resolves with; where the disk refuses, NOT_STORED with its words. */
export async function stored<T>(write: Promise<T>, errors: NotStoredError): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof StorageError) throw errors.NOT_STORED({ data: { problem: error.message } });
    throw error;
  }
}
