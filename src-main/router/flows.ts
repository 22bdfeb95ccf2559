import { randomBytes } from 'node:crypto';
import { implement } from '@orpc/server';
import { contract } from '../../src-shared/contract/index.ts';
import { flowsOf } from '../flows.ts';
import type { RouterParts } from './parts.ts';
import { problemOf } from './stored.ts';

const os = implement(contract.flows);

export function flowsRouter({ settings, doorsView, changeSettings }: RouterParts) {
  return {
    list: os.list.handler(() => {
      const now = settings.get();
      const flows = flowsOf(now.line, now);
      const first = flows.filter(({ id }) => id === now.defaultFlowId);
      return {
        flows: [...first, ...flows.filter(({ id }) => id !== now.defaultFlowId)],
        samples: now.flows.length === 0 && flows.length > 0,
      };
    }),

    doors: os.doors.handler(() => doorsView()),

    replaceDoor: os.replaceDoor.handler(async ({ input: { door }, errors }) => {
      const { doorSecrets } = settings.get();
      try {
        await changeSettings({
          doorSecrets: { ...doorSecrets, [door]: randomBytes(16).toString('hex') },
        });
      } catch (error) {
        throw errors.NOT_STORED({
          data: { problem: problemOf(error) },
        });
      }
      return doorsView();
    }),
  };
}
