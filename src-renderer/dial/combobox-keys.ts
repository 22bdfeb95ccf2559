/** A key press in the dial box, as far as it matters here. */
export interface BoxKey {
  readonly key: string;
  readonly repeat: boolean;
  /** An input method is composing: its Enter picks a word, it does not call. */
  readonly composing: boolean;
}

export interface BoxState {
  readonly open: boolean;
  /** The highlighted suggestion; null: none. */
  readonly active: number | null;
  readonly count: number;
  readonly empty: boolean;
}

export type BoxAction =
  /** Highlights a suggestion, or with null goes back to what is typed; opens the list. */
  | { readonly type: 'highlight'; readonly active: number | null }
  | { readonly type: 'close' }
  | { readonly type: 'clear' }
  /** Calls the highlighted suggestion, or with null what is typed. */
  | { readonly type: 'call'; readonly active: number | null }
  | { readonly type: 'swallow' };

/**
 * What a key does in the dial box (w3c/aria-practices, combobox). Arrows go round, past the typed text. A held Enter
 * must not dial twice, so a repeated one does nothing. `null`: the key is not the box's.
 */
export function boxAction({ key, repeat, composing }: BoxKey, state: BoxState): BoxAction | null {
  if (composing) return null;
  switch (key) {
    case 'ArrowDown':
      if (state.count === 0) return null;
      return { type: 'highlight', active: next(state.open ? state.active : null, state.count) };
    case 'ArrowUp':
      if (state.count === 0) return null;
      return { type: 'highlight', active: previous(state.open ? state.active : null, state.count) };
    case 'Escape':
      if (state.open) return { type: 'close' };
      return state.empty ? null : { type: 'clear' };
    case 'Enter':
      if (repeat) return { type: 'swallow' };
      return { type: 'call', active: state.open ? state.active : null };
    default:
      return null;
  }
}

function next(active: number | null, count: number): number | null {
  if (active === null) return 0;
  return active + 1 < count ? active + 1 : null;
}

function previous(active: number | null, count: number): number | null {
  if (active === null) return count - 1;
  return active > 0 ? active - 1 : null;
}
