import { useBlocker } from '@tanstack/react-router';
import { api } from './api.ts';
import { destinationOf } from './destinations.ts';

/** In a small window, what leads to another screen opens it in the main window; `left` runs then. */
export function useLinksToMain(left: () => void): void {
  useBlocker({
    shouldBlockFn: ({ next }) => {
      const note = 'note' in next.search && next.search.note === true;
      void api.desktop.goTo(destinationOf(next.pathname, { note })).catch(() => undefined);
      left();
      return true;
    },
    enableBeforeUnload: false,
  });
}
