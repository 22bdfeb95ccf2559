/** Systems may tell one press of a global shortcut twice, and a key that is held down many times. ms. */
const onePressMs = 400;

export interface PressGuardState {
  /** Of the last press that was told, counted or not, by the monotonic clock; null: none yet. ms. */
  readonly lastAt: number | null;
}

export const noPressYet: PressGuardState = { lastAt: null };

/**
 * Whether a press of the hotkey, told at `now` (monotonic, ms), is one that counts. Not where another was told within
 * 400 ms before, so that a held key is one press however long, and not while the card is open.
 */
export function guardPress(
  { lastAt }: PressGuardState,
  now: number,
  cardOpen: boolean,
): { readonly state: PressGuardState; readonly counts: boolean } {
  const isSamePress = lastAt !== null && now - lastAt < onePressMs;
  return { state: { lastAt: now }, counts: !isSamePress && !cardOpen };
}
