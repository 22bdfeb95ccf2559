import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  apply,
  type Call,
  callSchema,
  callStatuses,
  callStatusSchema,
  type CallStatus,
  ImpossibleEventError,
  isOut,
  isSought,
  isTerminal,
  readExotelStatus,
} from '../../src-shared/call.ts';
import { type CallEvent, callEventSchema, lineKey } from '../../src-shared/call-events.ts';
import { emptyReport, type ExotelReport } from '../../src-shared/exotel-report.ts';
import type { CallReason } from '../../src-shared/errors.ts';
import { anyEvent } from '../support/any-event.ts';

const id = '6f1c1f0e-6d5c-4b39-9f6f-0d4f3a3c9a10';
const at = 1_000_000;
const reason: CallReason = {
  code: 'server-error',
  customerCalled: 'perhaps',
  httpStatus: 500,
  message: 'Oops',
};

const placed: CallEvent = {
  type: 'placed',
  at,
  number: { entered: '98450 12345', e164: '+919845012345' },
  line: { kind: 'practice' },
  callerId: '08047191234',
  flowUrl: 'http://my.exotel.com/acme1/exoml/start_voice/29281',
  overrode: ['called-just-now'],
  overrodeWhy: 'She asked me to.',
  flow: { id: 'lead', name: 'New lead', kind: 'rings-me', colour: 'teal' },
  ringMeFirst: false,
  repNumber: '+919876543210',
};
const sending: CallEvent = { type: 'sending', at, attempt: 1, byAsking: false };
const reported = (report: Partial<ExotelReport>, when = at): CallEvent => ({
  type: 'reported',
  at: when,
  source: 'callback',
  report: { ...emptyReport, ...report },
});
const accepted = (report: Partial<ExotelReport>): CallEvent => ({
  type: 'accepted',
  at,
  report: { ...emptyReport, ...report },
});

const matched = (report: Partial<ExotelReport> & { readonly sid: string }): CallEvent => ({
  type: 'matched',
  at,
  by: 'search',
  report: { ...emptyReport, ...report },
});
const candidates = (...sids: string[]): CallEvent => ({
  type: 'candidates',
  at,
  candidates: sids.map((sid) => ({ ...emptyReport, sid })),
});

function callOf(events: readonly CallEvent[]): Call {
  const call = events.reduce<Call | null>((sum, event) => apply(sum, id, event), null);
  if (call === null) throw new Error('A call has at least one event.');
  return call;
}

/** A way to each status. */
const ways: Readonly<Record<CallStatus, readonly CallEvent[]>> = {
  queued: [placed],
  held: [placed, { type: 'held', at }],
  dialing: [placed, sending],
  'in-progress': [placed, sending, accepted({ sid: 'abc' })],
  answered: [placed, sending, reported({ status: 'in-progress', eventType: 'answered' })],
  completed: [placed, sending, reported({ status: 'completed' })],
  'no-answer': [placed, sending, reported({ status: 'no-answer' })],
  busy: [placed, sending, reported({ status: 'busy' })],
  failed: [placed, sending, reported({ status: 'failed' })],
  canceled: [placed, sending, reported({ status: 'canceled' })],
  rejected: [placed, sending, { type: 'refused', at, reason }],
  unconfirmed: [placed, sending, { type: 'doubted', at, reason }],
  withdrawn: [placed, { type: 'withdrawn', at }],
};

/** Every event a call can meet, with Exotel's words written out. */
const events = {
  placed,
  sending,
  'accepted, no word': accepted({ sid: 'abc' }),
  'accepted, unknown word': accepted({ sid: 'abc', status: 'routing' }),
  'accepted, queued': accepted({ status: 'queued' }),
  'accepted, completed': accepted({ status: 'completed' }),
  'accepted, failed': accepted({ status: 'failed' }),
  refused: { type: 'refused', at, reason },
  'rate-limited': { type: 'rate-limited', at, retryAt: at + 60_000, reason },
  'not-sent, again': { type: 'not-sent', at, again: true, reason },
  'not-sent, given up': { type: 'not-sent', at, again: false, reason },
  doubted: { type: 'doubted', at, reason },
  interrupted: { type: 'interrupted', at },
  'reported queued': reported({ status: 'queued' }),
  'reported ringing': reported({ status: 'ringing' }),
  'reported in-progress': reported({ status: 'in-progress' }),
  'reported answered': reported({ status: 'answered' }),
  'reported event answered': reported({ status: 'in-progress', eventType: 'answered' }),
  'reported event terminal': reported({ status: 'busy', eventType: 'terminal' }),
  'reported completed': reported({ status: 'completed' }),
  'reported no-answer': reported({ status: 'no-answer' }),
  'reported busy': reported({ status: 'busy' }),
  'reported failed': reported({ status: 'failed' }),
  'reported canceled': reported({ status: 'canceled' }),
  'reported unknown word': reported({ status: 'teleported' }),
  'reported nothing': reported({}),
  'asked, of a Sid that is not its own': {
    type: 'reported',
    at,
    source: 'asked',
    report: { ...emptyReport, sid: 'other', status: 'completed' },
  },
  matched: matched({ sid: 'found' }),
  'matched, completed': matched({ sid: 'found', status: 'completed' }),
  candidates: candidates('one', 'two'),
  'not-mine': { type: 'not-mine', at, sid: 'found' },
  settled: { type: 'settled', at, as: 'not-found' },
  held: { type: 'held', at },
  continued: { type: 'continued', at },
  withdrawn: { type: 'withdrawn', at },
  'connect-asked': { type: 'connect-asked', at, sid: null, to: '+919876543210', refused: null },
  'connect-asked, nobody': { type: 'connect-asked', at, sid: null, to: null, refused: 'away' },
  greeted: { type: 'greeted', at, sid: null },
  leg: {
    type: 'leg',
    at,
    sid: null,
    what: 'answered',
    number: '09876543210',
    onCallSeconds: null,
    word: 'Answered',
  },
  passthru: {
    type: 'passthru',
    at,
    sid: null,
    branch: 'talked',
    callType: 'completed',
    dialCallStatus: 'completed',
    onCallSeconds: 11,
    digits: null,
    recordingUrl: null,
  },
  'called-off': { type: 'called-off', at },
  outcome: { type: 'outcome', at, outcome: 'Interested' },
  noted: { type: 'noted', at, text: 'Wants the annual plan.' },
  'follow-up': { type: 'follow-up', at, due: at + 86_400_000 },
} as const satisfies Record<string, CallEvent>;

/**
 * What each event makes of a call in each status: a status, `=` for the same, `!` for impossible. The columns:
 * queued held dialing in-progress answered | completed no-answer busy failed canceled rejected | unconfirmed withdrawn
 */
const lifecycle: Readonly<Record<keyof typeof events, string>> = {
  placed: '! ! ! ! ! | ! ! ! ! ! ! | ! !',
  sending: 'dialing ! ! ! ! | ! ! ! ! ! ! | ! !',
  'accepted, no word': 'in-progress in-progress in-progress = = | = = = = = = | in-progress =',
  'accepted, unknown word': 'in-progress in-progress in-progress = = | = = = = = = | in-progress =',
  'accepted, queued': 'in-progress in-progress in-progress = = | = = = = = = | in-progress =',
  'accepted, completed': 'completed completed completed completed completed | = = = = = = | completed =',
  'accepted, failed': 'failed failed failed failed failed | = = = = = = | failed =',
  refused: '= = rejected = = | = = = = = = | = =',
  'rate-limited': '= = queued = = | = = = = = = | = =',
  'not-sent, again': '= = queued = = | = = = = = = | = =',
  'not-sent, given up': '= = rejected = = | = = = = = = | = =',
  doubted: '= = unconfirmed = = | = = = = = = | = =',
  interrupted: '= = unconfirmed = = | = = = = = = | = =',
  'reported queued': 'in-progress in-progress in-progress = = | = = = = = = | in-progress =',
  'reported ringing': 'in-progress in-progress in-progress = = | = = = = = = | in-progress =',
  'reported in-progress': 'in-progress in-progress in-progress = = | = = = = = = | in-progress =',
  'reported answered': 'answered answered answered answered = | = = = = = = | answered =',
  'reported event answered': 'answered answered answered answered = | = = = = = = | answered =',
  'reported event terminal': 'busy busy busy busy busy | = = = = = = | busy =',
  'reported completed': 'completed completed completed completed completed | = = = = = = | completed =',
  'reported no-answer': 'no-answer no-answer no-answer no-answer no-answer | = = = = = = | no-answer =',
  'reported busy': 'busy busy busy busy busy | = = = = = = | busy =',
  'reported failed': 'failed failed failed failed failed | = = = = = = | failed =',
  'reported canceled': 'canceled canceled canceled canceled canceled | = = = = = = | canceled =',
  'reported unknown word': '= = = = = | = = = = = = | = =',
  'reported nothing': '= = = = = | = = = = = = | = =',
  'asked, of a Sid that is not its own': '= = = = = | = = = = = = | = =',
  matched: '= = = = = | = = = = = = | in-progress =',
  'matched, completed': '= = = = = | = = = = = = | completed =',
  candidates: '= = = = = | = = = = = = | = =',
  'not-mine': '! ! ! ! ! | ! ! ! ! ! ! | ! !',
  settled: '= = = = = | = = = = = = | = =',
  held: 'held ! ! ! ! | ! ! ! ! ! ! | ! !',
  continued: '! queued ! ! ! | ! ! ! ! ! ! | ! !',
  withdrawn: 'withdrawn withdrawn ! ! ! | ! ! ! ! ! ! | ! !',
  'connect-asked': 'answered answered answered answered = | = = = = = = | answered =',
  'connect-asked, nobody': 'answered answered answered answered = | = = = = = = | answered =',
  greeted: 'answered answered answered answered = | = = = = = = | answered =',
  leg: 'answered answered answered answered = | = = = = = = | answered =',
  passthru: 'answered answered answered answered = | = = = = = = | answered =',
  'called-off': '! ! = = = | ! ! ! ! ! ! | = !',
  outcome: '= = = = = | = = = = = = | = =',
  noted: '= = = = = | = = = = = = | = =',
  'follow-up': '= = = = = | = = = = = = | = =',
};

describe.each(Object.entries(lifecycle))('the event "%s"', (name, row) => {
  const event: CallEvent | undefined = Object.entries(events).find(([key]) => key === name)?.[1];
  const cells = row.split(/[\s|]+/);

  it('has an expectation for every status', () => {
    expect(event).toBeDefined();
    expect(cells).toHaveLength(callStatuses.length);
  });

  it.each(callStatuses.map((status, column) => [status, cells[column]] as const))(
    'in %s: %s',
    (status, cell) => {
      if (event === undefined) return;
      const before = callOf(ways[status]);
      if (cell === '!') {
        expect(() => apply(before, id, event)).toThrow(ImpossibleEventError);
        return;
      }
      const after = apply(before, id, event);
      expect(after.status).toBe(cell === '=' ? status : callStatusSchema.parse(cell));
      expect(callSchema.parse(after)).toEqual(after);
    },
  );
});

describe('the table', () => {
  it('has a row for every type of event', () => {
    const types = callEventSchema.options.map((option) => option.shape.type.value);
    expect(new Set(Object.values(events).map(({ type }) => type))).toEqual(new Set(types));
  });

  it.each(callStatuses)('has a way that leads to %s', (status) => {
    expect(callOf(ways[status]).status).toBe(status);
  });
});

describe('a call that is not there', () => {
  it('begins queued, with what the person asked for and nothing else known', () => {
    expect(apply(null, id, placed)).toEqual({
      id,
      number: { entered: '98450 12345', e164: '+919845012345' },
      line: { kind: 'practice' },
      callerId: '08047191234',
      flowUrl: 'http://my.exotel.com/acme1/exoml/start_voice/29281',
      overrode: ['called-just-now'],
      overrodeWhy: 'She asked me to.',
      flow: { id: 'lead', name: 'New lead', kind: 'rings-me', colour: 'teal' },
      ringMeFirst: false,
      repNumber: '+919876543210',
      status: 'queued',
      conversation: { state: 'unknown', since: null, seconds: null, exact: false, why: null },
      calledOff: false,
      outcome: null,
      note: '',
      followUpAt: null,
      reason: null,
      sid: null,
      exotelStatus: null,
      placedAt: at,
      sentAt: null,
      attempts: 0,
      endedAt: null,
      updatedAt: at,
      byAsking: false,
      retryAt: null,
      dateCreated: null,
      dateUpdated: null,
      startTime: null,
      endTime: null,
      durationSeconds: null,
      price: null,
      recordingUrl: null,
      match: null,
      candidates: [],
      notMine: [],
      settled: null,
    });
  });

  it.each(Object.entries(events).filter(([name]) => name !== 'placed'))('cannot take "%s"', (_, event) => {
    expect(() => apply(null, id, event)).toThrow(
      `A call that is not there cannot take the event "${event.type}".`,
    );
  });
});

describe('what an event writes beside the status', () => {
  const dialing = callOf(ways.dialing);

  it('sending: the attempt, its time, and that the end is learnt by asking', () => {
    const again = callOf([
      ...ways.dialing,
      events['rate-limited'],
      { type: 'sending', at: at + 5, attempt: 2, byAsking: true },
    ]);
    expect(again).toMatchObject({ attempts: 2, sentAt: at + 5, byAsking: true, reason: null, retryAt: null });
  });

  it('refused and given up: why, and when it ended', () => {
    for (const event of [events.refused, events['not-sent, given up']]) {
      expect(apply(dialing, id, event)).toMatchObject({ reason, endedAt: at });
    }
  });

  it('rate-limited: why it waits, and until when', () => {
    expect(apply(dialing, id, events['rate-limited'])).toMatchObject({
      reason,
      retryAt: at + 60_000,
      endedAt: null,
    });
  });

  it('doubted and interrupted: why nobody knows, and no end', () => {
    expect(apply(dialing, id, events.doubted)).toMatchObject({ reason, endedAt: null });
    expect(apply(dialing, id, events.interrupted)).toMatchObject({
      reason: { code: 'interrupted', customerCalled: 'perhaps' },
      endedAt: null,
    });
  });

  it('proof of a doubted call: the doubt is gone', () => {
    const doubted = callOf(ways.unconfirmed);
    expect(apply(doubted, id, reported({ status: 'ringing' }))).toMatchObject({
      reason: null,
      endedAt: null,
    });
    expect(apply(doubted, id, reported({ status: 'busy' }, at + 9))).toMatchObject({
      reason: null,
      endedAt: at + 9,
    });
  });

  it('a callback before the answer: the answer only adds the Sid', () => {
    const ended = callOf([...ways.dialing, reported({ status: 'completed' })]);
    expect(apply(ended, id, accepted({ sid: 'abc', status: 'in-progress' }))).toEqual({
      ...ended,
      sid: 'abc',
    });
  });

  it('an unknown word is kept as it came, and moves nothing', () => {
    expect(apply(dialing, id, reported({ status: 'Teleported' }))).toMatchObject({
      status: 'dialing',
      exotelStatus: 'Teleported',
    });
  });

  it('after the end: duration, price and recording, but no other word', () => {
    const ended = callOf(ways.completed);
    const late = reported({
      status: 'busy',
      durationSeconds: 42,
      price: '1.50',
      recordingUrl: 'https://x.test/a.mp3',
    });
    expect(apply(ended, id, late)).toEqual({
      ...ended,
      durationSeconds: 42,
      price: '1.50',
      recordingUrl: 'https://x.test/a.mp3',
    });
  });

  it('the first Sid stays', () => {
    const call = callOf(ways['in-progress']);
    expect(apply(call, id, reported({ sid: 'other' })).sid).toBe('abc');
  });

  it('updatedAt never goes back with a clock that does', () => {
    expect(apply(dialing, id, reported({ status: 'busy' }, at - 500)).updatedAt).toBe(at);
    expect(apply(dialing, id, reported({ status: 'busy' }, at + 500)).updatedAt).toBe(at + 500);
  });
});

describe('a call whose Sid is unknown', () => {
  const doubted = callOf(ways.unconfirmed);
  const found = apply(
    doubted,
    id,
    matched({ sid: 'found', status: 'completed', durationSeconds: 42, price: '1.50' }),
  );

  it('adopts what the list shows, and says that only number and time speak for it', () => {
    expect(found).toMatchObject({
      status: 'completed',
      sid: 'found',
      durationSeconds: 42,
      endedAt: at,
      match: { by: 'search', doubt: reason },
    });
  });

  it('"not mine" undoes a match wholly, even after its end, and it is not adopted again', () => {
    const undone = apply(found, id, { type: 'not-mine', at, sid: 'found' });
    expect(undone).toEqual({ ...doubted, notMine: ['found'] });
    expect(apply(undone, id, matched({ sid: 'found' }))).toEqual(undone);
    expect(apply(undone, id, matched({ sid: 'second' }))).toMatchObject({ sid: 'second' });
  });

  it('what was asked of the match before "not mine" changes nothing', () => {
    const undone = apply(found, id, { type: 'not-mine', at, sid: 'found' });
    const answer: CallEvent = {
      type: 'reported',
      at,
      source: 'asked',
      report: { ...emptyReport, sid: 'found', status: 'busy' },
    };
    expect(apply(undone, id, answer)).toEqual(undone);
  });

  it('a callback of its own address with the same Sid proves the match', () => {
    expect(apply(found, id, reported({ sid: 'found', status: 'completed' }))).toEqual({
      ...found,
      exotelStatus: 'completed',
      match: null,
    });
  });

  it.each([
    ['another Sid', { sid: 'real', status: 'busy' }, 'real'],
    ['no Sid', { status: 'busy' }, null],
  ])('a callback with %s replaces the match, end and all', (_, report, sid) => {
    expect(apply(found, id, reported(report, at + 5))).toMatchObject({
      status: 'busy',
      sid,
      match: null,
      endedAt: at + 5,
      durationSeconds: null,
      price: null,
    });
  });

  it('shows candidates until one is chosen, without those that are not mine', () => {
    const choosing = callOf([...ways.unconfirmed, candidates('one', 'two', 'three')]);
    const fewer = apply(choosing, id, { type: 'not-mine', at, sid: 'two' });
    expect(fewer.candidates.map(({ sid }) => sid)).toEqual(['one', 'three']);
    const again = apply(fewer, id, candidates('one', 'two'));
    expect(again.candidates.map(({ sid }) => sid)).toEqual(['one']);
    const chosen: CallEvent = { type: 'matched', at, by: 'rep', report: { ...emptyReport, sid: 'one' } };
    expect(apply(again, id, chosen)).toMatchObject({
      sid: 'one',
      candidates: [],
      match: { by: 'rep' },
    });
  });

  it('a Sid that was never shown cannot be refused', () => {
    expect(() => apply(doubted, id, { type: 'not-mine', at, sid: 'strange' })).toThrow(ImpossibleEventError);
  });

  it('a settled call still moves by proof, and is then no longer settled', () => {
    const settled = apply(doubted, id, { type: 'settled', at, as: 'not-found' });
    expect(settled.settled).toBe('not-found');
    expect(apply(settled, id, reported({ status: 'no-answer' }))).toMatchObject({
      status: 'no-answer',
      settled: null,
    });
  });

  it('is sought while it is in doubt', () => {
    expect(isSought(doubted)).toBe(true);
    expect(isSought(found)).toBe(false);
    expect(isSought(callOf(ways['in-progress']))).toBe(false);
  });
});

describe('for every history', () => {
  const anyHistory = fc.array(anyEvent, { maxLength: 15 });

  /** Applies what the call can take. */
  function live(history: readonly CallEvent[], look: (before: Call, event: CallEvent, after: Call) => void) {
    let call = callOf([placed]);
    for (const event of history) {
      let after: Call;
      try {
        after = apply(call, id, event);
      } catch (error) {
        expect(error).toBeInstanceOf(ImpossibleEventError);
        continue;
      }
      look(call, event, after);
      call = after;
    }
  }

  function property(look: (before: Call, event: CallEvent, after: Call) => void): void {
    fc.assert(fc.property(anyHistory, (history) => live(history, look)));
  }

  it('no event leaves a terminal status, unless it rested on a match', () => {
    property((before, _, after) => {
      if (isTerminal(before.status) && before.match === null) expect(after.status).toBe(before.status);
    });
  });

  it('what Exotel does not say never overwrites what it said', () => {
    property((before, event, after) => {
      if (event.type !== 'reported' && event.type !== 'accepted') return;
      if (before.match !== null) return;
      for (const [name, said] of Object.entries(event.report)) {
        if (said !== null || !(name in before)) continue;
        const field = callSchema.keyof().parse(name === 'status' ? 'exotelStatus' : name);
        expect(after[field]).toEqual(before[field]);
      }
    });
  });

  it('what is known stays known, unless it rested on a match', () => {
    property((before, _, after) => {
      if (before.match !== null) return;
      for (const field of ['sid', 'exotelStatus', 'durationSeconds', 'price', 'recordingUrl'] as const) {
        if (before[field] !== null) expect(after[field]).not.toBeNull();
      }
    });
  });

  it('the same report again changes nothing', () => {
    property((_, event, after) => {
      if (event.type === 'reported' || event.type === 'accepted')
        expect(apply(after, id, event)).toEqual(after);
    });
  });

  it('a call has an end exactly where its status is terminal', () => {
    property((_, __, after) => expect(after.endedAt !== null).toBe(isTerminal(after.status)));
  });

  it('what the person asked for stays', () => {
    property((before, _, { number, line, callerId, flowUrl, overrode, placedAt }) =>
      expect(before).toMatchObject({ id, number, line, callerId, flowUrl, overrode, placedAt }),
    );
  });

  it('the call before is not touched', () => {
    property((before, event) => {
      const frozen = structuredClone(before);
      apply(before, id, event);
      expect(before).toEqual(frozen);
    });
  });

  it('the sum is a valid call', () => {
    property((_, __, after) => expect(callSchema.parse(after)).toEqual(after));
  });
});

describe('readExotelStatus', () => {
  it.each([
    ['queued', 'in-progress'],
    ['ringing', 'in-progress'],
    ['in-progress', 'in-progress'],
    ['answered', 'answered'],
    ['completed', 'completed'],
    ['no-answer', 'no-answer'],
    ['No Answer', 'no-answer'],
    ['NO_ANSWER', 'no-answer'],
    [' busy ', 'busy'],
    ['failed', 'failed'],
    ['canceled', 'canceled'],
    ['Cancelled', 'canceled'],
    ['', null],
    ['teleported', null],
    [null, null],
  ])('reads %j as %s', (word, status) => {
    expect(readExotelStatus(word)).toBe(status);
  });
});

describe('statuses', () => {
  it('are out, ended, or still here', () => {
    expect(callStatuses.filter(isOut)).toEqual(['in-progress', 'answered', 'unconfirmed']);
    expect(callStatuses.filter((status) => !isTerminal(status) && !isOut(status))).toEqual([
      'queued',
      'held',
      'dialing',
    ]);
  });
});

describe('lineKey', () => {
  it('tells lines apart', () => {
    expect(lineKey({ kind: 'practice' })).toBe('practice');
    expect(lineKey({ kind: 'account', host: 'api.exotel.com', accountSid: 'acme1' })).toBe(
      'api.exotel.com/acme1',
    );
  });
});
