import { lineKey } from '../../src-shared/call-events.ts';
import type { Verdict } from '../../src-shared/contract/calls.ts';
import { callFlow, chooseFlow, type Flow } from '../../src-shared/flow.ts';
import { formatExoPhone, formatNumber, parseDialable } from '../../src-shared/phone-number.ts';
import type { Alternative, Block } from '../../src-shared/rep.ts';
import type { Settings } from '../../src-shared/settings.ts';
import { flowsOf } from '../flows.ts';
import type { Clock } from '../ports.ts';
import { phoneInUse } from '../rep/phones.ts';
import type { Readiness } from '../rep/readiness.ts';
import type { Storage } from '../storage/storage.ts';
import { lineInUse } from './line-of.ts';
import type { LineTrouble } from './line-trouble.ts';
import type { Lines } from './lines.ts';
import { earlierCalls, historyGuard, historyWarnings, lineWarnings } from './warnings.ts';

/** What decides whether a call may go, besides what its transaction looks at. */
export interface DecisionParts {
  readonly clock: Clock;
  readonly storage: Storage;
  readonly settings: () => Settings;
  readonly lines: Lines;
  readonly readiness: Readiness;
  readonly trouble: LineTrouble;
}

/** The way a call goes out: to a flow, or the rep's phone first. */
export interface Way {
  readonly flowId: string | null;
  readonly ringMeFirst: boolean;
}

/**
 * The flow for a call to this number: the one asked for, else the last one of this number, else the default; null: none
 * is set up.
 */
export async function flowFor(
  e164: string | null,
  flowId: string | null,
  { settings, storage }: Pick<DecisionParts, 'settings' | 'storage'>,
): Promise<{ readonly flow: Flow | null; readonly by: Verdict['flowBy'] }> {
  const now = settings();
  const flows = flowsOf(now.line, now);
  const asked = flows.find(({ id }) => id === flowId);
  if (asked !== undefined) return { flow: asked, by: 'asked' };
  const line = lineKey(lineInUse(now));
  const lastId = e164 === null || flows.length < 2 ? null : await storage.calls.lastFlow(e164, line);
  const last = flows.find(({ id }) => id === lastId);
  return last === undefined
    ? { flow: chooseFlow(flows, null, now.defaultFlowId), by: 'default' }
    : { flow: last, by: 'last' };
}

/** What blocks a call that goes out this way now. `callId`: one that is placed already does not block itself. */
export function blocksOf(
  flow: Pick<Flow, 'kind'> | null,
  ringMeFirst: boolean,
  readiness: Readiness,
  callId?: string,
): Block[] {
  if (ringMeFirst) return readiness.blocksRingMeFirst(callId);
  return flow?.kind === 'rings-me' ? readiness.blocks(callId) : [];
}

/** What a rep can do where these block a flow. */
export function alternativesTo(
  blocks: readonly Block[],
  ringMeFirst: boolean,
  { settings, readiness }: Pick<DecisionParts, 'settings' | 'readiness'>,
): Alternative[] {
  if (blocks.length === 0) return [];
  const now = settings();
  const works: Alternative[] = [];
  if (blocks.includes('away') || blocks.includes('wrap-up')) works.push('ready');
  if (blocks.includes('on-a-call') && readiness.view().by === 'rep') works.push('ready');
  if (!ringMeFirst && readiness.blocksRingMeFirst().length === 0) works.push('ring-me-first');
  if (flowsOf(now.line, now).some(({ kind }) => kind !== 'rings-me')) works.push('automated-flow');
  return works;
}

/**
 * What will happen if this text is called now: for the screen, before the press. `place` decides again, in the
 * transaction that writes the call.
 */
export async function check(entered: string, way: Way, parts: DecisionParts): Promise<Verdict> {
  const { storage, readiness } = parts;
  const settings = parts.settings();
  const now = parts.clock.now();
  const { e164 } = parseDialable(entered, settings.country);
  const { flow, by } = await flowFor(e164, way.flowId, parts);
  const open = await parts.lines.current(way.ringMeFirst ? 'ring-me-first' : flow);
  const guard = historyGuard(settings.line, settings, now, []);
  const line = 'missing' in open ? null : lineKey(open.line);
  const none = { recent: null, calls: 0 };
  const [contact, doNotCall, earlier] =
    e164 === null
      ? [null, null, none]
      : await Promise.all([
          storage.contacts.byNumber(e164),
          storage.doNotCall.find(e164, now),
          line === null ? none : earlierCalls(e164, line, guard, storage),
        ]);
  const callerId = 'missing' in open ? settings.callerId : open.callerId;
  const blocks = blocksOf(flow, way.ringMeFirst, readiness);
  const phone = phoneInUse(settings.line, settings);
  return {
    number: { entered, e164 },
    numberText: e164 === null ? entered : formatNumber(e164),
    contact,
    callerIdText: callerId === '' ? '' : formatExoPhone(callerId),
    doNotCall,
    warnings: [
      ...lineWarnings(settings.line, settings, now, line !== null && parts.trouble.isDown(line)),
      ...historyWarnings(earlier, guard, settings, now),
    ],
    flow: flow === null ? null : callFlow(flow),
    flowBy: by,
    blocks,
    alternatives: alternativesTo(blocks, way.ringMeFirst, parts),
    repPhoneText: phone === null ? '' : formatNumber(phone.number),
    missing: 'missing' in open ? open.missing : [],
  };
}
