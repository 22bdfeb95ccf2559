import fc from 'fast-check';
import type { CallEvent, ExotelReport, ListedReport } from '../../src-shared/call.ts';
import type { CallReason } from '../../src-shared/errors.ts';
import { reasonCodes } from '../../src-shared/errors.ts';

const at = fc.integer({ min: 0, max: 4_000_000_000_000 });
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });

/** A report as Exotel may send it: any status word, known or not, and any fields missing. */
const anyReport: fc.Arbitrary<ExotelReport> = fc.record({
  sid: maybe(fc.oneof(fc.stringMatching(/^[a-f0-9]{32}$/), fc.constantFrom('listed-1', 'listed-2'))),
  status: maybe(
    fc.constantFrom(
      'queued',
      'ringing',
      'in-progress',
      'answered',
      'completed',
      'no-answer',
      'busy',
      'failed',
      'canceled',
      'teleported',
    ),
  ),
  eventType: maybe(fc.constantFrom('answered', 'terminal')),
  dateCreated: maybe(fc.constant('2026-11-23 12:00:00')),
  dateUpdated: maybe(fc.constantFrom('2026-11-23 12:00:01', '2026-11-23 12:00:02')),
  startTime: maybe(fc.constant('2026-11-23 12:00:00')),
  endTime: maybe(fc.constant('2026-11-23 12:01:00')),
  durationSeconds: maybe(fc.integer({ min: 0, max: 14_400 })),
  price: maybe(fc.constantFrom('0.50', '1.00')),
  recordingUrl: maybe(fc.constant('https://recordings.exotel.com/a.mp3')),
});

/** Few Sids, so that a history meets the same one again. */
const listedSid = fc.constantFrom('listed-1', 'listed-2', 'listed-3');
const listedReport: fc.Arbitrary<ListedReport> = fc
  .record({ report: anyReport, sid: listedSid })
  .map(({ report, sid }) => ({ ...report, sid }));

const reason: fc.Arbitrary<CallReason> = fc.record({
  code: fc.constantFrom(...reasonCodes),
  customerCalled: fc.constantFrom('no', 'probably-not', 'perhaps'),
  httpStatus: maybe(fc.integer({ min: 400, max: 599 })),
  message: fc.string({ maxLength: 50 }),
});

/** Any event that can follow `placed`. */
export const anyEvent: fc.Arbitrary<CallEvent> = fc.oneof(
  fc.record({
    type: fc.constant('sending'),
    at,
    attempt: fc.integer({ min: 1, max: 9 }),
    byAsking: fc.boolean(),
  }),
  fc.record({ type: fc.constant('accepted'), at, report: anyReport }),
  fc.record({ type: fc.constant('refused'), at, reason }),
  fc.record({ type: fc.constant('rate-limited'), at, retryAt: at, reason }),
  fc.record({ type: fc.constant('not-sent'), at, again: fc.boolean(), reason }),
  fc.record({ type: fc.constant('doubted'), at, reason }),
  fc.record({ type: fc.constant('interrupted'), at }),
  fc.record({
    type: fc.constant('reported'),
    at,
    source: fc.constantFrom('callback', 'asked'),
    report: anyReport,
  }),
  fc.record({
    type: fc.constant('matched'),
    at,
    by: fc.constantFrom('search', 'rep'),
    report: listedReport,
  }),
  fc.record({
    type: fc.constant('candidates'),
    at,
    candidates: fc.uniqueArray(listedReport, { maxLength: 3, selector: ({ sid }) => sid }),
  }),
  fc.record({ type: fc.constant('not-mine'), at, sid: listedSid }),
  fc.record({ type: fc.constant('settled'), at, as: fc.constantFrom('not-found', 'forgotten') }),
  fc.record({ type: fc.constant('held'), at }),
  fc.record({ type: fc.constant('continued'), at }),
  fc.record({ type: fc.constant('withdrawn'), at }),
);
