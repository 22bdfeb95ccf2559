import { implement } from '@orpc/server';
import { contract } from '../../src-shared/contract/index.ts';
import { assertNever } from '../../src-shared/errors.ts';
import { check } from '../calls/verdict.ts';
import type { RouterParts } from './parts.ts';

const os = implement(contract.calls);

export function callsRouter(parts: RouterParts) {
  const { storage, recorder, pacer, news, view } = parts;
  const now = () => parts.ports.clock.now();

  return {
    check: os.check.handler(({ input }) =>
      check(input.number, {
        clock: parts.ports.clock,
        storage,
        settings: parts.settings.get,
        lines: parts.lines,
      }),
    ),

    place: os.place.handler(async ({ input, errors }) => {
      const placed = await parts.dialer.place(input);
      switch (placed.outcome) {
        case 'placed':
          return view(placed.call);
        case 'not-dialable':
          throw errors.NOT_DIALABLE({ data: { entered: placed.entered } });
        case 'do-not-call':
          throw errors.DO_NOT_CALL({ data: placed.entry });
        case 'needs-confirmation':
          throw errors.NEEDS_CONFIRMATION({ data: { warnings: [...placed.warnings] } });
        case 'not-set-up':
          throw errors.NOT_SET_UP({ data: { missing: placed.missing } });
        case 'bad-value':
          throw errors.BAD_VALUE({ data: { field: placed.field, problem: placed.problem } });
        case 'id-taken':
          throw errors.ID_TAKEN();
        case 'too-old':
          throw errors.TOO_OLD();
        case 'not-stored':
          throw errors.NOT_STORED({ data: { problem: placed.problem } });
        default:
          return assertNever(placed);
      }
    }),

    withdraw: os.withdraw.handler(async ({ input, errors }) => {
      const result = await recorder.append(input.id, { type: 'withdrawn', at: now() });
      if (result.outcome === 'unknown-call') throw errors.NOT_FOUND();
      if (result.outcome !== 'stored') throw errors.TOO_LATE();
      pacer.remove(input.id);
      return view(result.call);
    }),

    resume: os.resume.handler(async ({ input, errors }) => {
      const result = await recorder.append(input.id, { type: 'continued', at: now() });
      if (result.outcome === 'unknown-call') throw errors.NOT_FOUND();
      if (result.outcome !== 'stored') throw errors.TOO_LATE();
      parts.dialer.enqueue(result.call);
      return view(result.call);
    }),

    get: os.get.handler(async ({ input, errors }) => {
      const call = await storage.calls.get(input.id);
      if (call === null) throw errors.NOT_FOUND();
      return { call: view(call), events: [...(await storage.calls.events(input.id))] };
    }),

    list: os.list.handler(async ({ input }) => {
      const page = await storage.calls.list(input);
      return { calls: page.calls.map(view), next: page.next };
    }),

    live: os.live.handler(({ signal }) => news.subscribe('call', signal ? { signal } : {})),

    openRecording: os.openRecording.handler(async ({ input, errors }) => {
      const call = await storage.calls.get(input.id);
      if (call === null) throw errors.NOT_FOUND();
      if (call.call.recordingUrl === null) throw errors.NO_RECORDING();
      try {
        await parts.ports.opener.openUrl(call.call.recordingUrl);
      } catch (error) {
        throw errors.NOT_OPENED({
          data: { problem: error instanceof Error ? error.message : String(error) },
        });
      }
    }),
  };
}
