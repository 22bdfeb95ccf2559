import { timingSafeEqual } from 'node:crypto';

/** Whether two secrets, or hashes of them, are the same, in a time that tells nothing but their lengths. */
export function isSameSecret(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

/** Whether it is one of those that are known. No early end: the time tells neither which one, nor how near. */
export function isKnownSecret(given: Buffer, known: readonly Buffer[]): boolean {
  return known.map((each) => isSameSecret(each, given)).includes(true);
}
