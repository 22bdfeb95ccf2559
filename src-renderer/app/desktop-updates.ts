import { consumeEventIterator } from '@orpc/client';
import type { QueryClient } from '@tanstack/react-query';
import type { Destination, Note } from '../../src-shared/contract/desktop.ts';
import type { api as Api } from './api.ts';
import { cardQuery, desktopQuery } from './queries.ts';

/**
 * What the core tells of the desktop: its state and the dial card go into the page's memory, notifications and where
 * the window is to go are handed on. The function returned ends the streams.
 */
export function startDesktopUpdates(
  api: typeof Api,
  client: QueryClient,
  tell: { readonly note: (note: Note) => void; readonly destination: (destination: Destination) => void },
): () => void {
  const stops = [
    consumeEventIterator(api.desktop.state(), {
      onEvent: (state) => client.setQueryData(desktopQuery.queryKey, state),
      onError: ignoreEnd,
    }),
    consumeEventIterator(api.desktop.card(), {
      onEvent: (card) => client.setQueryData(cardQuery.queryKey, card),
      onError: ignoreEnd,
    }),
    consumeEventIterator(api.desktop.notes(), { onEvent: tell.note, onError: ignoreEnd }),
    consumeEventIterator(api.desktop.destinations(), { onEvent: tell.destination, onError: ignoreEnd }),
  ];
  return () => {
    for (const stop of stops) void stop().catch(ignoreEnd);
  };
}

/** A stream ends with its connection, and the connection itself tells of that. */
function ignoreEnd(): void {}
