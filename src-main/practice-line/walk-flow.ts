import { assertNever } from '../../src-shared/errors.ts';
import type { AppletCall, Progress } from './applet-query.ts';
import { type AppletParts, type Branch, createApplets } from './applets.ts';
import type { ConnectAnswer } from './connect-answer.ts';
import { dialLeg, type EndedLeg, type LegParts } from './dial-leg.ts';
import type { Script } from './endings.ts';
import { firstOf, later } from './first-of.ts';
import type { PracticeFlow, Strictness } from './practice-line.ts';
import type { Telephone } from './practice-phone.ts';

export interface WalkParts extends AppletParts, LegParts {
  /** The phone in the window, and the one of a scripted colleague. */
  readonly phone: Telephone;
  readonly colleague: Telephone;
  readonly strictness: () => Strictness;
  readonly recordingUrl: (sid: string) => string;
}

/** How a walk ended for the customer, who has hung up or was. */
export interface Walked {
  readonly recordingUrl: string | null;
  /** Sends the Passthru that is to come after the StatusCallback; null: there is none. */
  readonly sendLate: (() => void) | null;
}

/** Of a flow whose Connect asks nobody: a number is typed into it, with Exotel's own limits. */
const typedIn: ConnectAnswer = {
  numbers: ['+919845099001'],
  fetchAgain: false,
  ringSeconds: 30,
  talkSeconds: 900,
  record: null,
  callerId: null,
  whisper: null,
  eventsUrl: null,
};

/** A URL that is asked again after each attempt, and never names nobody, ends here. */
const mostAttempts = 10;

const onlyBegun: Progress = {
  callStatus: 'in-progress',
  callType: 'call-attempt',
  leg: null,
  recordingUrl: null,
};

/**
 * Walks a customer who picked up through a flow, as Exotel would: Greeting, then Connect with the rep's leg, or the talk
 * of an automated flow, then Passthru (exotel-flows.md 6).
 */
export async function walkFlow(
  call: AppletCall,
  flow: PracticeFlow,
  script: Script,
  parts: WalkParts,
): Promise<Walked> {
  const applets = createApplets(call, script, parts);

  async function end(branch: Branch, progress: Progress): Promise<Walked> {
    const { recordingUrl } = progress;
    const when = flow.asks.passthru ? script.passthru : 'never';
    if (when === 'in-time') applets.tellPassthru(branch, progress);
    await applets.told();
    const sendLate = when === 'late' ? () => applets.tellPassthru(branch, progress) : null;
    return { recordingUrl, sendLate };
  }

  async function connect(phone: Telephone): Promise<Walked> {
    let leg: EndedLeg | null = null;
    let progress = onlyBegun;
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      const answer = flow.asks.connect ? await applets.askConnect(progress) : typedIn;
      if (answer === null && parts.strictness() === 'drop') return { recordingUrl: null, sendLate: null };
      if (answer === null || answer.numbers.length === 0) break;
      leg = await dialInOrder(phone, answer);
      progress = progressAfter(leg, answer.record === false ? null : parts.recordingUrl(call.sid));
      if (leg.status === 'completed' || leg.customerLeft || !answer.fetchAgain) break;
    }
    if (leg === null) return end('nodial', { ...onlyBegun, callType: 'incomplete' });
    return end(leg.status === 'completed' ? 'talked' : 'missed', progress);
  }

  /** The leg that talked, or the last one tried. */
  async function dialInOrder(phone: Telephone, answer: ConnectAnswer): Promise<EndedLeg> {
    const [number = '', ...others] = answer.numbers;
    const { sid, customField } = call;
    const from = answer.callerId ?? call.exoPhone;
    const shown = { sid, customField, number, from, whisper: answer.whisper };
    const leg = await dialLeg(phone, shown, answer, script.customer, parts, (event) => {
      if (flow.asks.legEvents && script.legEvents) applets.tellLeg(number, event, answer.eventsUrl);
    });
    if (leg.status === 'completed' || leg.customerLeft || others.length === 0) return leg;
    return dialInOrder(phone, { ...answer, numbers: others });
  }

  if (flow.asks.greeting) await applets.greet();
  switch (flow.kind) {
    case 'automated':
      await firstOf(later(parts.after, parts.talkMs, 'talked'));
      return end('plain', { ...onlyBegun, recordingUrl: parts.recordingUrl(call.sid) });
    case 'rings-me':
      return connect(parts.phone);
    case 'rings-team':
      return connect(parts.colleague);
    default:
      return assertNever(flow.kind);
  }
}

function progressAfter(leg: EndedLeg, recordingUrl: string | null): Progress {
  const talked = leg.status === 'completed';
  return {
    callStatus: leg.customerLeft ? 'completed' : 'in-progress',
    callType: talked ? 'completed' : leg.customerLeft ? 'client-hangup' : 'incomplete',
    leg,
    recordingUrl: talked ? recordingUrl : null,
  };
}
