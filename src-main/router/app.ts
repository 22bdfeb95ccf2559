import { implement } from '@orpc/server';
import { contract } from '../../src-shared/contract/index.ts';
import { practiceEndings } from '../practice-line/endings.ts';
import type { RouterParts } from './parts.ts';

const os = implement(contract.app);

export function appRouter(parts: RouterParts) {
  return {
    status: os.status.handler(async function* ({ signal }) {
      // Subscribed before the first state is read, so that no change falls between.
      const changes = parts.news.subscribe('status', signal ? { signal } : {});
      yield parts.status();
      yield* changes;
    }),

    practiceEndings: os.practiceEndings.handler(() => practiceEndings()),

    checkTunnel: os.checkTunnel.handler(async ({ errors }) => {
      const reached = await parts.address.check();
      if (reached === null) throw errors.NO_TUNNEL();
      if (reached.ok) return { tookMs: Math.round(reached.tookMs) };
      const { problem, detail } = reached;
      throw errors.NOT_REACHED({ data: { problem, detail } });
    }),

    retryTunnel: os.retryTunnel.handler(() => parts.address.retry()),

    dismissNotice: os.dismissNotice.handler(({ input }) => parts.dismissNotice(input.code)),
  };
}
