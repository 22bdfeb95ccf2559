import { infiniteQueryOptions, queryOptions, skipToken } from '@tanstack/react-query';
import { callStatuses, isTerminal } from '../../src-shared/call.ts';
import type { AppStatus } from '../../src-shared/contract/app.ts';
import type { CallView } from '../../src-shared/contract/calls.ts';
import type { DesktopState, DialCardView } from '../../src-shared/contract/desktop.ts';
import type { PracticePhoneView } from '../../src-shared/contract/practice.ts';
import type { RepView } from '../../src-shared/rep.ts';
import { type DialWith, freely } from '../dial/dial-choice.ts';
import { api } from './api.ts';
import type { CallFilter } from './call-pages.ts';

/** All that screens ask of the core, and the names it is remembered under. */

/** Filled by the stream of live-updates.ts. */
export const statusQuery = queryOptions<AppStatus>({ queryKey: ['status'], queryFn: skipToken });

/** Filled by the stream of live-updates.ts. */
export const repQuery = queryOptions<RepView>({ queryKey: ['rep'], queryFn: skipToken });

/** Filled by the stream of live-updates.ts. */
export const practicePhoneQuery = queryOptions<PracticePhoneView>({
  queryKey: ['practice-phone'],
  queryFn: skipToken,
});

/** Filled by the stream of desktop-updates.ts. */
export const desktopQuery = queryOptions<DesktopState>({ queryKey: ['desktop'], queryFn: skipToken });

/** The dial card; null: none. Filled by the stream of desktop-updates.ts. */
export const cardQuery = queryOptions<DialCardView | null>({ queryKey: ['card'], queryFn: skipToken });

/** Today's figures. Read again as calls change. */
export const figuresQuery = queryOptions({
  queryKey: ['figures'],
  queryFn: ({ signal }) => api.calls.figures(undefined, { signal }),
});

/** The catalogue of the line in use. Changes with the settings, which live-updates.ts hears of. */
export const flowsQuery = queryOptions({
  queryKey: ['flows'],
  queryFn: ({ signal }) => api.flows.list(undefined, { signal }),
});

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => api.settings.get(undefined, { signal }),
});

export const practiceEndingsQuery = queryOptions({
  queryKey: ['practice-endings'],
  queryFn: ({ signal }) => api.app.practiceEndings(undefined, { signal }),
});

/** A copy is also made by itself each day: asked again whenever they are shown. */
export const copiesQuery = queryOptions({
  queryKey: ['copies'],
  queryFn: ({ signal }) => api.storage.copies(undefined, { signal }),
  staleTime: 0,
});

/** Depends on the clock, on the rep and on other calls: never remembered. */
export const verdictQuery = (number: string, { flowId, ringMeFirst }: DialWith = freely) =>
  queryOptions({
    queryKey: ['verdict', number, flowId, ringMeFirst],
    queryFn: ({ signal }) => api.calls.check({ number, flowId, ringMeFirst }, { signal }),
    staleTime: 0,
    gcTime: 0,
  });

/** How people write a number: the core knows. */
export const phoneTextQuery = (number: string) =>
  queryOptions({
    queryKey: ['phone-text', number],
    queryFn: async ({ signal }) => (await api.calls.check({ number }, { signal })).numberText,
  });

const onTheWay = callStatuses.filter((status) => !isTerminal(status) && status !== 'unconfirmed');

const currentCallsKey = ['current-calls'];

/** The calls shown as cards: those on their way, and, read again, those that live-updates.ts still shows. */
export const currentCallsQuery = queryOptions({
  queryKey: currentCallsKey,
  queryFn: async ({ client, signal }): Promise<readonly CallView[]> => {
    const { calls } = await api.calls.list({ statuses: onTheWay, limit: 50 }, { signal });
    const live = calls.filter(({ settled }) => settled === null);
    const shown = client.getQueryData<readonly CallView[]>(currentCallsKey) ?? [];
    const others = shown.filter(({ id }) => !live.some((call) => call.id === id));
    const reread = await Promise.all(others.map(({ id }) => api.calls.get({ id }, { signal })));
    return [...live, ...reread.map(({ call }) => call)].sort((a, b) => b.placedAt - a.placedAt);
  },
});

export const callListKey = 'calls';

export const callListQuery = (filter: CallFilter) =>
  infiniteQueryOptions({
    queryKey: [callListKey, filter] as const,
    queryFn: ({ pageParam, signal }) =>
      api.calls.list(
        {
          query: filter.query,
          statuses: [...filter.statuses],
          conversations: [...filter.conversations],
          after: pageParam,
          limit: 50,
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

export const callQuery = (id: string) =>
  queryOptions({ queryKey: ['call', id], queryFn: ({ signal }) => api.calls.get({ id }, { signal }) });

/** Another window may change contacts, and nothing tells: asked again whenever they are shown. */
export const contactListQuery = (query: string) =>
  infiniteQueryOptions({
    queryKey: ['contacts', query] as const,
    queryFn: ({ pageParam, signal }) => api.contacts.list({ query, after: pageParam, limit: 50 }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  });

export const contactQuery = (id: string) =>
  queryOptions({
    queryKey: ['contact', id],
    queryFn: ({ signal }) => api.contacts.get({ id }, { signal }),
    staleTime: 0,
  });

/** For the dial box: the first few contacts that a text may mean. */
export const suggestionsQuery = (query: string) =>
  queryOptions({
    queryKey: ['contacts', 'suggestions', query],
    queryFn: ({ signal }) => api.contacts.list({ query, limit: 6 }, { signal }),
    staleTime: 0,
  });
