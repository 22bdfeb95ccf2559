import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply, type Call, ImpossibleEventError } from '../../src-shared/call.ts';
import type { CallEvent } from '../../src-shared/call-events.ts';
import { emptyReport, type ExotelReport } from '../../src-shared/exotel-report.ts';
import {
  beginConversation,
  type Conversation,
  type ConversationAbout,
  type ConversationEvent,
  type ConversationState,
  conversationStates,
  converse,
} from '../../src-shared/conversation.ts';
import type { FlowEvent, Leg } from '../../src-shared/flow-events.ts';

const id = '6f1c1f0e-6d5c-4b39-9f6f-0d4f3a3c9a10';
const at = 1_700_000_000_000;
const rep = '+919876543210';
const customer = '+919845012345';

const asked = (more: Partial<Extract<FlowEvent, { type: 'connect-asked' }>> = {}) =>
  ({ type: 'connect-asked', at, sid: 'sid1', to: rep, refused: null, ...more }) as const;
const leg = (what: Extract<FlowEvent, { type: 'leg' }>['what'], more: Partial<Leg & { at: number }> = {}) =>
  ({
    type: 'leg',
    at: more.at ?? at,
    sid: 'sid1',
    what,
    number: more.number === undefined ? '09876543210' : more.number,
    onCallSeconds: more.onCallSeconds ?? null,
    word: null,
  }) as const;
const passthru = (
  branch: Extract<FlowEvent, { type: 'passthru' }>['branch'],
  more: Partial<Extract<FlowEvent, { type: 'passthru' }>> = {},
) =>
  ({
    type: 'passthru',
    at,
    sid: 'sid1',
    branch,
    callType: null,
    dialCallStatus: null,
    onCallSeconds: null,
    digits: null,
    recordingUrl: null,
    ...more,
  }) as const;
const legs = (told: readonly Leg[], conversationSeconds: number | null = null) =>
  ({ type: 'legs', at, legs: told, conversationSeconds }) as const;
const legOf = (number: string | null, status: string | null, onCallSeconds: number | null = null): Leg => ({
  number,
  status,
  onCallSeconds,
});

const about: ConversationAbout = { kind: 'rings-me', rep, customer, over: false };

const silent = { since: null, seconds: null, exact: false, why: null } as const;
/** Each state as a call comes to it. */
const states: Readonly<Record<ConversationState, Conversation>> = {
  unknown: { ...silent, state: 'unknown' },
  automated: { ...silent, state: 'automated' },
  waiting: { ...silent, state: 'waiting', since: at - 8000 },
  talking: { ...silent, state: 'talking', since: at - 8000 },
  talked: { ...silent, state: 'talked', seconds: 130, exact: true },
  missed: { ...silent, state: 'missed', seconds: 18, why: 'no-answer' },
  left: { ...silent, state: 'left', seconds: 9 },
};

const events = {
  'Connect asked, the rep is rung': asked(),
  'Connect asked, nobody is': asked({ to: null, refused: 'away' }),
  'Greeting asked': { type: 'greeted', at, sid: null },
  'leg: dialing': leg('dialing'),
  'leg: ringing': leg('ringing'),
  'leg: answered': leg('answered'),
  "leg: answered, another's phone": leg('answered', { number: '+919845099001' }),
  'leg: answered, no number': leg('answered', { number: null }),
  'leg: ended': leg('ended'),
  'leg: ended after 12 s': leg('ended', { onCallSeconds: 12 }),
  "leg: ended after 12 s, another's phone": leg('ended', { number: '+919845099001', onCallSeconds: 12 }),
  'leg: no word of ours': leg('other'),
  talked: passthru('talked'),
  'talked, 11 s': passthru('talked', { callType: 'completed', onCallSeconds: 11 }),
  'talked, says its path alone': passthru('talked', { callType: 'incomplete', dialCallStatus: 'no-answer' }),
  missed: passthru('missed'),
  'missed, no answer': passthru('missed', { callType: 'incomplete', dialCallStatus: 'no-answer' }),
  'missed, declined': passthru('missed', { callType: 'incomplete', dialCallStatus: 'busy' }),
  'missed, the customer hung up': passthru('missed', { callType: 'client-hangup' }),
  'missed, the leg was canceled': passthru('missed', { dialCallStatus: 'Cancelled' }),
  'nobody dialled': passthru('nodial'),
  'plain, nothing said': passthru('plain', { callType: 'completed' }),
  'plain, the customer hung up': passthru('plain', { callType: 'client-hangup' }),
  'plain, no answer': passthru('plain', { callType: 'incomplete', dialCallStatus: 'no-answer' }),
  "report: the rep's leg, 10 s": legs([legOf(customer, 'completed', 25), legOf(rep, 'completed', 10)]),
  "report: the customer's leg, 25 s": legs([legOf(customer, 'completed', 25)], 25),
  "report: the rep's leg, no answer": legs([legOf(rep, 'no-answer', 0)]),
  "report: the rep's leg, canceled": legs([legOf(rep, 'canceled', 0)]),
  "the customer's leg ended": { type: 'ended', at },
} as const satisfies Record<string, ConversationEvent>;

/** What each event makes of a conversation, the call ringing the rep: a state, `=` for the very same conversation. */
const table: Readonly<Record<keyof typeof events, string>> = {
  // unknown automated waiting talking talked missed left
  'Connect asked, the rep is rung': 'waiting waiting = = = = =',
  'Connect asked, nobody is': 'missed missed = = = = =',
  'Greeting asked': '= = = = = = =',
  'leg: dialing': '= = = = = = =',
  'leg: ringing': '= = = = = = =',
  'leg: answered': 'talking talking talking = = talking talking',
  "leg: answered, another's phone": '= = = = = = =',
  'leg: answered, no number': 'talking talking talking = = talking talking',
  'leg: ended': '= = = talked = = =',
  'leg: ended after 12 s': 'talked talked talked talked = talked talked',
  "leg: ended after 12 s, another's phone": '= = = = = = =',
  'leg: no word of ours': '= = = = = = =',
  talked: 'talked talked talked talked = talked talked',
  'talked, 11 s': 'talked talked talked talked = talked talked',
  'talked, says its path alone': 'missed missed missed = = = =',
  missed: 'missed missed missed = = = =',
  'missed, no answer': 'missed missed missed = = = =',
  'missed, declined': 'missed missed missed = = = =',
  'missed, the customer hung up': 'left = left = = left =',
  'missed, the leg was canceled': 'left = left = = left =',
  'nobody dialled': 'missed missed missed = = = =',
  'plain, nothing said': '= = = = = = =',
  'plain, the customer hung up': 'left = left = = left =',
  'plain, no answer': 'missed missed missed = = = =',
  "report: the rep's leg, 10 s": 'talked talked talked talked = talked talked',
  "report: the customer's leg, 25 s": '= = = = = = =',
  "report: the rep's leg, no answer": 'missed missed missed = = = =',
  "report: the rep's leg, canceled": 'left left left = = left =',
  "the customer's leg ended": '= = unknown talked = = =',
};

describe('converse', () => {
  describe.each(Object.entries(table))('%s', (name, row) => {
    const event = Object.entries(events).find(([key]) => key === name)?.[1];
    const cells = row.split(' ');
    it.each(conversationStates.map((state, n) => [state, cells[n] ?? '']))('%s → %s', (state, next) => {
      if (event === undefined) throw new Error('The table has an event that is none.');
      const after = converse(states[state], event, about);
      if (next === '=') expect(after).toEqual(states[state]);
      else expect(after.state).toBe(next);
    });
  });

  const told = (...all: readonly ConversationEvent[]) =>
    all.reduce((before, event) => converse(before, event, about), beginConversation('rings-me'));

  it.each<[string, Conversation['why'], readonly ConversationEvent[]]>([
    ['nobody picked up', 'no-answer', [asked(), passthru('missed', { dialCallStatus: 'no-answer' })]],
    ['the rep declined', 'declined', [asked(), passthru('missed', { dialCallStatus: 'busy' })]],
    ['it was called off', 'called-off', [asked({ to: null, refused: 'called-off' }), passthru('nodial')]],
    ['the rep was away', 'away', [asked({ to: null, refused: 'away' }), passthru('nodial')]],
    ['nobody was dialled', 'not-dialled', [passthru('nodial')]],
    ['another call was on', 'not-dialled', [asked({ to: null, refused: 'already-talking' })]],
    ['declined, by the report', 'declined', [asked(), legs([legOf(rep, 'busy')])]],
  ])('says why the rep missed it: %s', (_, why, all) => {
    expect(told(...all)).toMatchObject({ state: 'missed', why });
  });

  it('keeps a call off or Away, though the customer then hangs up: they did not wait', () => {
    for (const refused of ['called-off', 'away'] as const) {
      const after = told(asked({ to: null, refused }), passthru('nodial', { callType: 'client-hangup' }));
      expect(after).toMatchObject({ state: 'missed', why: refused });
    }
  });

  it('says how long the customer waited, of missed and left ones', () => {
    const later = { at: at + 18_000 };
    expect(told(asked(), passthru('missed', later))).toMatchObject({ state: 'missed', seconds: 18 });
    expect(told(asked(), passthru('missed', { ...later, callType: 'client-hangup' }))).toMatchObject({
      state: 'left',
      seconds: 18,
    });
  });

  it('measures a talk of which no figure came, and lets a figure replace the measure', () => {
    const measured = told(asked(), leg('answered'), leg('ended', { at: at + 42_000 }));
    expect(measured).toEqual({ ...silent, state: 'talked', seconds: 42 });
    expect(converse(measured, passthru('talked', { onCallSeconds: 40 }), about)).toEqual({
      ...silent,
      state: 'talked',
      seconds: 40,
      exact: true,
    });
  });

  it('takes seconds that still run for no end of the talk, until the call itself is over', () => {
    const both = (status: string, s: number) =>
      legs([legOf(rep, status, s + 6), legOf(customer, status, s)], s);
    const twoNumbers = { ...about, kind: 'ring-me-first' } as const;
    const alone = legs([legOf(rep, 'in-progress', 40)]);
    for (const [event, of] of [
      [alone, about],
      [leg('answered', { onCallSeconds: 4 }), about],
      [both('in-progress', 30), twoNumbers],
    ] as const) {
      expect(converse(states.unknown, event, of)).toMatchObject({ state: 'talking', since: at });
      const after = converse(states.talking, event, { ...of, over: true });
      expect(after).toMatchObject({ state: 'talked', exact: true });
    }
    expect(converse(states.talking, both('completed', 90), twoNumbers)).toMatchObject({
      state: 'talked',
      seconds: 90,
    });
  });

  it('does not know what became of a customer who waited, where nothing but the end was told', () => {
    expect(told(asked(), { type: 'ended', at: at + 60_000 })).toEqual({
      ...silent,
      state: 'unknown',
      since: at,
    });
  });

  it('claims no talk of a flow that speaks by itself', () => {
    const alone = { ...about, kind: 'automated' } as const;
    for (const event of [
      passthru('plain', { callType: 'completed', onCallSeconds: 25 }),
      legs([legOf(customer, 'completed', 25)], 25),
    ]) {
      expect(converse(states.automated, event, alone)).toEqual(states.automated);
    }
  });
});

const placed = (more: Partial<Extract<CallEvent, { type: 'placed' }>>): CallEvent => ({
  type: 'placed',
  at,
  number: { entered: '98450 12345', e164: customer },
  line: { kind: 'practice' },
  callerId: '08047191234',
  flowUrl: '',
  overrode: [],
  overrodeWhy: '',
  flow: { id: 'lead', name: 'New lead', kind: 'rings-me', colour: 'teal' },
  ringMeFirst: false,
  repNumber: rep,
  ...more,
});
const sending: CallEvent = { type: 'sending', at, attempt: 1, byAsking: false };
const reported = (report: Partial<ExotelReport>, when = at): CallEvent => ({
  type: 'reported',
  at: when,
  source: 'callback',
  report: { ...emptyReport, sid: 'sid1', ...report },
});

describe('a call off that came too late', () => {
  it('is none: Connect had named the rep by then', () => {
    const [, , after] = history(placed({}), [
      { type: 'accepted', at, report: { ...emptyReport, sid: 'sid1' } },
      { type: 'called-off', at },
      asked(),
    ]);
    expect(after).toMatchObject({ calledOff: false, conversation: { state: 'waiting' } });
  });

  it('stands where Connect named nobody', () => {
    const [, after] = history(placed({}), [
      { type: 'called-off', at },
      asked({ to: null, refused: 'called-off' }),
    ]);
    expect(after).toMatchObject({ calledOff: true, conversation: { state: 'missed', why: 'called-off' } });
  });
});

/** The call after each event; what cannot happen to it did not. */
function history(first: CallEvent, rest: readonly CallEvent[]): Call[] {
  let call = apply(apply(null, id, first), id, sending);
  return rest.map((event) => (call = tried(call, event)));
}

function tried(call: Call, event: CallEvent): Call {
  try {
    return apply(call, id, event);
  } catch (error) {
    if (error instanceof ImpossibleEventError) return call;
    throw error;
  }
}

const time = fc.integer({ min: at, max: at + 600_000 });
const seconds = fc.constantFrom(null, 0, 3, 11, 130);
const word = fc.constantFrom(
  null,
  'queued',
  'in-progress',
  'completed',
  'no-answer',
  'busy',
  'failed',
  'canceled',
);
/** The rep's phone in Exotel's writings, the customer's, a stranger's, none. */
const anyNumber = fc.constantFrom(
  rep,
  '09876543210',
  '9876543210',
  '+91 98765-43210',
  customer,
  '09845012345',
  '+919845099001',
  null,
);
const anyLeg = fc.record({
  number: anyNumber,
  status: fc.constantFrom(
    null,
    'in-progress',
    'answered',
    'completed',
    'no-answer',
    'busy',
    'canceled',
    'null',
  ),
  onCallSeconds: seconds,
});
const anyReported = fc
  .record({
    at: time,
    status: word,
    eventType: fc.constantFrom(null, 'answered', 'terminal'),
    durationSeconds: seconds,
    conversationSeconds: seconds,
    legs: fc.array(anyLeg, { maxLength: 3 }),
  })
  .map(({ at: when, ...report }) => reported(report, when));
const anyTold: fc.Arbitrary<CallEvent> = fc.oneof(
  fc.record({
    type: fc.constant('connect-asked'),
    at: time,
    sid: fc.constant('sid1'),
    to: fc.constantFrom(rep, null),
    refused: fc.constantFrom(null, 'away', 'called-off', 'already-talking'),
  }),
  fc.record({ type: fc.constant('greeted'), at: time, sid: fc.constant('sid1') }),
  fc.record({
    type: fc.constant('leg'),
    at: time,
    sid: fc.constant('sid1'),
    what: fc.constantFrom('dialing', 'ringing', 'answered', 'ended', 'other'),
    number: anyNumber,
    onCallSeconds: seconds,
    word: fc.constant(null),
  }),
  fc.record({
    type: fc.constant('passthru'),
    at: time,
    sid: fc.constant('sid1'),
    branch: fc.constantFrom('talked', 'missed', 'nodial', 'plain'),
    callType: fc.constantFrom(null, 'call-attempt', 'completed', 'client-hangup', 'incomplete'),
    dialCallStatus: fc.constantFrom(null, 'completed', 'no-answer', 'busy', 'canceled'),
    onCallSeconds: seconds,
    digits: fc.constant(null),
    recordingUrl: fc.constant(null),
  }),
  anyReported,
  fc.record({ type: fc.constant('called-off'), at: time }),
  fc.record({ type: fc.constant('noted'), at: time, text: fc.constant('x') }),
);

/** A few events, some lost, some repeated, in any order. */
function anyTale(event: fc.Arbitrary<CallEvent>): fc.Arbitrary<CallEvent[]> {
  return fc
    .array(event, { minLength: 1, maxLength: 6 })
    .chain((pool) => fc.array(fc.constantFrom(...pool), { minLength: 1, maxLength: 14 }));
}

const digits = (number: string | null) => number?.replaceAll(/\D/g, '').slice(-10);
const isReps = (told: { readonly number: string | null }) => digits(told.number) === digits(rep);
const isCustomers = (told: { readonly number: string | null }) => digits(told.number) === digits(customer);
const positive = (figure: number | null) => (figure !== null && figure > 0 ? [figure] : []);

/** What proves talk, said again in other words than the source's: the talk's figures, s; null: talk without a figure. */
type Proof = (event: CallEvent) => readonly (number | null)[];

const provenInFlow: Proof = (event) => {
  switch (event.type) {
    case 'leg': {
      if (event.number !== null && !isReps(event)) return [];
      const figures = positive(event.onCallSeconds);
      return figures.length === 0 && event.what === 'answered' ? [null] : figures;
    }
    case 'passthru': {
      const figures = positive(event.onCallSeconds);
      const denied = ['incomplete', 'client-hangup'].includes(event.callType ?? '');
      return figures.length === 0 && event.branch === 'talked' && !denied ? [null] : figures;
    }
    case 'reported': {
      const mine = event.report.legs.find(isReps);
      return mine === undefined ? [] : positive(mine.onCallSeconds);
    }
    default:
      return [];
  }
};

const provenBetweenTwo: Proof = (event) => {
  if (event.type !== 'reported') return [];
  const { legs: all, conversationSeconds } = event.report;
  if ((conversationSeconds ?? 0) > 0) return [conversationSeconds];
  const [mine, theirs] = [all.find(isReps), all.find(isCustomers)];
  if (mine === undefined || theirs === undefined) return [];
  const isOn = ({ status }: Leg) => status === 'in-progress' || status === 'answered';
  if (isOn(mine) && isOn(theirs)) return [null];
  return positive(Math.min(mine.onCallSeconds ?? 0, theirs.onCallSeconds ?? 0));
};

/** Whether it tells of a talk that goes on, where the call does: its seconds still run. */
const runsOn = (phones: readonly ((leg: Leg) => boolean)[]) => (event: CallEvent) => {
  if (event.type === 'leg') return event.what === 'answered';
  if (event.type !== 'reported') return false;
  return phones.every((isOne) =>
    ['in-progress', 'answered'].includes(event.report.legs.find(isOne)?.status ?? ''),
  );
};

describe.each([
  ['a flow that rings the rep', placed({}), anyTold, provenInFlow, runsOn([isReps])],
  [
    'ring me first',
    placed({ flow: null, ringMeFirst: true }),
    anyReported,
    provenBetweenTwo,
    runsOn([isReps, isCustomers]),
  ],
] as const)(
  'conversation × status, whatever comes, in whatever order, how often: %s',
  (_, first, event, proof, runs) => {
    const talks = (call: Call | undefined) =>
      call?.conversation.state === 'talking' || call?.conversation.state === 'talked';

    it('claims talk where an event proved it, from then on, and nowhere else', () => {
      fc.assert(
        fc.property(anyTale(event), (tale) => {
          let proven = false;
          for (const [n, call] of history(first, tale).entries()) {
            const told = tale[n];
            proven ||= told !== undefined && proof(told).length > 0;
            expect(talks(call)).toBe(proven);
          }
        }),
        { numRuns: 2000 },
      );
    });

    it("gives as exact only figures of the rep's leg that is over: the longest that was told", () => {
      fc.assert(
        fc.property(anyTale(event), (tale) => {
          const calls = history(first, tale);
          const { conversation } = calls.at(-1) ?? {};
          const figures = tale
            .filter((told, n) => !runs(told) || calls[n]?.endedAt !== null)
            .flatMap(proof)
            .filter((figure) => figure !== null);
          expect(conversation?.exact).toBe(figures.length > 0);
          if (figures.length > 0) expect(conversation?.seconds).toBe(Math.max(...figures));
        }),
        { numRuns: 2000 },
      );
    });

    it('is not changed by an event that comes twice', () => {
      fc.assert(
        fc.property(anyTale(event), event, (tale, repeated) => {
          const all = history(first, [...tale, repeated, repeated]);
          expect(all.at(-1)).toEqual(all.at(-2));
        }),
        { numRuns: 2000 },
      );
    });

    it('never waits, nor talks, once the call is over', () => {
      fc.assert(
        fc.property(anyTale(event), (tale) => {
          for (const call of history(first, tale)) {
            if (call.endedAt !== null) expect(['waiting', 'talking']).not.toContain(call.conversation.state);
          }
        }),
        { numRuns: 2000 },
      );
    });
  },
);

describe('ring me first', () => {
  const first = placed({ flow: null, ringMeFirst: true });
  const answered = (...told: readonly Leg[]) =>
    reported({ status: 'in-progress', eventType: 'answered', legs: [...told] });

  it("is answered by the customer's leg alone: the rep's comes first", () => {
    const [reps, both] = history(first, [
      answered(legOf('09876543210', 'in-progress'), legOf('09845012345', 'null')),
      answered(legOf('09876543210', 'in-progress'), legOf('09845012345', 'in-progress')),
    ]);
    expect(reps).toMatchObject({ status: 'in-progress', conversation: { state: 'unknown' } });
    expect(both).toMatchObject({ status: 'answered', conversation: { state: 'talking' } });
  });

  it('tells legs apart by their numbers, whichever is named first', () => {
    const [customers, both] = history(first, [
      answered(legOf('09845012345', 'in-progress'), legOf('09876543210', 'ringing')),
      answered(legOf('09845012345', 'in-progress'), legOf('09876543210', 'in-progress')),
    ]);
    expect(customers).toMatchObject({ status: 'answered', conversation: { state: 'unknown' } });
    expect(both?.conversation.state).toBe('talking');
  });

  it('talked as long as both were on the line', () => {
    const all = history(first, [
      reported({
        status: 'completed',
        legs: [legOf('09845012345', 'completed', 20), legOf('09876543210', 'completed', 31)],
      }),
    ]);
    expect(all.at(-1)).toMatchObject({ status: 'completed', conversation: { state: 'talked', seconds: 20 } });
  });

  it("is no talk, however long the rep's phone was on the line alone", () => {
    const all = history(first, [
      reported({
        status: 'no-answer',
        conversationSeconds: 0,
        legs: [legOf(rep, 'completed', 31), legOf(customer, 'no-answer', 0)],
      }),
    ]);
    expect(all.at(-1)).toMatchObject({ status: 'no-answer', conversation: { state: 'unknown' } });
  });
});

describe('a call that was taken for another', () => {
  it('loses the talk of the other', () => {
    const reason = { code: 'server-error', customerCalled: 'perhaps', httpStatus: 500, message: '' } as const;
    const other = { ...emptyReport, sid: 'other' };
    const all = history(placed({ flow: null, ringMeFirst: true }), [
      { type: 'doubted', at, reason },
      { type: 'matched', at, by: 'search', report: other },
      {
        type: 'reported',
        at,
        source: 'asked',
        report: { ...other, status: 'completed', conversationSeconds: 90 },
      },
      { type: 'not-mine', at, sid: 'other' },
    ]);
    expect(all.at(-2)?.conversation.state).toBe('talked');
    expect(all.at(-1)).toMatchObject({
      status: 'unconfirmed',
      conversation: beginConversation('ring-me-first'),
    });
  });
});
