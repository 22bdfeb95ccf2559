import { createStore } from '../app/store.ts';

/** What stands in the dial box: kept while another screen is shown, filled by "call again" and the like. */
export const dialText = createStore('');

/** Digits of any script: whether a text may be meant as a number. The core decides whether it is one. */
export function mayBeNumber(text: string): boolean {
  return (text.match(/\p{Nd}/gu)?.length ?? 0) >= 3;
}
