export interface DigitPress {
  readonly key: string;
  readonly repeat: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/**
 * Which outcome a plain digit chooses, from 0; null: the key is not meant so. In a text field it is text: only the empty
 * dial box gives it away, for a number that is wanted next is typed when the outcome is there.
 */
export function outcomeOfKey(
  { key, repeat, ctrlKey, metaKey, altKey }: DigitPress,
  count: number,
  focus: 'elsewhere' | 'empty-dial-box' | 'text',
): number | null {
  if (repeat || ctrlKey || metaKey || altKey || focus === 'text') return null;
  if (!/^[1-9]$/.test(key)) return null;
  const index = Number(key) - 1;
  return index < count ? index : null;
}
