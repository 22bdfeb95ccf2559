import { createHash } from 'node:crypto';
import { isTerminal } from '../../src-shared/call.ts';
import type { CallEvent } from '../../src-shared/call-events.ts';
import type { DoorRefusal } from '../../src-shared/contract/app.ts';
import type { ConversationState } from '../../src-shared/conversation.ts';
import type { Door, Flow } from '../../src-shared/flow.ts';
import type { ConnectRefusal } from '../../src-shared/flow-events.ts';
import { writeGreeting } from '../../src-shared/greeting.ts';
import { parseDialable } from '../../src-shared/phone-number.ts';
import type { Settings } from '../../src-shared/settings.ts';
import type { AppletAsk, ConnectReply, DoorOwner, PassthruBranch } from '../callbacks/applet.ts';
import { nobody } from '../callbacks/connect-reply.ts';
import { flowsOf } from '../flows.ts';
import type { Clock, Log } from '../ports.ts';
import type { Readiness } from '../rep/readiness.ts';
import type { AppendOptions } from '../storage/storage.ts';
import { hashSecret } from './attempt-secrets.ts';
import type { ConnectAnswer, FlowCall, FlowCalls } from './flow-calls.ts';
import { legWhat } from './leg-words.ts';
import type { Recorder } from './recorder.ts';

/** What a flow that asks for a call which is not ours is told to speak: nobody's name. */
const strangersGreeting = 'Hello.';

/** Decides what applets of flows are answered, from memory, and keeps what they told. */
export function createFlowDoors(parts: {
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: () => Settings;
  readonly readiness: Readiness;
  readonly flowCalls: FlowCalls;
  readonly recorder: Pick<Recorder, 'keep'>;
  readonly repName: () => string;
  /** A genuine request came. */
  readonly heard: (door: Door) => void;
  /** A request was answered with nobody, or told of no call of ours. */
  readonly refused: (door: Door, code: DoorRefusal['code']) => void;
}): DoorOwner {
  const { clock, flowCalls, readiness } = parts;

  function flowOf({ call }: FlowCall): Flow | null {
    const settings = parts.settings();
    return flowsOf(call.line.kind, settings).find(({ id }) => id === call.flow?.id) ?? null;
  }

  /** Only CustomField's secret proves a call here: a Sid can be guessed at by whoever knows the path. */
  function proven(ask: AppletAsk): FlowCall | 'foreign' | 'forged' {
    if (ask.call === null) return 'foreign';
    return flowCalls.find(ask.call.callId, ask.call.token) ?? 'foreign';
  }

  /** Null: the rep can take the customer. */
  function refusal({ call }: FlowCall): ConnectRefusal | null {
    if (isTerminal(call.status)) return 'ended';
    if (isTalk(call.conversation.state)) return 'already-talking';
    if (isPast(call.conversation.state)) return 'ended';
    if (call.calledOff) return 'called-off';
    if (call.flow?.kind !== 'rings-me' || call.repNumber === null) return 'no-number';
    return readiness.refusal(call.id);
  }

  /** A repeat gets the same answer, while somebody may wait for it, whether the first one is stored by now or not. */
  function answerTo(found: FlowCall): ConnectAnswer {
    const { call, answered } = found;
    const { state } = call.conversation;
    const isWaiting = !isTerminal(call.status) && !isTalk(state) && !isPast(state);
    if (answered !== null && (isWaiting || answered.refused !== null)) return answered;
    const refused = refusal(found);
    return { to: refused === null ? call.repNumber : null, refused };
  }

  function onConnect(ask: AppletAsk, { peek }: { readonly peek: boolean }): ConnectReply {
    const found = proven(ask);
    if (typeof found === 'string') {
      if (!peek) parts.refused('connect', found);
      return nobody;
    }
    const { call } = found;
    const answer = answerTo(found);
    const { to, refused } = answer;
    if (!peek) {
      parts.heard('connect');
      if (refused !== null) parts.refused('connect', refused);
      if (found.answered === null) flowCalls.answer(call.id, answer);
      const event: CallEvent = { type: 'connect-asked', at: clock.now(), sid: ask.sid, to, refused };
      keep(call.id, ask, event, `connect ${to ?? ''} ${refused ?? ''}`);
    }
    return to === null ? nobody : reply(found, to);
  }

  function reply(found: FlowCall, to: string): ConnectReply {
    const flow = flowOf(found);
    const { callerId } = found.call;
    const whisper = flow === null ? '' : spoken(flow.whisper, flow.whisper, flow, found);
    return {
      numbers: [to],
      ringSeconds: flow?.ringSeconds ?? 30,
      talkSeconds: flow?.talkSeconds ?? 3600,
      record: flow === null || flow.recording === 'flow' ? null : flow.recording !== 'off',
      recordingChannels: flow?.recording === 'single' || flow?.recording === 'dual' ? flow.recording : null,
      whisper: whisper === '' ? null : whisper,
      callerId: flow?.exoPhoneToRep ? parseDialable(callerId, 'IN').e164 : null,
    };
  }

  function spoken(template: string, fallback: string, flow: Flow, { contactName }: FlowCall): string {
    if (template === '') return '';
    return writeGreeting(template, fallback, flow.voice, {
      name: contactName,
      rep: parts.repName(),
    });
  }

  function onGreeting(ask: AppletAsk, { peek }: { readonly peek: boolean }): string {
    const found = proven(ask);
    if (typeof found === 'string') {
      if (!peek) parts.refused('greeting', found);
      return strangersGreeting;
    }
    if (!peek) {
      parts.heard('greeting');
      keep(found.call.id, ask, { type: 'greeted', at: clock.now(), sid: ask.sid }, 'greeted');
    }
    const flow = flowOf(found);
    const text = flow === null ? '' : spoken(flow.greeting, flow.greetingFallback, flow, found);
    return text === '' ? strangersGreeting : text;
  }

  /** The popup brings no CustomField: there the Sid tells, behind the secret of the path. */
  async function told(door: Door, ask: AppletAsk, event: CallEvent): Promise<void> {
    const bySid = ask.call === null && ask.sid !== null ? flowCalls.findBySid(ask.sid) : null;
    const callId = ask.call?.callId.toLowerCase() ?? bySid?.call.id ?? null;
    if (callId === null) return parts.refused(door, 'foreign');
    const proof = ask.call === null ? {} : { customFieldHash: hashSecret(ask.call.token) };
    const result = await parts.recorder.keep(callId, event, {
      ...proof,
      raw: ask.raw,
      key: createHash('sha256').update(`${door} ${event.type} ${ask.raw}`).digest('hex'),
    });
    if (result?.outcome === 'unknown-call') parts.refused(door, 'foreign');
    else if (result?.outcome === 'wrong-token') parts.refused(door, 'forged');
    else if (result !== null) parts.heard(door);
  }

  /** Where the applet does not say which phone it dialled (a template left unresolved), a leg may name the rep's. */
  function talkOfRep({ call, legs }: AppletAsk): number | null {
    const found = call === null ? null : flowCalls.find(call.callId, call.token);
    if (found === null || found === 'forged') return null;
    const { repNumber } = found.call;
    return legs.find(({ number }) => number !== null && number === repNumber)?.onCallSeconds ?? null;
  }

  /** Written once the answer is on its way; a disk that refuses is tried again until it takes it. */
  function keep(callId: string, ask: AppletAsk, event: CallEvent, key: string): void {
    setImmediate(() => {
      const options: AppendOptions = { raw: ask.raw, key };
      parts.recorder
        .keep(callId, event, options)
        .catch((error: unknown) =>
          parts.log.error('what a flow asked could not be kept', { callId, error: String(error) }),
        );
    });
  }

  return {
    doorSecrets: () => parts.settings().doorSecrets,
    onConnect,
    onGreeting,
    onLeg: (ask) =>
      told('leg', ask, {
        type: 'leg',
        at: clock.now(),
        sid: ask.sid,
        what: legWhat(ask.legEvent, ask.legStatus),
        number: ask.dialWhomNumber,
        onCallSeconds: ask.onCallSeconds,
        word: ask.legEvent ?? ask.legStatus,
      }),
    onPassthru: (branch: PassthruBranch, ask) =>
      told('passthru', ask, {
        type: 'passthru',
        at: clock.now(),
        sid: ask.sid,
        branch,
        callType: ask.callType,
        dialCallStatus: ask.dialCallStatus,
        onCallSeconds: ask.onCallSeconds ?? talkOfRep(ask),
        digits: ask.digits,
        recordingUrl: ask.recordingUrl,
      }),
  };
}

function isTalk(state: ConversationState): boolean {
  return state === 'talking' || state === 'talked';
}

/** Nobody waits any more. */
function isPast(state: ConversationState): boolean {
  return state === 'missed' || state === 'left';
}
