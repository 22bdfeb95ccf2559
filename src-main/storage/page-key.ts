import { z } from 'zod';
import { StorageError } from './storage.ts';

/**
 * Where a page ended: the last row's place in the order, and its id where places are equal. Opaque outside; the
 * renderer hands it back as it came.
 */
export function writePageKey(place: string | number, id: string): string {
  return Buffer.from(JSON.stringify([place, id])).toString('base64url');
}

/** @throws StorageError for a text that `writePageKey` did not make. */
export function readPageKey<Place>(key: string, place: z.ZodType<Place>): [Place, string] {
  try {
    return z.tuple([place, z.string()]).parse(JSON.parse(Buffer.from(key, 'base64url').toString()));
  } catch {
    throw new StorageError('other', 'This is not the key of a page.');
  }
}

/** One row more than the page is asked for, so that the last page is known to be the last. */
export function cutPage<Row>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => string,
): { rows: Row[]; next: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, next: rows.length > limit && last !== undefined ? keyOf(last) : null };
}
