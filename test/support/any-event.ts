import fc from 'fast-check';
import type { CallEvent } from '../../src-shared/call-events.ts';
import type { ExotelReport, ListedReport } from '../../src-shared/exotel-report.ts';
import type { CallReason } from '../../src-shared/errors.ts';
import { reasonCodes } from '../../src-shared/errors.ts';
import { connectRefusals, type Leg, passthruBranches } from '../../src-shared/flow-events.ts';

const at = fc.integer({ min: 0, max: 4_000_000_000_000 });
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });

/** The rep's phone in two of Exotel's writings, the customer's, and a stranger's. */
const legNumber = maybe(
  fc.constantFrom('+919876543210', '09876543210', '+919845012345', '09845012345', '+918067676767'),
);
const legWord = maybe(
  fc.constantFrom('in-progress', 'completed', 'no-answer', 'busy', 'canceled', 'failed', 'teleported'),
);
const legSeconds = maybe(fc.integer({ min: 0, max: 4500 }));
const anyLeg: fc.Arbitrary<Leg> = fc.record({
  number: legNumber,
  status: legWord,
  onCallSeconds: legSeconds,
});

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
  conversationSeconds: legSeconds,
  legs: fc.array(anyLeg, { maxLength: 3 }),
});

/** Few Sids, so that a history meets the same one again. */
const listedSid = fc.constantFrom('listed-1', 'listed-2', 'listed-3');
const listedReport: fc.Arbitrary<ListedReport> = fc
  .record({ report: anyReport, sid: listedSid })
  .map(({ report, sid }) => ({ ...report, sid }));

/** Applets bring the Sid of the call, of none, or (a path is known to more than one flow) of another. */
const appletSid = maybe(fc.constantFrom('listed-1', 'listed-2'));

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
  fc.record({
    type: fc.constant('connect-asked'),
    at,
    sid: appletSid,
    to: maybe(fc.constant('+919876543210')),
    refused: maybe(fc.constantFrom(...connectRefusals)),
  }),
  fc.record({ type: fc.constant('greeted'), at, sid: appletSid }),
  fc.record({
    type: fc.constant('leg'),
    at,
    sid: appletSid,
    what: fc.constantFrom('dialing', 'ringing', 'answered', 'ended', 'other'),
    number: legNumber,
    onCallSeconds: legSeconds,
    word: maybe(fc.constantFrom('Dial', 'Answered', 'Terminal', 'free')),
  }),
  fc.record({
    type: fc.constant('passthru'),
    at,
    sid: appletSid,
    branch: fc.constantFrom(...passthruBranches),
    callType: maybe(fc.constantFrom('call-attempt', 'completed', 'client-hangup', 'incomplete', 'voicemail')),
    dialCallStatus: legWord,
    onCallSeconds: legSeconds,
    digits: maybe(fc.constant('1')),
    recordingUrl: maybe(fc.constant('https://recordings.exotel.com/b.mp3')),
  }),
  fc.record({ type: fc.constant('called-off'), at }),
  fc.record({
    type: fc.constant('outcome'),
    at,
    outcome: maybe(fc.constantFrom('Interested', 'Call back', 'Do not call')),
  }),
  fc.record({ type: fc.constant('noted'), at, text: fc.string({ maxLength: 50 }) }),
  fc.record({ type: fc.constant('follow-up'), at, due: maybe(at) }),
);
