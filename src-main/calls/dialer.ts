import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Call, CallEvent } from '../../src-shared/call.ts';
import { lineKey } from '../../src-shared/call.ts';
import type { DoNotCall } from '../../src-shared/contact.ts';
import type { Warning } from '../../src-shared/contract/calls.ts';
import { assertNever } from '../../src-shared/errors.ts';
import { parseDialable } from '../../src-shared/phone-number.ts';
import type { Settings } from '../../src-shared/settings.ts';
import type { ConnectOutcome, ConnectRequest, ReadyConnect } from '../exotel/client.ts';
import { checkConnectRequest } from '../exotel/connect-request.ts';
import type { Pacer, Slot } from '../pacing/pacer.ts';
import type { Clock, Log } from '../ports.ts';
import { type PlaceResult, type Storage, StorageError, type StoredCall } from '../storage/storage.ts';
import { type AttemptSecrets, secretsAhead, writeCustomField } from './attempt-secrets.ts';
import { callingHoursWarningOn } from './calling-hours.ts';
import type { Lines, Missing, OpenLine } from './lines.ts';
import type { Recorder } from './recorder.ts';
import { calledJustNow } from './verdict.ts';

/** What a person asked for. */
export interface Intent {
  readonly id: string;
  readonly number: string;
  /** When they acted, ms UTC. */
  readonly actedAt: number;
  readonly accept: readonly Warning['code'][];
}

export type Placed =
  | { readonly outcome: 'placed'; readonly call: StoredCall }
  | { readonly outcome: 'not-dialable'; readonly entered: string }
  | { readonly outcome: 'do-not-call'; readonly entry: DoNotCall }
  | { readonly outcome: 'needs-confirmation'; readonly warnings: readonly Warning[] }
  | { readonly outcome: 'not-set-up'; readonly missing: Missing }
  | { readonly outcome: 'bad-value'; readonly field: string; readonly problem: string }
  | { readonly outcome: 'id-taken' }
  | { readonly outcome: 'too-old' }
  | { readonly outcome: 'not-stored'; readonly problem: string };

/** An intent older than this is refused: the computer slept, or the window hung (design.md, "A call's life"). */
const freshMs = 30_000;

/** How often a request that never left this computer is sent, in all. */
const maxAttempts = 3;
/** Wait before its second attempt, ms; before the third twice as long. */
const repeatMs = 1000;

/** Nothing speaks against the call: what its first attempt is made of. */
interface Go {
  readonly outcome: 'go';
  readonly e164: string;
  readonly open: OpenLine;
  readonly secrets: AttemptSecrets;
}

export interface Dialer {
  /** Resolves once the call is durable; what follows is told by the recorder. */
  place(intent: Intent): Promise<Placed>;
  /** Lets a call whose status is queued wait for its turn, in its place by when it was placed. */
  enqueue(queued: StoredCall): void;
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
export function createDialer(parts: {
  readonly clock: Clock;
  readonly log: Log;
  readonly storage: Storage;
  readonly settings: () => Settings;
  readonly lines: Lines;
  readonly recorder: Recorder;
  readonly pacer: Pacer;
  /** Looks whether this computer slept: `hold` is called before it returns, where it did. */
  readonly lookForSleep: () => void;
  /** The StatusCallback URL for an attempt on this line; null where Exotel cannot reach this computer. */
  readonly callbackUrl: (line: OpenLine['line'], callId: string, token: string) => string | null;
}): Dialer {
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
    const open = await parts.lines.current();
    if ('missing' in open) return { outcome: 'not-set-up', missing: open.missing };
    const secrets = nextSecrets();
    const bad = checkConnectRequest(request(e164, open, intent.id, secrets));
    if (bad !== null) return { outcome: 'bad-value', ...bad };
    const hours = callingHoursWarningOn(open.line.kind, settings, now);
    if (hours !== null && !intent.accept.includes(hours.code)) {
      // The block is told first: a person who may not be called is not asked about twice.
      const entry = await parts.storage.doNotCall.find(e164, now);
      return entry === null
        ? { outcome: 'needs-confirmation', warnings: [hours] }
        : { outcome: 'do-not-call', entry };
    }
    return { outcome: 'go', e164, open, secrets };
  }

  /** The same intent again is no new call, and no error. */
  async function placedBefore(intent: Intent): Promise<Placed | null> {
    const call = await parts.storage.calls.get(intent.id).catch(() => null);
    if (call === null) return null;
    const { e164 } = parseDialable(intent.number, parts.settings().country);
    return call.call.number.e164 === e164 ? { outcome: 'placed', call } : { outcome: 'id-taken' };
  }

  async function write(intent: Intent, { e164, open, secrets }: Go): Promise<Placed> {
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
    };
    const slot = parts.pacer.takeNow(lineKey(open.line));
    const sending: CallEvent = { type: 'sending', at: now, attempt: 1, byAsking: url === null };
    const askAgain = settings.askAgainSeconds > 0 && !intent.accept.includes('called-just-now');
    const placing = parts.storage.calls.place(
      intent.id,
      slot === null ? [placed] : [placed, sending],
      secrets.hashes,
      { doNotCallAt: now, placedSince: askAgain ? now - settings.askAgainSeconds * 1000 : null },
      slot === null ? undefined : minuteOf(open.line),
    );
    // While the disk takes the call, its request is made ready.
    const ready = open.client.prepare(request(e164, open, intent.id, secrets, url));
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
        if (slot === null) enqueue(result.call);
        else track(transmit(result.call.call, open, ready, slot));
        // The request first: undici, too, writes it in the next turn (it looks at a kept-open connection before).
        await nextTurn();
        parts.recorder.announce(result.call);
        return result;
      case 'exists':
        return { outcome: 'placed', call: result.call };
      case 'id-taken':
        return result;
      case 'do-not-call':
        return result;
      case 'recent':
        return { outcome: 'needs-confirmation', warnings: [calledJustNow(result.call, now)] };
      default:
        return assertNever(result);
    }
  }

  function request(
    customer: string,
    open: OpenLine,
    callId: string,
    secrets: AttemptSecrets,
    statusCallbackUrl: string | null = null,
  ): ConnectRequest {
    const settings = parts.settings();
    return {
      customer,
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

  function enqueue({ call }: StoredCall): void {
    const line = lineKey(call.line);
    if (call.retryAt !== null) {
      // After a restart the wall clock may have jumped: never longer than Exotel asked for.
      const left = Math.min(call.retryAt - parts.clock.now(), call.retryAt - call.updatedAt);
      parts.pacer.pause(line, Math.max(0, left));
    }
    parts.pacer.add({
      id: call.id,
      line,
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
    const open = await parts.lines.current();
    const isHeld = holds !== holdsBefore;
    if (
      isHeld ||
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
    const ready = open.client.prepare(request(call.number.e164, agreed, call.id, secrets, url));
    const result = await writing;
    // Withdrawn or proven by a callback in the meantime: it is not sent.
    if (result.outcome !== 'stored' || result.call.call.status !== 'dialing') {
      slot.giveBack();
      return;
    }
    track(transmit(result.call.call, open, ready, slot));
  }

  async function transmit(call: Call, open: OpenLine, ready: ReadyConnect, slot: Slot): Promise<void> {
    const outcome = await ready.send();
    const pauseMs = outcome.kind === 'rate-limited' ? slot.rateLimited(outcome.retryAfterMs) : 0;
    if (outcome.kind !== 'rate-limited') slot.settle();
    if (outcome.kind === 'accepted' || outcome.kind === 'doubted') {
      parts.lines.keepKeys(open.line, outcome.kind === 'accepted');
    }
    const stored = await parts.recorder.appendSurely(call.id, eventOf(outcome, call.attempts, pauseMs));
    if (stored?.call.status === 'queued') enqueue(stored);
  }

  /** `pauseMs`: how long a 429 makes the line wait. */
  function eventOf(outcome: ConnectOutcome, attempts: number, pauseMs: number): CallEvent {
    const at = parts.clock.now();
    switch (outcome.kind) {
      case 'accepted':
        return { type: 'accepted', at, report: outcome.report };
      case 'refused':
        return { type: 'refused', at, reason: outcome.reason };
      case 'rate-limited':
        return {
          type: 'rate-limited',
          at,
          retryAt: at + Math.ceil(pauseMs),
          reason: outcome.reason,
        };
      case 'not-sent':
        return {
          type: 'not-sent',
          at,
          again: outcome.reason.code === 'unreachable' && attempts < maxAttempts,
          reason: outcome.reason,
        };
      case 'doubted':
        return { type: 'doubted', at, reason: outcome.reason };
      default:
        return assertNever(outcome);
    }
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

  return { place, enqueue, hold, settle };
}
