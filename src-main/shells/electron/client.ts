import { createRouterClient, type RouterClient } from '@orpc/server';
import type { Core } from '../../core.ts';
import type { Router } from '../../router/router.ts';

/** The core as a page sees it, for what the shell itself asks. Rejects where the core does not start. */
export type Client = Promise<RouterClient<Router>>;

export function clientOf(core: Promise<Core>): Client {
  const client = core.then(({ router }) => createRouterClient(router, { context: {} }));
  // Who waits for it is told; where nobody does, main.ts has said it.
  client.catch(() => {});
  return client;
}
