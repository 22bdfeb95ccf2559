import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { CallView } from '../../src-shared/contract/calls.ts';
import { queryClient } from './api.ts';
import { callQuery, currentCallsQuery, repQuery } from './queries.ts';

const none: readonly CallView[] = [];

/** The calls shown as cards, newest first. The one that the rep wraps up is among them, also in a new window. */
export function useCurrentCalls(): readonly CallView[] {
  const { data: current = none } = useQuery(currentCallsQuery);
  const { data: rep } = useQuery(repQuery);
  const wrappedId = rep?.state === 'wrap-up' ? rep.callId : null;
  const missing = wrappedId !== null && !current.some(({ id }) => id === wrappedId);
  const { data: wrapped } = useQuery({ ...callQuery(wrappedId ?? ''), enabled: missing });
  return useMemo(
    () => (missing && wrapped !== undefined ? [...current, wrapped.call] : current),
    [current, missing, wrapped],
  );
}

/** Runs `then` once, when this call is among the calls shown; the function returned ends the wait. */
export function whenCurrent(id: string, then: () => void): () => void {
  const stop = queryClient.getQueryCache().subscribe(({ type }) => {
    if (type !== 'updated') return;
    const current = queryClient.getQueryData(currentCallsQuery.queryKey);
    if (current?.some((call) => call.id === id) !== true) return;
    stop();
    then();
  });
  return stop;
}
