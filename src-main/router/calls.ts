import { implement } from '@orpc/server';
import { type CallEvent, lineKey } from '../../src-shared/call-events.ts';
import { contract } from '../../src-shared/contract/index.ts';
import { assertNever } from '../../src-shared/errors.ts';
import { lineInUse } from '../calls/line-of.ts';
import { check } from '../calls/verdict.ts';
import { startOfDay } from '../calls/warnings.ts';
import type { AppendOptions, StoredCall } from '../storage/storage.ts';
import { recordingAddress } from '../exotel/recording-address.ts';
import type { RouterParts } from './parts.ts';
import { problemOf, stored } from './stored.ts';

const os = implement(contract.calls);

/** What every decision of a person about a call declares. */
type DecisionErrors = Parameters<Parameters<typeof os.withdraw.handler>[0]>[0]['errors'];

export function callsRouter(parts: RouterParts) {
  const { storage, recorder, pacer, news, view } = parts;
  const now = () => parts.ports.clock.now();

  /** Writes what a person decided about a call; throws where the call can no longer take it. */
  async function decide(
    id: string,
    event: CallEvent,
    errors: DecisionErrors,
    options: AppendOptions = {},
  ): Promise<StoredCall> {
    const result = await stored(recorder.append(id, event, options), errors);
    if (result.outcome === 'unknown-call') throw errors.NOT_FOUND();
    if (result.outcome !== 'stored') throw errors.TOO_LATE();
    return result.call;
  }

  return {
    check: os.check.handler(({ input }) =>
      check(input.number, input, {
        clock: parts.ports.clock,
        storage,
        settings: parts.settings.get,
        lines: parts.lines,
        readiness: parts.readiness,
        trouble: parts.trouble,
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
        case 'blocked':
          throw errors.BLOCKED({
            data: { blocks: [...placed.blocks], alternatives: [...placed.alternatives] },
          });
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
      const call = await decide(input.id, { type: 'withdrawn', at: now() }, errors);
      pacer.remove(input.id);
      return view(call);
    }),

    resume: os.resume.handler(async ({ input, errors }) => {
      const call = await decide(input.id, { type: 'continued', at: now() }, errors);
      parts.dialer.enqueue(call);
      return view(call);
    }),

    callOff: os.callOff.handler(async ({ input, errors }) =>
      view(await decide(input.id, { type: 'called-off', at: now() }, errors)),
    ),

    setOutcome: os.setOutcome.handler(async ({ input: { id, outcome }, errors }) => {
      const call = await decide(id, { type: 'outcome', at: now(), outcome }, errors);
      const { number, line } = call.call;
      const chosen = parts.settings.get().outcomes.find(({ name }) => name === outcome);
      // Who practises asked nobody.
      if (chosen?.doNotCall && number.e164 !== null && line.kind === 'account') {
        await stored(parts.contacts.block({ number: number.e164 }, chosen.name, null), errors);
      }
      return view(call);
    }),

    note: os.note.handler(async ({ input: { id, text }, errors }) =>
      view(await decide(id, { type: 'noted', at: now(), text }, errors, { replacesLast: true })),
    ),

    followUp: os.followUp.handler(async ({ input: { id, due }, errors }) =>
      view(await decide(id, { type: 'follow-up', at: now(), due }, errors)),
    ),

    figures: os.figures.handler(() => {
      const key = lineKey(lineInUse(parts.settings.get()));
      return storage.calls.figures(key, startOfDay(now()));
    }),

    notMine: os.notMine.handler(async ({ input: { id, sid }, errors }) =>
      view(await decide(id, { type: 'not-mine', at: now(), sid }, errors)),
    ),

    chooseMatch: os.chooseMatch.handler(async ({ input: { id, sid }, errors }) => {
      const before = await storage.calls.get(id);
      if (before === null) throw errors.NOT_FOUND();
      const report = before.call.candidates.find((candidate) => candidate.sid === sid);
      // Chosen in another window, or proven meanwhile.
      if (report === undefined) throw errors.TOO_LATE();
      return view(await decide(id, { type: 'matched', at: now(), by: 'rep', report }, errors));
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
      const { recordingUrl, line } = call.call;
      if (recordingUrl === null) throw errors.NO_RECORDING();
      const address = recordingAddress(recordingUrl, line);
      if (address === null) throw errors.NOT_OPENED({ data: { problem: notExotels(recordingUrl) } });
      try {
        await parts.ports.opener.openUrl(address);
      } catch (error) {
        throw errors.NOT_OPENED({
          data: { problem: problemOf(error) },
        });
      }
    }),
  };
}

function notExotels(address: string): string {
  return `its address leads to ${URL.parse(address)?.host ?? 'nowhere'}, and not to Exotel`;
}
