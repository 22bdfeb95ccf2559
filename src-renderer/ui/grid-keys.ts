/** Where the keys of a grid lead: the row to stand on next, or `null` where the key is not the grid's. */
export function nextRow(
  key: string,
  current: number,
  size: { readonly count: number; readonly page: number },
): number | null {
  const last = size.count - 1;
  const at = (row: number) => Math.min(last, Math.max(0, row));
  switch (key) {
    case 'ArrowDown':
      return at(current + 1);
    case 'ArrowUp':
      return at(current - 1);
    case 'PageDown':
      return at(current + size.page);
    case 'PageUp':
      return at(current - size.page);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}
