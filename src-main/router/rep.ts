import { implement } from '@orpc/server';
import { contract } from '../../src-shared/contract/index.ts';
import type { RouterParts } from './parts.ts';
import { problemOf } from './stored.ts';

const os = implement(contract.rep);

export function repRouter({ news, readiness, settings, changeSettings }: RouterParts) {
  return {
    live: os.live.handler(async function* ({ signal }) {
      const changes = news.subscribe('rep', signal ? { signal } : {});
      yield readiness.view();
      yield* changes;
    }),

    set: os.set.handler(({ input, errors }) => {
      try {
        readiness.set(input.state);
      } catch (error) {
        throw errors.NOT_STORED({ data: { problem: problemOf(error) } });
      }
      return readiness.view();
    }),

    usePhone: os.usePhone.handler(async ({ input, errors }) => {
      if (settings.locked().includes('phoneInUse')) throw errors.LOCKED();
      if (!settings.get().phones.some(({ number }) => number === input.number)) throw errors.NOT_FOUND();
      try {
        await changeSettings({ phoneInUse: input.number });
      } catch (error) {
        throw errors.NOT_STORED({ data: { problem: problemOf(error) } });
      }
      return readiness.view();
    }),
  };
}
