import type { Destination } from '../../src-shared/contract/desktop.ts';
import { assertNever } from '../../src-shared/errors.ts';

/** Small windows have no frame, and show one thing only. */
export function isSmallWindow(path: string): boolean {
  return path === '/card' || path === '/strip';
}

/** The address of a destination, as the router has it. */
export function placeOf(destination: Destination): string {
  switch (destination.to) {
    case 'call':
      return `/history/${destination.callId}${destination.note ? '?note=true' : ''}`;
    case 'dial':
      // The number goes into the box, which keeps what stands there.
      return '/';
    case 'history':
      return '/history';
    case 'contacts':
      return '/contacts';
    case 'settings':
      return `/settings/${destination.page}`;
    default:
      return assertNever(destination);
  }
}

/** Where an address of this page leads, for the main window to go there. */
export function destinationOf(path: string, search: { readonly note?: boolean }): Destination {
  const [, screen, part] = path.split('/');
  switch (screen) {
    case 'history':
      return part ? { to: 'call', callId: part, note: search.note ?? false } : { to: 'history' };
    case 'contacts':
      return { to: 'contacts' };
    case 'settings':
      return { to: 'settings', page: part ?? 'account' };
    default:
      return { to: 'dial', number: null };
  }
}
