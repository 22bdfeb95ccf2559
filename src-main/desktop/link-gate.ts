/** How long it must be quiet before another link fills the card, ms. */
const quietMs = 2000;

/** The links that came lately: a web page can open as many as it likes. */
export interface LinkGateState {
  /** The link that filled the card last; null: none yet. */
  readonly link: string | null;
  /** When a link came last, by the monotonic clock, ms. */
  readonly lastAt: number;
  /** How many others were held back since. */
  readonly heldBack: number;
}

export const noLinkYet: LinkGateState = { link: null, lastAt: 0, heldBack: 0 };

/** `fill`: it fills the card. `repeat`: it did already. `held-back`: it is counted and told, and comes no more. */
export type LinkGateAnswer = 'fill' | 'repeat' | 'held-back';

/**
 * Whether a link that arrived at `now` (monotonic, ms) fills the dial card. The first does; while links keep coming
 * with less than 2 s between them no other does, however many, and none waits for its turn. The same link again within
 * that time (systems may hand one over twice) arrives once.
 */
export function linkGate(
  { link: filled, lastAt, heldBack }: LinkGateState,
  link: string,
  now: number,
): { readonly state: LinkGateState; readonly answer: LinkGateAnswer } {
  if (filled === null || now - lastAt >= quietMs) {
    return { state: { link, lastAt: now, heldBack: 0 }, answer: 'fill' };
  }
  if (link === filled) return { state: { link: filled, lastAt: now, heldBack }, answer: 'repeat' };
  return { state: { link: filled, lastAt: now, heldBack: heldBack + 1 }, answer: 'held-back' };
}
