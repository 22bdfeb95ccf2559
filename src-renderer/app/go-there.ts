import type { Destination } from '../../src-shared/contract/desktop.ts';
import { dialText } from '../dial/dial-text.ts';
import { shell } from './api.ts';
import { isSmallWindow, placeOf } from './destinations.ts';
import { router } from './router.tsx';

/** Goes where the core leads: in the main window, and of a browser's windows in those that are seen. */
export function goThere(destination: Destination): void {
  if (isSmallWindow(router.state.location.pathname)) return;
  if (shell === 'browser' && document.visibilityState === 'hidden') return;
  if (destination.to === 'dial' && destination.number !== null) dialText.set(destination.number);
  router.history.push(placeOf(destination));
}
