/** Where the page lives. A scheme of its own, so that it has an origin, a CSP by header, and no access to `file:`. */
export const pageScheme = 'app';
export const pageHost = 'flowdial';
export const pageOrigin = `${pageScheme}://${pageHost}`;

/** Whether an address lies in our page's origin. (`URL.origin` is `null` for schemes that Node does not know.) */
export function isOurPage(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && url.protocol === `${pageScheme}:` && url.host === pageHost && url.username === '';
}
