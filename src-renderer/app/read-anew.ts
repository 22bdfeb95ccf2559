import type { QueryClient, QueryFilters } from '@tanstack/react-query';

/**
 * Reads these anew, where they are shown: what they hold may be older than a change. A first read that is under way is
 * begun anew too; an invalidation alone would let its answer stand, read before the change or not.
 */
export function readAnew(client: QueryClient, filters: QueryFilters): void {
  for (const { queryKey, state } of client.getQueryCache().findAll(filters)) {
    if (state.data === undefined && state.fetchStatus === 'fetching') {
      void client.resetQueries({ queryKey, exact: true });
    }
  }
  void client.invalidateQueries(filters);
}
