import { describe, expect, it } from 'vitest';
import { callOfTray, type TrayFacts, trayModel } from '../../../src-main/desktop/tray-model.ts';
import { actionLabels } from '../../../src-shared/action-labels.ts';
import type { TunnelState } from '../../../src-shared/contract/app.ts';
import type { RepState, RepView } from '../../../src-shared/rep.ts';
import { defaultSettings, type Settings } from '../../../src-shared/settings.ts';
import { callOf, connectAsked, idOf, repLeg, reported, sent } from '../../support/sample-calls.ts';
import { noon } from '../../support/storage-samples.ts';

const rep = (state: RepState): RepView => ({
  state,
  since: noon,
  by: 'rep',
  callId: null,
  phone: null,
  blocks: [],
});
const account: Settings = { ...defaultSettings, line: 'account', accountSid: 'acme1' };
const practice: Settings = { ...account, line: 'practice' };
const none: TunnelState = { state: 'off' };

const call = (events: Parameters<typeof callOf>[0], n: number, who: string) => ({
  call: callOf(events, { n }).call,
  who,
});
const waiting = call([sent, connectAsked()], 1, 'Priya');
const talking = call([sent, connectAsked(), repLeg('answered', 15)], 2, 'Arjun');
const queued = call([], 3, 'Meera');
const held = call([{ type: 'held', at: noon }], 4, 'Dev');
const ringing = call([sent, reported('in-progress')], 5, 'Anil');

function draw(facts: Partial<TrayFacts> = {}) {
  return trayModel({
    rep: rep('ready'),
    calls: [],
    lineIsFree: true,
    settings: account,
    tunnel: none,
    now: noon + 145_000,
    ...facts,
  });
}

const items = (facts: Partial<TrayFacts> = {}) => draw(facts).items.filter((item) => item.kind === 'action');
const item = (action: string, facts: Partial<TrayFacts> = {}) =>
  items(facts).find((each) => each.action === action);

describe('the sign, and its words', () => {
  const unreachable: TunnelState = {
    state: 'unreachable',
    kind: 'url',
    publicUrl: 'https://calls.example.com',
    problem: 'no-answer',
    detail: '',
    retryAt: null,
  };
  /** Each holds with everything below it, and is shown before it. */
  const ladder: readonly (readonly [string, string, string, Partial<TrayFacts>])[] = [
    [
      'waiting',
      'Flowdial: Priya is on the line: pick up your phone',
      '',
      { calls: [queued, ringing, talking, waiting] },
    ],
    ['talking', 'Flowdial: talking with Arjun 2:10', '2:10', { calls: [queued, ringing, talking] }],
    ['queue', 'Flowdial: 2 calls wait for their turn', '', { calls: [held, queued, ringing] }],
    ['unreachable', 'Flowdial: Exotel cannot reach this computer', '', { calls: [ringing] }],
  ];

  it.each(ladder)('%s goes before what is below it', (sign, tooltip, title, facts) => {
    expect(draw({ ...facts, rep: rep('away'), tunnel: unreachable })).toMatchObject({ sign, tooltip, title });
  });

  it('one call that waits for its turn is one', () => {
    expect(draw({ calls: [queued] }).tooltip).toBe('Flowdial: 1 call waits for its turn');
  });

  it.each([
    ['away', 'away', 'you are away', account],
    ['away', 'away', 'you are away', practice],
    ['wrap-up', 'wrap-up', 'wrap-up', account],
    ['ready', 'ready', 'ready', account],
    ['on-a-call', 'ready', 'on a call', account],
    ['ready', 'practice', 'ready', practice],
  ] as const)('the rep %s: %s, %s', (state, sign, words, settings) => {
    const model = draw({ rep: rep(state), settings });
    expect(model.sign).toBe(sign);
    expect(model.tooltip).toBe(
      settings === practice ? `Flowdial (practice line): ${words}` : `Flowdial: ${words}`,
    );
    expect(model.title).toBe('');
  });

  it('that callbacks cannot come is no matter on the practice line', () => {
    expect(draw({ tunnel: unreachable, settings: practice }).sign).toBe('practice');
  });

  it('a practice call on the line is marked as one', () => {
    expect(draw({ calls: [waiting], settings: practice }).tooltip).toBe(
      'Flowdial (practice line): Priya is on the line: pick up your phone',
    );
  });

  it('a clock that goes back shows no negative time', () => {
    expect(draw({ calls: [talking], now: noon }).title).toBe('0:00');
  });

  it('the longest name leaves room in a tooltip of Windows (127)', () => {
    const longest = { ...talking, who: 'x'.repeat(81) };
    expect(draw({ calls: [longest], settings: practice }).tooltip.length).toBeLessThanOrEqual(127);
  });
});

describe('the menu', () => {
  it('has one name for each thing, the page’s', () => {
    for (const { action, label } of items()) {
      if (action !== 'openCall') expect(label).toBe(actionLabels[action]);
    }
    expect(items().map(({ action }) => action)).toEqual([
      'openFlowdial',
      'newCall',
      'ready',
      'away',
      'wrapUp',
      'doNotDisturb',
      'callStrip',
      'usePractice',
      'quit',
    ]);
  });

  it.each([
    ['ready', 'ready'],
    ['away', 'away'],
    ['wrap-up', 'wrapUp'],
  ] as const)('checks what the rep is: %s', (state, action) => {
    const checked = items({ rep: rep(state) })
      .filter((each) => each.checked === true)
      .map((each) => each.action);
    expect(checked).toEqual([action]);
  });

  it('checks what is switched on', () => {
    const settings = { ...account, doNotDisturb: true, callStrip: true };
    expect(item('doNotDisturb', { settings })?.checked).toBe(true);
    expect(item('callStrip', { settings })?.checked).toBe(true);
    expect(item('doNotDisturb')?.checked).toBe(false);
  });

  it('offers the other line', () => {
    expect(item('usePractice')).toMatchObject({ enabled: true });
    expect(item('useAccount')).toBeUndefined();
    expect(item('useAccount', { settings: practice })).toMatchObject({ enabled: true });
    expect(item('usePractice', { settings: practice })).toBeUndefined();
  });

  it('offers no line that is not set up, and none while calls are on their way', () => {
    expect(item('useAccount', { settings: { ...practice, accountSid: '' } })?.enabled).toBe(false);
    expect(item('useAccount', { settings: practice, lineIsFree: false })?.enabled).toBe(false);
    expect(item('usePractice', { lineIsFree: false })?.enabled).toBe(false);
  });

  it('leads to the call that the sign is about, whatever is newer', () => {
    expect(item('openCall')).toBeUndefined();
    expect(item('openCall', { calls: [ringing] })?.label).toBe('Go to the call with Anil');
    expect(item('openCall', { calls: [queued, talking] })?.label).toBe('Go to the call with Arjun');
    expect(callOfTray([queued, talking])?.call.id).toBe(idOf(2));
    expect(callOfTray([talking, waiting])?.call.id).toBe(idOf(1));
    expect(callOfTray([])).toBeNull();
  });

  it('stays the same while the seconds run, so that it can be used', () => {
    const facts = { calls: [talking] };
    expect(draw({ ...facts, now: noon + 60_000 }).items).toEqual(
      draw({ ...facts, now: noon + 61_000 }).items,
    );
  });
});
