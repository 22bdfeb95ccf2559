import { describe, expect, it } from 'vitest';
import { checkFlow, type Tick } from '../../../../src-renderer/settings/flow-check.ts';
import { boxesOf, doorOf } from '../../../../src-renderer/settings/flow-setup.ts';
import type { CallEvent } from '../../../../src-shared/call-events.ts';
import { emptyReport } from '../../../../src-shared/exotel-report.ts';
import { type Flow, flowSchema } from '../../../../src-shared/flow.ts';
import { placed } from '../calls.ts';

const flow = (part: Partial<Flow> = {}) =>
  flowSchema.parse({ id: 'lead', name: 'New lead', asks: { greeting: true }, ...part });
const mine = flow();
const reminder = flow({ kind: 'automated' });

const at = placed.at;
const sending: CallEvent = { type: 'sending', at: at + 1, attempt: 1, byAsking: false };
const accepted: CallEvent = { type: 'accepted', at: at + 2, report: { ...emptyReport, sid: 's' } };
const greeted: CallEvent = { type: 'greeted', at: at + 3, sid: 's' };
const asked: CallEvent = { type: 'connect-asked', at: at + 4, sid: 's', to: '+919845043210', refused: null };
const leg = (part: Partial<Extract<CallEvent, { type: 'leg' }>> = {}): CallEvent => ({
  type: 'leg',
  at: at + 5,
  sid: 's',
  what: 'answered',
  number: null,
  onCallSeconds: null,
  word: null,
  ...part,
});
const passthru = (branch: Extract<CallEvent, { type: 'passthru' }>['branch']): CallEvent => ({
  type: 'passthru',
  at: at + 6,
  sid: 's',
  branch,
  callType: null,
  dialCallStatus: null,
  onCallSeconds: null,
  digits: null,
  recordingUrl: null,
});
const reported = (status: string, source: 'callback' | 'asked' = 'callback'): CallEvent => ({
  type: 'reported',
  at: at + 7,
  source,
  report: { ...emptyReport, sid: 's', status },
});
const whole = [placed, sending, accepted, greeted, asked, leg(), passthru('talked'), reported('completed')];
const without = (...gone: readonly CallEvent['type'][]) => whole.filter(({ type }) => !gone.includes(type));
const seen = ({ ticks }: { readonly ticks: readonly Tick[] }) =>
  Object.fromEntries(ticks.map(({ step, state }) => [step, state]));
const toMend = (events: readonly CallEvent[], of = mine) =>
  checkFlow(of, events, true).ticks.flatMap(({ box, state }) => (state === 'missed' ? [box] : []));

describe('the check of a flow', () => {
  it('passes where all of it was heard, with the time of each', () => {
    const result = checkFlow(mine, whole, true);
    expect(result.outcome).toBe('passed');
    expect(result.ticks.map(({ step, at: when }) => [step, (when ?? 0) - at])).toEqual([
      ['sent', 1],
      ['accepted', 2],
      ['picked-up', 3],
      ['greeting', 3],
      ['connect', 4],
      ['leg', 5],
      ['passthru', 6],
      ['status-callback', 7],
    ]);
  });

  it('passes as soon as the last is heard, and in any order and repetition', () => {
    expect(checkFlow(mine, [...whole, ...whole].reverse(), false).outcome).toBe('passed');
  });

  it('passes by the missed branch: with one phone the rep is busy with the call itself', () => {
    const events = [...without('passthru'), passthru('missed')];
    const { outcome, ticks } = checkFlow(mine, events, true);
    expect(outcome).toBe('passed');
    expect(ticks.find(({ step }) => step === 'passthru')?.branch).toBe('missed');
  });

  it('waits for what can still come while the call runs, and blames nothing', () => {
    const { outcome, ticks } = checkFlow(mine, [placed, sending, accepted], false);
    expect(outcome).toBe('running');
    expect(seen({ ticks })).toMatchObject({ accepted: 'done', 'picked-up': 'waiting', connect: 'waiting' });
    expect(ticks.every(({ box }) => box === null)).toBe(true);
  });

  it.each([
    ['greeted', 'greeting'],
    ['leg', 'leg'],
  ] as const)('names the box to mend where no %s came', (type, box) => {
    expect(toMend(without(type))).toEqual([box]);
    expect(checkFlow(mine, without(type), true).outcome).toBe('mend');
  });

  it('names Connect where it never asked, and does not blame the news of a phone that was not rung', () => {
    const events = [...without('connect-asked', 'leg', 'passthru'), passthru('nodial')];
    expect(toMend(events)).toEqual(['connect']);
    expect(seen(checkFlow(mine, events, true))['leg']).toBe('not-reached');
  });

  it('says why Connect was answered with nobody, whose branch then tells', () => {
    const refused: CallEvent = { ...asked, to: null, refused: 'away' };
    const events = [placed, sending, accepted, greeted, refused, passthru('nodial'), reported('completed')];
    const { ticks } = checkFlow(mine, events, true);
    expect(ticks.find(({ step }) => step === 'connect')).toMatchObject({ state: 'done', refused: 'away' });
    expect(seen({ ticks })).toMatchObject({ leg: 'not-reached', passthru: 'done' });
  });

  it.each([
    ['talked', [leg()]],
    ['talked', [leg({ what: 'ended', onCallSeconds: 9 })]],
    ['missed', [leg({ what: 'ended' })]],
  ] as const)('names the %s branch where its Passthru did not come', (branch, legs) => {
    expect(toMend([...without('leg', 'passthru'), ...legs])).toEqual([branch]);
  });

  it('names the branch of nobody dialled where Connect had nobody to dial', () => {
    const nobody: CallEvent = { ...asked, to: null, refused: 'away' };
    expect(toMend([...without('connect-asked', 'leg', 'passthru'), nobody])).toEqual(['nodial']);
  });

  it('takes a path without its branch for a miss, and tells that it came', () => {
    const events = [...without('passthru'), passthru('plain')];
    expect(toMend(events)).toEqual(['talked']);
    expect(checkFlow(mine, events, true).ticks.find(({ step }) => step === 'passthru')?.branch).toBe('plain');
  });

  it('blames no box where nobody picked up', () => {
    const { outcome, ticks } = checkFlow(mine, [placed, sending, accepted, reported('no-answer')], true);
    expect(outcome).toBe('no-pick-up');
    expect(ticks.filter(({ box }) => box !== null)).toEqual([]);
    expect(seen({ ticks })).toMatchObject({ connect: 'not-reached', 'status-callback': 'done' });
  });

  it('blames the boxes where only the end tells that somebody picked up', () => {
    expect(toMend([placed, sending, accepted, reported('completed')])).toEqual([
      'greeting',
      'connect',
      'missed',
    ]);
  });

  it('takes what was asked for as no StatusCallback', () => {
    const events = [...without('reported'), reported('completed', 'asked')];
    expect(seen(checkFlow(mine, events, true))['status-callback']).toBe('missed');
  });

  it('tells that a refused call never went out', () => {
    const refused: CallEvent = {
      type: 'refused',
      at,
      reason: { code: 'credentials', customerCalled: 'no', httpStatus: 401, message: '' },
    };
    const result = checkFlow(mine, [placed, sending, refused], true);
    expect(result.outcome).toBe('not-called');
    expect(seen(result)).toMatchObject({
      accepted: 'missed',
      'picked-up': 'not-reached',
      connect: 'not-reached',
    });
  });

  it('asks of an automated flow neither Connect nor a leg, and takes its plain path', () => {
    const events = [placed, sending, accepted, greeted, passthru('plain'), reported('completed')];
    const result = checkFlow(reminder, events, true);
    expect(result.outcome).toBe('passed');
    expect(result.ticks.map(({ step }) => step)).toEqual([
      'sent',
      'accepted',
      'picked-up',
      'greeting',
      'passthru',
      'status-callback',
    ]);
  });

  it('asks only for the applets that ask this computer', () => {
    const quiet = flow({ asks: { greeting: false, connect: true, legEvents: false, passthru: false } });
    const events = [placed, sending, accepted, asked, reported('completed')];
    expect(checkFlow(quiet, events, true).outcome).toBe('passed');
  });
});

describe('the boxes of a flow', () => {
  it.each([
    [mine, ['greeting', 'connect', 'leg', 'talked', 'missed', 'nodial']],
    [flow({ kind: 'rings-team' }), ['greeting', 'leg', 'talked', 'missed', 'nodial']],
    [reminder, ['greeting', 'plain']],
    [flow({ asks: { greeting: false, connect: false, legEvents: false, passthru: false } }), []],
  ])('are those that its kind has and that ask us', (of, boxes) => {
    expect(boxesOf(of)).toEqual(boxes);
  });

  it('share the secret of Passthru among its branches', () => {
    expect((['connect', 'leg', 'greeting', 'talked', 'plain'] as const).map(doorOf)).toEqual([
      'connect',
      'leg',
      'greeting',
      'passthru',
      'passthru',
    ]);
  });
});
