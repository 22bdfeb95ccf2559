import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import type { SettingsView } from '../../src-shared/contract/settings.ts';
import { api } from '../app/api.ts';
import { statusQuery } from '../app/queries.ts';

/** What is pasted changes with the address, the line and the secrets. */
export function useDoors(view: SettingsView) {
  const { data: status } = useQuery(statusQuery);
  const { line, doorSecrets } = view.values;
  return useQuery({
    ...queryOptions({
      queryKey: ['doors', status?.tunnel, line, doorSecrets],
      queryFn: ({ signal }) => api.flows.doors(undefined, { signal }),
      staleTime: 0,
    }),
    placeholderData: keepPreviousData,
  });
}
