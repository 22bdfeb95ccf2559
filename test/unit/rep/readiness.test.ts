import { beforeEach, describe, expect, it } from 'vitest';
import { createReadiness, type Readiness } from '../../../src-main/rep/readiness.ts';
import { apply, type Call } from '../../../src-shared/call.ts';
import type { CallEvent } from '../../../src-shared/call-events.ts';
import { emptyReport, type ExotelReport } from '../../../src-shared/exotel-report.ts';
import type { Flow } from '../../../src-shared/flow.ts';
import type { RepView } from '../../../src-shared/rep.ts';
import { defaultSettings, type Settings } from '../../../src-shared/settings.ts';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts';

const rep = '+919876543210';
let clock: FakeClock;
let settings: Settings;
/** When the address was proven, by the monotonic clock; null: it is not open. */
let provenAt: number | null;
let told: RepView[];
let kept: boolean[];
/** How often the rep said what they are while a call kept them. */
let contradictions: number;
/** How often they came back from Away. */
let returns: number;
let readiness: Readiness;

const create = () =>
  createReadiness({
    clock,
    settings: () => settings,
    provenAgoMs: () => (provenAt === null ? null : clock.monotonic() - provenAt),
    keepAway: (away) => {
      kept.push(away);
      settings = { ...settings, away };
    },
    contradicted: () => contradictions++,
    returned: () => returns++,
    changed: (view) => told.push(view),
  });

beforeEach(() => {
  clock = createFakeClock();
  settings = {
    ...defaultSettings,
    line: 'account',
    tunnel: 'url',
    tunnelUrl: 'https://calls.example.com',
    phones: [{ label: 'Mobile', number: rep }],
  };
  provenAt = 0;
  told = [];
  kept = [];
  contradictions = 0;
  returns = 0;
  readiness = create();
  readiness.look();
});

/** A call of this kind, as the windows are told of it after each event. */
function follow(kind: Flow['kind'] | 'ring-me-first' = 'rings-me') {
  const id = crypto.randomUUID();
  const at = () => clock.now();
  let call = apply(null, id, {
    type: 'placed',
    at: at(),
    number: { entered: '98450 12345', e164: '+919845012345' },
    line: { kind: 'account', host: 'api.in.exotel.com', accountSid: 'acme1' },
    callerId: '08047191234',
    flowUrl: '',
    overrode: [],
    overrodeWhy: '',
    flow: kind === 'ring-me-first' ? null : { id: 'lead', name: 'New lead', kind, colour: 'teal' },
    ringMeFirst: kind === 'ring-me-first',
    repNumber: rep,
  });
  const hear = (event: CallEvent): Call => {
    call = apply(call, id, event);
    readiness.follow(call);
    return call;
  };
  const reported = (report: Partial<ExotelReport>) =>
    hear({ type: 'reported', at: at(), source: 'callback', report: { ...emptyReport, ...report } });
  return {
    id,
    placed: () => readiness.follow(call),
    sending: () => hear({ type: 'sending', at: at(), attempt: 1, byAsking: false }),
    accepted: () => hear({ type: 'accepted', at: at(), report: { ...emptyReport, sid: 'sid1' } }),
    held: () => hear({ type: 'held', at: at() }),
    continued: () => hear({ type: 'continued', at: at() }),
    doubted: () =>
      hear({
        type: 'doubted',
        at: at(),
        reason: { code: 'server-error', customerCalled: 'perhaps', httpStatus: 500, message: '' },
      }),
    connectAsked: () => hear({ type: 'connect-asked', at: at(), sid: 'sid1', to: rep, refused: null }),
    connectRefused: (refused: 'away' | 'called-off') =>
      hear({ type: 'connect-asked', at: at(), sid: 'sid1', to: null, refused }),
    talked: (onCallSeconds: number) =>
      hear({
        type: 'passthru',
        at: at(),
        sid: 'sid1',
        branch: 'talked',
        callType: 'completed',
        dialCallStatus: 'completed',
        onCallSeconds,
        digits: null,
        recordingUrl: null,
      }),
    noted: () => hear({ type: 'noted', at: at(), text: 'Wants the annual plan.' }),
    reported,
  };
}

/** Rings the rep's customer: sent and accepted. */
function ringing(kind?: Parameters<typeof follow>[0]) {
  const call = follow(kind);
  call.sending();
  call.accepted();
  return call;
}

describe('what blocks a flow that rings the rep', () => {
  it('is nothing, where the number is set, the rep Ready and free, the address proven', () => {
    expect(readiness.view()).toMatchObject({ state: 'ready', by: 'start', callId: null, blocks: [] });
  });

  it.each<[string, string, () => void]>([
    ['no phone is set', 'no-phone', () => (settings = { ...settings, phones: [] })],
    ['the rep is Away', 'away', () => readiness.set('away')],
    ['the rep is on a call of elsewhere', 'on-a-call', () => readiness.set('on-a-call')],
    ['there is no tunnel', 'no-address', () => (settings = { ...settings, tunnel: 'none' })],
    [
      "ngrok's domain is another one each time",
      'no-address',
      () => (settings = { ...settings, tunnel: 'ngrok' }),
    ],
    ['the address is not open', 'address-unproven', () => (provenAt = null)],
  ])('%s: %s', (_, block, happen) => {
    happen();
    expect(readiness.blocks()).toEqual([block]);
  });

  it('on the practice line, which is on this computer, is no address, and no phone of their own', () => {
    settings = { ...settings, line: 'practice', tunnel: 'none', phones: [] };
    expect(readiness.view()).toMatchObject({ blocks: [], phone: { label: 'Practice phone' } });
  });

  it('is an address that was last proven more than 60 s ago, and is told when it turns so', async () => {
    await clock.advance(60_000);
    expect(readiness.blocks()).toEqual([]);
    told.length = 0;
    await clock.advance(1);
    expect(readiness.blocks()).toEqual(['address-unproven']);
    expect(told.map(({ blocks }) => blocks)).toEqual([['address-unproven']]);
    provenAt = clock.monotonic();
    readiness.look();
    expect(told.at(-1)?.blocks).toEqual([]);
  });

  it('leaves ring me first alone, but for a phone and another call', () => {
    readiness.set('away');
    provenAt = null;
    expect(readiness.blocksRingMeFirst()).toEqual([]);
    ringing();
    expect(readiness.blocksRingMeFirst()).toEqual(['on-a-call']);
    settings = { ...settings, phones: [] };
    expect(readiness.blocksRingMeFirst()).toEqual(['no-phone', 'on-a-call']);
  });
});

describe('reservations', () => {
  it('keep the rep for one of two calls that are pressed at once', () => {
    readiness.reserve('one');
    expect(readiness.blocks('two')).toEqual(['on-a-call']);
    expect(readiness.blocks('one')).toEqual([]);
    expect(readiness.view()).toMatchObject({ state: 'on-a-call', by: 'call', callId: 'one' });
  });

  it('of two, the second outlasts the first', () => {
    readiness.reserve('one');
    readiness.reserve('two');
    readiness.release('one');
    expect(readiness.blocks()).toEqual(['on-a-call']);
    expect(readiness.blocks('two')).toEqual([]);
    readiness.release('two');
    expect(readiness.view()).toMatchObject({ state: 'ready', blocks: [] });
  });

  it('of one intent that comes twice at once last until both are decided', () => {
    readiness.reserve('one');
    readiness.reserve('one');
    readiness.release('one');
    expect(readiness.blocks('two')).toEqual(['on-a-call']);
    readiness.release('one');
    expect(readiness.blocks('two')).toEqual([]);
  });

  it('give way to the call itself, which ends them', () => {
    const call = follow();
    readiness.reserve(call.id);
    call.sending();
    call.accepted();
    expect(readiness.view()).toMatchObject({ state: 'on-a-call', callId: call.id });
    call.reported({ status: 'no-answer' });
    expect(readiness.view()).toMatchObject({ state: 'ready', callId: null, blocks: [] });
  });
});

describe('a call', () => {
  it.each(['rings-me', 'ring-me-first'] as const)('keeps the rep from the press to its end: %s', (kind) => {
    const call = follow(kind);
    call.placed();
    expect(readiness.view()).toMatchObject({ state: 'on-a-call', callId: call.id, blocks: ['on-a-call'] });
    call.sending();
    call.accepted();
    expect(readiness.blocks()).toEqual(['on-a-call']);
    expect(readiness.blocks(call.id)).toEqual([]);
    call.reported({ status: 'busy' });
    expect(readiness.view()).toMatchObject({ state: 'ready', blocks: [] });
  });

  it.each(['rings-team', 'automated'] as const)('that somebody else takes does not: %s', (kind) => {
    ringing(kind);
    expect(readiness.view().state).toBe('ready');
  });

  it('that the customer was on is wrapped up: no other is dialled until the rep says so', () => {
    const call = ringing();
    call.connectAsked();
    call.talked(11);
    expect(readiness.view()).toMatchObject({
      state: 'wrap-up',
      by: 'call',
      callId: call.id,
      blocks: ['wrap-up'],
    });
    readiness.set('ready');
    expect(readiness.view()).toMatchObject({ state: 'ready', by: 'rep', callId: null, blocks: [] });
  });

  it('that was held does not go, once it is continued, while another is wrapped up', () => {
    const waiting = follow();
    waiting.placed();
    waiting.held();
    ringing().talked(11);
    waiting.continued();
    expect(readiness.blocks(waiting.id)).toEqual(['wrap-up']);
    readiness.set('ready');
    expect(readiness.blocks(waiting.id)).toEqual([]);
  });

  it('that goes out while another is wrapped up ends that', () => {
    ringing().talked(11);
    const next = follow('ring-me-first');
    next.placed();
    next.sending();
    next.reported({ status: 'busy' });
    expect(readiness.view()).toMatchObject({ state: 'ready', blocks: [] });
  });

  it('of which the rep says otherwise is doubted, and a wrap-up is not', () => {
    const call = ringing();
    readiness.set('ready');
    expect(contradictions).toBe(1);
    call.talked(11);
    readiness.set('ready');
    expect(contradictions).toBe(1);
    expect(returns).toBe(0);
  });

  it.each([
    ['away', 'away'],
    ['called-off', 'ready'],
  ] as const)('that the rep took no part in (%s) leaves them what they said: %s', (refused, state) => {
    const call = ringing();
    if (state === 'away') readiness.set('away');
    call.connectRefused(refused);
    expect(readiness.view().state).toBe(state);
  });

  it('that nobody picked up leaves nothing to wrap up', () => {
    ringing().reported({ status: 'no-answer' });
    expect(readiness.view().state).toBe('ready');
  });

  it("is over with the rep's own leg: the customer's end, told minutes later, keeps nobody, nor begins a wrap-up", async () => {
    const call = ringing();
    call.connectAsked();
    call.talked(11);
    readiness.set('ready');
    await clock.advance(180_000);
    provenAt = clock.monotonic();
    call.reported({ status: 'in-progress' });
    expect(readiness.view().state).toBe('ready');
    call.reported({ status: 'completed', durationSeconds: 191 });
    call.noted();
    expect(readiness.view()).toMatchObject({ state: 'ready', blocks: [] });
  });

  it('of the kind that needs no wrap-up to have ended, ends it', () => {
    ringing().talked(11);
    expect(readiness.blocksRingMeFirst()).toEqual([]);
    ringing('ring-me-first').reported({ status: 'busy' });
    expect(readiness.view().state).toBe('ready');
  });

  it('of which it is not known whether it rings frees the rep 3 min after it was sent, and tells so', async () => {
    const call = follow();
    call.sending();
    call.doubted();
    await clock.advance(179_999);
    expect(readiness.view()).toMatchObject({ state: 'on-a-call', callId: call.id });
    await clock.advance(1);
    expect(told.at(-1)).toMatchObject({ state: 'ready', callId: null });
  });

  it('that Exotel never ends frees the rep once no call can last longer', async () => {
    ringing();
    await clock.advance(14_400_000);
    expect(readiness.view().state).toBe('on-a-call');
    await clock.advance(120_000);
    expect(readiness.view().state).toBe('ready');
  });

  it('that is on keeps what the rep said meanwhile for after it', () => {
    const call = ringing();
    readiness.set('away');
    expect(readiness.view().state).toBe('on-a-call');
    call.reported({ status: 'no-answer' });
    expect(readiness.view()).toMatchObject({ state: 'away', by: 'rep' });
  });
});

describe('why a customer is not connected', () => {
  it('is nothing, for the call that keeps the rep', () => {
    const call = ringing();
    expect(readiness.refusal(call.id)).toBeNull();
  });

  it.each<[string, string, () => void]>([
    ['the rep went Away while it rang', 'away', () => readiness.set('away')],
    ['the computer was locked', 'away', () => readiness.leave('lock')],
    ['the phone was taken out of the settings', 'no-number', () => (settings = { ...settings, phones: [] })],
    ['another call has the rep', 'already-talking', () => void ringing()],
    ['the rep is on a call of elsewhere', 'already-talking', () => readiness.set('on-a-call')],
  ])('%s: %s', (_, refusal, happen) => {
    const call = ringing();
    happen();
    expect(readiness.refusal(call.id)).toBe(refusal);
  });

  it('is a wrap-up that began after it was placed, whatever is told of it', () => {
    const call = ringing();
    ringing().talked(11);
    call.reported({ status: 'ringing' });
    expect(readiness.refusal(call.id)).toBe('wrap-up');
  });
});

describe('leaving and coming back', () => {
  it.each(['lock', 'sleep'] as const)('%s makes the rep Away, for this run', (by) => {
    readiness.leave(by);
    expect(readiness.view()).toMatchObject({ state: 'away', by, blocks: ['away'] });
    expect(kept).toEqual([]);
  });

  it('who is Away by their own word stays so by it', () => {
    readiness.set('away');
    readiness.leave('lock');
    expect(readiness.view()).toMatchObject({ state: 'away', by: 'rep' });
  });

  it('Away outlasts a restart, Ready too', () => {
    readiness.set('away');
    readiness = create();
    expect(readiness.view()).toMatchObject({ state: 'away', by: 'start', blocks: ['away'] });
    readiness.set('ready');
    expect(returns).toBe(1);
    readiness = create();
    expect(readiness.view()).toMatchObject({ state: 'ready', by: 'start' });
    expect(kept).toEqual([true, false]);
  });

  it('tells each change once', () => {
    told.length = 0;
    readiness.look();
    readiness.set('away');
    readiness.look();
    readiness.set('away');
    expect(told.map(({ state }) => state)).toEqual(['away']);
  });

  it('leaves no timer behind', () => {
    ringing();
    readiness.stop();
    expect(clock.timers).toBe(0);
    // Answers that were awaited may still come.
    ringing();
    readiness.look();
    expect(clock.timers).toBe(0);
  });
});
