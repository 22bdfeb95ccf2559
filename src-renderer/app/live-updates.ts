import { readAnew } from './read-anew.ts';
import { consumeEventIterator } from '@orpc/client';
import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { CallView } from '../../src-shared/contract/calls.ts';
import type { api as Api } from './api.ts';
import { type CallFilter, type CallPage, mergeCall, mergeCurrent } from './call-pages.ts';
import {
  callListKey,
  callQuery,
  cardQuery,
  currentCallsQuery,
  desktopQuery,
  figuresQuery,
  flowsQuery,
  practicePhoneQuery,
  repQuery,
  settingsQuery,
  statusQuery,
} from './queries.ts';

/**
 * Writes what the core tells into the page's memory. Streams are opened first and everything shown is asked again
 * then, so that no change falls between. The function returned ends the streams.
 */
export function startLiveUpdates(
  api: typeof Api,
  client: QueryClient,
  onCall: (call: CallView) => void,
): () => void {
  const stops = [
    consumeEventIterator(api.app.status(), {
      onEvent: (status) => client.setQueryData(statusQuery.queryKey, status),
      onError: ignoreEnd,
    }),
    consumeEventIterator(api.settings.live(), {
      onEvent: (settings) => {
        client.setQueryData(settingsQuery.queryKey, settings);
        readAnew(client, { queryKey: ['verdict'] });
        readAnew(client, { queryKey: flowsQuery.queryKey });
        readAnew(client, { queryKey: figuresQuery.queryKey });
      },
      onError: ignoreEnd,
    }),
    consumeEventIterator(api.rep.live(), {
      onEvent: (rep) => {
        client.setQueryData(repQuery.queryKey, rep);
        readAnew(client, { queryKey: ['verdict'] });
      },
      onError: ignoreEnd,
    }),
    consumeEventIterator(api.practice.phone(), {
      onEvent: (phone) => client.setQueryData(practicePhoneQuery.queryKey, phone),
      onError: ignoreEnd,
    }),
    consumeEventIterator(api.calls.live(), {
      onEvent: (call) => {
        takeCall(client, call);
        onCall(call);
      },
      onError: ignoreEnd,
    }),
  ];
  readAnew(client, { predicate: ({ queryKey }) => !streamed.has(queryKey[0]) });
  return () => {
    for (const stop of stops) void stop().catch(ignoreEnd);
  };
}

/** Told whole as their streams open. */
const streamed: ReadonlySet<unknown> = new Set(
  [statusQuery, repQuery, practicePhoneQuery, desktopQuery, cardQuery].map(({ queryKey }) => queryKey[0]),
);

/** A stream ends with its connection, and the connection itself tells of that. */
function ignoreEnd(): void {}

/**
 * Puts a changed call wherever it is shown. What is just being read may be older than the change, and is read anew.
 */
export function takeCall(client: QueryClient, call: CallView): void {
  client.setQueryData(currentCallsQuery.queryKey, (current) => mergeCurrent(current ?? [], call));
  if (client.isFetching({ queryKey: currentCallsQuery.queryKey }) > 0) {
    readAnew(client, { queryKey: currentCallsQuery.queryKey });
  }
  for (const query of client.getQueryCache().findAll({ queryKey: [callListKey] })) {
    // The keys under `callListKey` are made by callListQuery only.
    const filter = query.queryKey[1] as CallFilter;
    const data = client.getQueryData<InfiniteData<CallPage>>(query.queryKey);
    if (data === undefined) {
      readAnew(client, { queryKey: query.queryKey });
      continue;
    }
    const pages = mergeCall(data.pages, filter, call);
    const reading = query.state.fetchStatus === 'fetching';
    if (pages !== null) client.setQueryData(query.queryKey, { ...data, pages: [...pages] });
    if (pages === null || reading) readAnew(client, { queryKey: query.queryKey });
  }
  client.setQueryData(callQuery(call.id).queryKey, (whole) => whole && { ...whole, call });
  readAnew(client, { queryKey: callQuery(call.id).queryKey });
  readAnew(client, { queryKey: ['verdict'] });
  readAnew(client, { queryKey: figuresQuery.queryKey });
}
