import { readExotelStatus } from '../../src-shared/call.ts';
import type { CallEvent } from '../../src-shared/call-events.ts';
import type { Flow } from '../../src-shared/flow.ts';
import { asksWhom, boxesOf, type FlowBox } from './flow-setup.ts';

/** What must reach this computer, or leave it, in a call through a flow. */
export type CheckStep =
  | 'sent'
  | 'accepted'
  | 'picked-up'
  | 'greeting'
  | 'connect'
  | 'leg'
  | 'passthru'
  | 'status-callback';

type Events = readonly CallEvent[];
type Branch = Extract<CallEvent, { type: 'passthru' }>['branch'];
type Refusal = Extract<CallEvent, { type: 'connect-asked' }>['refused'];

/** Seen, still to come, should have come and did not, or could not come because of what was missed before it. */
export interface Tick {
  readonly step: CheckStep;
  readonly state: 'done' | 'waiting' | 'missed' | 'not-reached';
  /** When it was seen, ms UTC. */
  readonly at: number | null;
  /** What to mend in Exotel's flow builder, where it was missed. */
  readonly box: FlowBox | null;
  /** Of a Passthru: the branch that told. */
  readonly branch: Branch | null;
  /** Of Connect: why it was answered with nobody. */
  readonly refused: Refusal;
}

/** How a check stands: what was ticked, and the boxes to mend. */
export interface CheckResult {
  readonly ticks: readonly Tick[];
  /** `mend`: something was missed; `no-pick-up`: the phone that plays the customer did not answer. */
  readonly outcome: 'running' | 'passed' | 'mend' | 'no-pick-up' | 'not-called';
}

/**
 * What the events of a check's call prove of its flow. Pure. Their order and repetition do not matter. `over`: the call
 * has ended and what trails after it had its time.
 */
export function checkFlow(flow: Pick<Flow, 'kind' | 'asks'>, events: Events, over: boolean): CheckResult {
  const pickedUp = firstOf(events, provesPickUp);
  const refused = !events.some(({ type }) => isFromExotel(type)) && events.some(isRefusal);
  const boxes = boxesOf(flow);
  const connect = events.find((event) => event.type === 'connect-asked');

  const tick = (step: CheckStep, at: number | null, miss: Partial<Tick> = {}): Tick => ({
    step,
    state: at !== null ? 'done' : over ? 'missed' : 'waiting',
    at,
    box: null,
    branch: null,
    refused: null,
    ...(at === null && over ? miss : {}),
  });
  const unreached = { state: 'not-reached' } as const;
  /** Of a box that the customer walks through: unheard only counts once somebody picked up. */
  const walked = (step: CheckStep, at: number | null, box: FlowBox): Tick =>
    tick(step, at, pickedUp === null ? unreached : { box });

  const ticks: Tick[] = [
    tick(
      'sent',
      firstOf(events, ({ type }) => type === 'sending'),
    ),
    tick(
      'accepted',
      firstOf(events, ({ type }) => isFromExotel(type)),
    ),
    tick('picked-up', pickedUp, refused ? unreached : {}),
  ];
  if (boxes.includes('greeting')) {
    ticks.push(walked('greeting', firstOf(events, isType('greeted')), 'greeting'));
  }
  if (boxes.includes('connect')) {
    ticks.push({
      ...walked('connect', connect?.at ?? null, 'connect'),
      refused: connect?.refused ?? null,
    });
  }
  if (boxes.includes('leg')) {
    // Who is rung by nobody sends no news.
    const rung = !asksWhom(flow) || (connect !== undefined && connect.to !== null);
    const leg = walked('leg', firstOf(events, isType('leg')), 'leg');
    ticks.push(leg.state === 'missed' && !rung ? { ...leg, ...unreached, box: null } : leg);
  }
  if (flow.asks.passthru) ticks.push(passthruTick(flow, events, walked));
  ticks.push(tick('status-callback', firstOf(events, isCallback), refused ? unreached : {}));

  return { ticks, outcome: outcomeOf(ticks, over, refused) };
}

function outcomeOf(ticks: readonly Tick[], over: boolean, refused: boolean): CheckResult['outcome'] {
  if (ticks.every(({ state }) => state === 'done')) return 'passed';
  if (!over) return 'running';
  if (refused) return 'not-called';
  return ticks.some(({ step, state }) => step === 'picked-up' && state === 'missed') ? 'no-pick-up' : 'mend';
}

/** Each call takes one branch, and its path must say which. */
function passthruTick(
  flow: Pick<Flow, 'kind' | 'asks'>,
  events: Events,
  walked: (step: CheckStep, at: number | null, box: FlowBox) => Tick,
): Tick {
  const told = events.filter((event) => event.type === 'passthru');
  const expected = branchOf(flow, events);
  // The path without a branch, in a flow that has branches, leaves open who talked.
  const right = told.find(({ branch }) => flow.kind === 'automated' || branch !== 'plain');
  if (right !== undefined) return { ...walked('passthru', right.at, expected), branch: right.branch };
  const missed = walked('passthru', null, expected);
  return { ...missed, branch: told[0]?.branch ?? null };
}

/** The branch that the call should have taken, by all that was heard. */
function branchOf(flow: Pick<Flow, 'kind'>, events: Events): Branch {
  if (flow.kind === 'automated') return 'plain';
  const talked = events.some(
    (event) => event.type === 'leg' && (event.what === 'answered' || (event.onCallSeconds ?? 0) > 0),
  );
  if (talked) return 'talked';
  const nobody = events.some((event) => event.type === 'connect-asked' && event.to === null);
  return nobody ? 'nodial' : 'missed';
}

function firstOf(events: Events, holds: (event: CallEvent) => boolean): number | null {
  return events.find(holds)?.at ?? null;
}

function isType(type: CallEvent['type']): (event: CallEvent) => boolean {
  return (event) => event.type === type;
}

function isFromExotel(type: CallEvent['type']): boolean {
  return type === 'accepted' || type === 'reported' || isApplet(type);
}

/** Only a GET of an applet becomes an event, and it proves that the customer picked up. */
function isApplet(type: CallEvent['type']): boolean {
  return type === 'greeted' || type === 'connect-asked' || type === 'leg' || type === 'passthru';
}

function provesPickUp(event: CallEvent): boolean {
  if (isApplet(event.type)) return true;
  if (event.type !== 'reported') return false;
  const { eventType, status } = event.report;
  const word = readExotelStatus(status);
  return eventType?.trim().toLowerCase() === 'answered' || word === 'answered' || word === 'completed';
}

function isRefusal(event: CallEvent): boolean {
  return (
    event.type === 'refused' || (event.type === 'not-sent' && !event.again) || event.type === 'withdrawn'
  );
}

function isCallback(event: CallEvent): boolean {
  return event.type === 'reported' && event.source === 'callback';
}
