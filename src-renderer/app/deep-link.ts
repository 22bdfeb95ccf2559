import { linkOfAddress } from './link-of-address.ts';

/** Takes the link out of the address, so that a reload does not bring it again. */
function takeLink(): string | null {
  const link = linkOfAddress(location.pathname, location.search);
  if (link !== null) history.replaceState(null, '', `/${location.hash}`);
  return link;
}

let waiting = takeLink();

/** The link that this window was opened with, once. */
export function takeDeepLink(): string | null {
  const link = waiting;
  waiting = null;
  return link;
}

/** The same, and it stays to be taken; null: none, or it was taken. */
export const deepLink = () => waiting;
