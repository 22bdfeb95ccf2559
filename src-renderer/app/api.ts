import { createORPCClient, DynamicLink } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { QueryClient } from '@tanstack/react-query';
import type { Contract } from '../../src-shared/contract/index.ts';
import { type Connection, createConnection } from './connection.ts';
import { openPort } from './port-transport.ts';
import { socketOpener } from './socket-transport.ts';

/** The shell that serves this page wrote its name into it. */
export const shell: 'electron' | 'browser' =
  document.querySelector<HTMLMetaElement>('meta[name="flowdial-shell"]')?.content === 'electron'
    ? 'electron'
    : 'browser';

/** Everything the core offers, typed by the contract. Calls reject at once while there is no connection. */
export const api: ContractRouterClient<Contract> = createORPCClient(new DynamicLink(() => connection.link()));

export const connection: Connection = createConnection({
  open: shell === 'electron' ? openPort : socketOpener(),
  ping: () => api.settings.get(),
});

/**
 * The page's memory of what the core said. The core is on this computer and tells of changes itself, so nothing is
 * retried and nothing grows stale, unless a query says so.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { networkMode: 'always', retry: false, staleTime: Infinity, refetchOnWindowFocus: false },
    mutations: { networkMode: 'always', retry: false },
  },
});
