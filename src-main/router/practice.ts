import { implement } from '@orpc/server';
import { contract } from '../../src-shared/contract/index.ts';
import type { RouterParts } from './parts.ts';

const os = implement(contract.practice);

export function practiceRouter({ news, practiceLine, practicePhone }: RouterParts) {
  return {
    phone: os.phone.handler(async function* ({ signal }) {
      const changes = news.subscribe('practicePhone', signal ? { signal } : {});
      yield practicePhone();
      yield* changes;
    }),
    answer: os.answer.handler(() => practiceLine.answer()),
    decline: os.decline.handler(() => practiceLine.decline()),
    hangUp: os.hangUp.handler(() => practiceLine.hangUp()),
    setStrictness: os.setStrictness.handler(({ input }) => practiceLine.setStrictness(input.strictness)),
  };
}
