import { powerMonitor } from 'electron';

/** Tells that the system has woken, sooner than any timer does; the function returned ends it. */
export function onResume(listener: () => void): () => void {
  powerMonitor.on('resume', listener);
  return () => powerMonitor.off('resume', listener);
}
