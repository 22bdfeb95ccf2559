import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Call } from '../../src-shared/call.ts';
import { type CallEvent, lineKey } from '../../src-shared/call-events.ts';
import type { DoNotCall } from '../../src-shared/contact.ts';
import type { Warning } from '../../src-shared/contract/calls.ts';
import { assertNever } from '../../src-shared/errors.ts';
import { parseDialable } from '../../src-shared/phone-number.ts';
import { callFlow, type Flow } from '../../src-shared/flow.ts';
import type { Alternative, Block } from '../../src-shared/rep.ts';
import type { ConnectRequest, ReadyConnect } from '../exotel/client.ts';
import { checkConnectRequest } from '../exotel/connect-request.ts';
import type { Pacer, Slot } from '../pacing/pacer.ts';
import type { Log } from '../ports.ts';
import { phoneInUse } from '../rep/phones.ts';
import { isRepsCall } from '../rep/live-calls.ts';
import { type PlaceResult, StorageError, type StoredCall } from '../storage/storage.ts';
import { type AttemptSecrets, secretsAhead, writeCustomField } from './attempt-secrets.ts';
import type { Missing, OpenLine } from './lines.ts';
import { eventOf, isAnswer, keptBack } from './outcome-events.ts';
import type { Recorder } from './recorder.ts';
import { alternativesTo, blocksOf, type DecisionParts, flowFor, type Way } from './verdict.ts';
import { earlierCalls, historyGuard, historyWarnings, lineWarnings } from './warnings.ts';

/** What a person asked for. */
export interface Intent extends Way {
  readonly id: string;
  readonly number: string;
  /** When they acted, ms UTC. */
  readonly actedAt: number;
  readonly accept: readonly Warning['code'][];
  /** Why, in their words. */
  readonly acceptWhy: string;
}

export type Placed =
  | { readonly outcome: 'placed'; readonly call: StoredCall }
  | { readonly outcome: 'not-dialable'; readonly entered: string }
  | { readonly outcome: 'do-not-call'; readonly entry: DoNotCall }
  | { readonly outcome: 'needs-confirmation'; readonly warnings: readonly Warning[] }
  | {
      readonly outcome: 'blocked';
      readonly blocks: readonly Block[];
      readonly alternatives: readonly Alternative[];
    }
  | { readonly outcome: 'not-set-up'; readonly missing: Missing }
  | { readonly outcome: 'bad-value'; readonly field: string; readonly problem: string }
  | { readonly outcome: 'id-taken' }
  | { readonly outcome: 'too-old' }
  | { readonly outcome: 'not-stored'; readonly problem: string };

/** An intent older than this is refused: the computer slept, or the window hung (design.md, "A call's life"). */
const freshMs = 30_000;

/** Wait before the second attempt of a request that never left, ms; before the third twice as long. */
const repeatMs = 1000;

/** One request that is about to leave. */
interface Attempt {
  readonly ready: ReadyConnect;
  readonly slot: Slot;
  readonly customFieldToken: string;
  /** Resolves once the windows know of the call. */
  readonly announced: Promise<void>;
}

/** Nothing speaks against the call: what its first attempt is made of. */
interface Go {
  readonly outcome: 'go';
  readonly e164: string;
  readonly open: OpenLine;
  /** Null: ring me first. */
  readonly flow: Flow | null;
  /** E.164. */
  readonly repNumber: string | null;
  readonly secrets: AttemptSecrets;
}

export interface Dialer {
  /** Resolves once the call is durable; what follows is told by the recorder. */
  place(intent: Intent): Promise<Placed>;
  /** Lets a call whose status is queued wait for its turn, in its place by when it was placed. */
  enqueue(queued: StoredCall): void;
  /** Where Exotel asked this call to wait (429): nothing is sent on its line until then. */
  pauseFor(call: Call): void;
  /**
   * Holds every call that waits: this computer slept, or was off, and nobody knows whether they still stand. A person
   * says so.
   */
  hold(): Promise<void>;
  /** Resolves once every request under way is answered or given up, and that is stored. */
  settle(): Promise<void>;
}

/**
 * Places calls. The order is the promise: the call is durable on disk as `dialing` before the first byte of its
 * request can leave, and the request is sent once.
 */
export function createDialer(
  parts: DecisionParts & {
    readonly log: Log;
    readonly recorder: Recorder;
    readonly pacer: Pacer;
    /** Proves the public address now, end to end. */
    readonly proveAddress: () => Promise<unknown>;
    /** This attempt's CustomField secret is on its way: the flow may ask at any moment. */
    readonly expectFlow: (call: Call, customFieldToken: string) => void;
    /** Looks whether this computer slept: `hold` is called before it returns, where it did. */
    readonly lookForSleep: () => void;
    /** The StatusCallback URL for an attempt on this line; null where Exotel cannot reach this computer. */
    readonly callbackUrl: (line: OpenLine['line'], callId: string, token: string) => string | null;
  },
): Dialer {
  const underWay = new Set<Promise<void>>();
  /** How often all that waited was held: a call whose turn had come is not sent across one. */
  let holds = 0;
  const nextSecrets = secretsAhead();

  async function place(intent: Intent): Promise<Placed> {
    const refusal = await decide(intent);
    if (refusal.outcome !== 'go') return (await placedBefore(intent)) ?? refusal;
    return write(intent, refusal);
  }

  async function decide(intent: Intent): Promise<Placed | Go> {
    const settings = parts.settings();
    const now = parts.clock.now();
    if (now - intent.actedAt > freshMs) return { outcome: 'too-old' };
    const { e164 } = parseDialable(intent.number, settings.country);
    if (e164 === null) return { outcome: 'not-dialable', entered: intent.number };
    const flow = intent.ringMeFirst ? null : (await flowFor(e164, intent.flowId, parts)).flow;
    const open = await parts.lines.current(intent.ringMeFirst ? 'ring-me-first' : flow);
    if ('missing' in open) return { outcome: 'not-set-up', missing: open.missing };
    const secrets = nextSecrets();
    const repNumber = phoneInUse(open.line.kind, settings)?.number ?? null;
    const blocks = await blocksAfterProof(flow, intent);
    const warnings = lineWarnings(
      open.line.kind,
      settings,
      now,
      parts.trouble.isDown(lineKey(open.line)),
    ).filter(({ code }) => !intent.accept.includes(code));
    if (blocks.length > 0 || warnings.length > 0) {
      // The entry is told first: a person who may not be called is not asked about twice.
      const entry = await parts.storage.doNotCall.find(e164, now);
      if (entry !== null) return { outcome: 'do-not-call', entry };
      if (blocks.length > 0) return blocked(blocks, intent);
      // One question for all there is to ask: what the transaction would find is looked up already.
      const guard = historyGuard(open.line.kind, settings, now, intent.accept);
      const earlier = await earlierCalls(e164, lineKey(open.line), guard, parts.storage);
      return {
        outcome: 'needs-confirmation',
        warnings: [...warnings, ...historyWarnings(earlier, guard, settings, now)],
      };
    }
    const what = { flow, ringMeFirst: intent.ringMeFirst, repNumber };
    const bad = checkConnectRequest(request(e164, open, what, intent.id, secrets));
    if (bad !== null) return { outcome: 'bad-value', ...bad };
    return { outcome: 'go', e164, open, flow, repNumber, secrets };
  }

  /** An address that was only not proven of late is proven now. The same intent twice does not block itself. */
  async function blocksAfterProof(flow: Flow | null, { id, ringMeFirst }: Intent): Promise<Block[]> {
    const blocks = blocksOf(flow, ringMeFirst, parts.readiness, id);
    if (blocks.length !== 1 || blocks[0] !== 'address-unproven') return blocks;
    await parts.proveAddress();
    return blocksOf(flow, ringMeFirst, parts.readiness, id);
  }

  function blocked(blocks: readonly Block[], { ringMeFirst }: Way): Placed {
    return { outcome: 'blocked', blocks, alternatives: alternativesTo(blocks, ringMeFirst, parts) };
  }

  /** The same intent again is no new call, and no error. */
  async function placedBefore(intent: Intent): Promise<Placed | null> {
    const call = await parts.storage.calls.get(intent.id).catch(() => null);
    if (call === null) return null;
    const { e164 } = parseDialable(intent.number, parts.settings().country);
    return call.call.number.e164 === e164 ? { outcome: 'placed', call } : { outcome: 'id-taken' };
  }

  async function write(intent: Intent, go: Go): Promise<Placed> {
    const { flow } = go;
    // Nothing is waited for between this look and the reservation: two presses cannot both pass.
    const blocks = blocksOf(flow, intent.ringMeFirst, parts.readiness, intent.id);
    if (blocks.length > 0) return (await placedBefore(intent)) ?? blocked(blocks, intent);
    const isReps = isRepsCall({ flow, ringMeFirst: intent.ringMeFirst });
    if (isReps) parts.readiness.reserve(intent.id);
    try {
      return await store(intent, go);
    } finally {
      // Where it was written, the call itself keeps the rep by now; where it was before, it may have ended.
      if (isReps) parts.readiness.release(intent.id);
    }
  }

  async function store(intent: Intent, { e164, open, flow, repNumber, secrets }: Go): Promise<Placed> {
    const now = parts.clock.now();
    const settings = parts.settings();
    const url = parts.callbackUrl(open.line, intent.id, secrets.callback);
    const placed: CallEvent = {
      type: 'placed',
      at: now,
      number: { entered: intent.number, e164 },
      line: open.line,
      callerId: open.callerId,
      flowUrl: open.flowUrl,
      overrode: [...intent.accept],
      overrodeWhy: intent.acceptWhy,
      flow: flow === null ? null : callFlow(flow),
      ringMeFirst: intent.ringMeFirst,
      repNumber,
    };
    const slot = parts.pacer.takeNow(lineKey(open.line));
    const sending: CallEvent = { type: 'sending', at: now, attempt: 1, byAsking: url === null };
    const history = historyGuard(open.line.kind, settings, now, intent.accept);
    const placing = parts.storage.calls.place(
      intent.id,
      slot === null ? [placed] : [placed, sending],
      secrets.hashes,
      { doNotCallAt: now, ...history },
      slot === null ? undefined : minuteOf(open.line),
    );
    // While the disk takes the call, its request is made ready.
    const what = { ringMeFirst: intent.ringMeFirst, repNumber };
    const ready = open.client.prepare(request(e164, open, what, intent.id, secrets, url));
    let result: PlaceResult;
    try {
      result = await placing;
    } catch (error) {
      slot?.giveBack();
      if (!(error instanceof StorageError)) throw error;
      return { outcome: 'not-stored', problem: error.message };
    }
    if (result.outcome !== 'placed') slot?.giveBack();
    switch (result.outcome) {
      case 'placed':
        parts.readiness.follow(result.call.call);
        if (slot === null) {
          enqueue(result.call);
          parts.recorder.announce(result.call);
          return result;
        }
        track(
          transmit(result.call.call, open, {
            ready,
            slot,
            customFieldToken: secrets.customField,
            announced: announceSoon(result.call),
          }),
        );
        // The request first: undici, too, writes it in the next turn (it looks at a kept-open connection before).
        await nextTurn();
        return result;
      case 'exists':
        return { outcome: 'placed', call: result.call };
      case 'id-taken':
        return result;
      case 'do-not-call':
        return result;
      case 'recent':
        return {
          outcome: 'needs-confirmation',
          warnings: historyWarnings(result, history, settings, now),
        };
      default:
        return assertNever(result);
    }
  }

  /** Once the request has left and the person has their answer. */
  async function announceSoon(stored: StoredCall): Promise<void> {
    await nextTurn();
    await nextTurn();
    parts.recorder.announce(stored);
  }

  function request(
    customer: string,
    open: OpenLine,
    { ringMeFirst, repNumber }: Pick<Call, 'ringMeFirst' | 'repNumber'>,
    callId: string,
    secrets: AttemptSecrets,
    statusCallbackUrl: string | null = null,
  ): ConnectRequest {
    const settings = parts.settings();
    return {
      customer,
      ringMeFirst:
        ringMeFirst && repNumber !== null
          ? {
              rep: repNumber,
              recording: settings.ringMeFirstRecording,
              waitUrl: settings.ringMeFirstWaitUrl,
            }
          : null,
      numberForm: settings.numberForm,
      callerId: open.callerId,
      callType: 'trans',
      flowUrl: open.flowUrl,
      timeLimitSeconds: settings.timeLimitSeconds,
      timeOutSeconds: settings.timeOutSeconds,
      statusCallbackUrl,
      statusCallbackEvents: settings.statusCallbackEvents && open.line.kind === 'account',
      customField: writeCustomField(callId, secrets.customField, settings.customField),
    };
  }

  /** How many requests of this line count with the one whose slot was just taken; the practice line has no limit. */
  function minuteOf(line: OpenLine['line']): number | undefined {
    return line.kind === 'practice' ? undefined : parts.pacer.inMinute(lineKey(line));
  }

  function pauseFor(call: Call): void {
    if (call.retryAt === null) return;
    // After a restart the wall clock may have jumped: never longer than Exotel asked for.
    const left = Math.min(call.retryAt - parts.clock.now(), call.retryAt - call.updatedAt);
    parts.pacer.pause(lineKey(call.line), Math.max(0, left));
  }

  function enqueue({ call }: StoredCall): void {
    pauseFor(call);
    parts.pacer.add({
      id: call.id,
      line: lineKey(call.line),
      placedAt: call.placedAt,
      waitMs: call.reason?.code === 'unreachable' ? repeatMs * call.attempts : 0,
      send: (slot) => send(call, slot),
    });
  }

  async function hold(): Promise<void> {
    holds++;
    await Promise.all(
      [...parts.pacer.places().keys()].map(async (callId) => {
        parts.pacer.remove(callId);
        await parts.recorder.appendSurely(callId, { type: 'held', at: parts.clock.now() });
      }),
    );
  }

  async function send(call: Call, slot: Slot): Promise<void> {
    const holdsBefore = holds;
    parts.lookForSleep();
    // What the call carries was agreed when it was placed: only the line is looked up.
    const open = await parts.lines.inUse();
    // Somebody asked not to be called while it waited: there is nothing left for a person to decide.
    if (
      call.number.e164 !== null &&
      (await parts.storage.doNotCall.find(call.number.e164, parts.clock.now()))
    ) {
      await parts.recorder.append(call.id, { type: 'withdrawn', at: parts.clock.now() });
      slot.giveBack();
      return;
    }
    const isHeld = holds !== holdsBefore;
    if (
      isHeld ||
      // The rep is not there any more: they say when it still stands.
      blocksOf(call.flow, call.ringMeFirst, parts.readiness, call.id).length > 0 ||
      'missing' in open ||
      call.number.e164 === null ||
      lineKey(open.line) !== lineKey(call.line)
    ) {
      await parts.recorder.append(call.id, { type: 'held', at: parts.clock.now() });
      slot.giveBack();
      return;
    }
    const secrets = nextSecrets();
    const url = parts.callbackUrl(open.line, call.id, secrets.callback);
    const sending: CallEvent = {
      type: 'sending',
      at: parts.clock.now(),
      attempt: call.attempts + 1,
      byAsking: url === null,
    };
    const inMinute = minuteOf(call.line);
    const writing = parts.recorder.append(call.id, sending, {
      hashes: secrets.hashes,
      ...(inMinute === undefined ? {} : { inMinute }),
    });
    const agreed = { ...open, callerId: call.callerId, flowUrl: call.flowUrl };
    const ready = open.client.prepare(request(call.number.e164, agreed, call, call.id, secrets, url));
    const result = await writing;
    // Withdrawn or proven by a callback in the meantime: it is not sent.
    if (result.outcome !== 'stored' || result.call.call.status !== 'dialing') {
      slot.giveBack();
      return;
    }
    const attempt = { ready, slot, customFieldToken: secrets.customField, announced: Promise.resolve() };
    track(transmit(result.call.call, open, attempt));
  }

  async function transmit(
    call: Call,
    open: Pick<OpenLine, 'line'>,
    { ready, slot, customFieldToken, announced }: Attempt,
  ): Promise<void> {
    parts.expectFlow(call, customFieldToken);
    // The last moment: between the press and here the rep may have left, or the address have gone.
    const blocks = blocksOf(call.flow, call.ringMeFirst, parts.readiness, call.id);
    const outcome = blocks.length > 0 ? keptBack(blocks) : await ready.send();
    // The practice line plays lost answers; it is never down.
    if (blocks.length === 0 && open.line.kind === 'account') {
      parts.trouble.heard(lineKey(open.line), isAnswer(outcome));
    }
    const pauseMs = outcome.kind === 'rate-limited' ? slot.rateLimited(outcome.retryAfterMs) : 0;
    if (blocks.length > 0) slot.giveBack();
    else if (outcome.kind !== 'rate-limited') slot.settle();
    if (outcome.kind === 'accepted' || outcome.kind === 'doubted') {
      parts.lines.keepKeys(open.line, outcome.kind === 'accepted');
    }
    // Else the windows could hear of the press after what came of it.
    await announced;
    const stored = await parts.recorder.appendSurely(
      call.id,
      eventOf(outcome, { at: parts.clock.now(), attempts: call.attempts, pauseMs }),
    );
    if (stored?.call.status === 'queued') enqueue(stored);
  }

  function track(work: Promise<void>): void {
    const tracked = work
      .catch((error: unknown) => parts.log.error('a call could not be followed', { error: String(error) }))
      .finally(() => underWay.delete(tracked));
    underWay.add(tracked);
  }

  async function settle(): Promise<void> {
    await Promise.all(underWay);
  }

  return { place, enqueue, pauseFor, hold, settle };
}
