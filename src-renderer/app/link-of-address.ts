/** Longer ones are no numbers; the core refuses them with words of its own. */
const mostCharacters = 2000;

/**
 * The link that an address of the browser shell brings: `/link?to=tel:…`, or `?dial=NUMBER`, which is read as a
 * `flowdial:` link. Null: none. It fills the dial card, and dials nothing.
 */
export function linkOfAddress(pathname: string, search: string): string | null {
  const parameters = new URLSearchParams(search);
  if (pathname === '/link') return parameters.get('to')?.slice(0, mostCharacters) ?? '';
  const number = parameters.get('dial');
  if (number === null) return null;
  return `flowdial:dial?number=${encodeURIComponent(number)}`.slice(0, mostCharacters);
}
