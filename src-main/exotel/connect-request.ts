import { parseDialable, toExotelNational } from '../../src-shared/phone-number.ts';
import type { ConnectRequest } from './client.ts';

/** A value that Exotel would refuse, by the name of its parameter, and why, in words for a person. */
export interface BadParameter {
  readonly field:
    | 'From'
    | 'To'
    | 'CallerId'
    | 'CallType'
    | 'Url'
    | 'WaitUrl'
    | 'TimeLimit'
    | 'TimeOut'
    | 'StatusCallback'
    | 'CustomField';
  readonly problem: string;
}

/** Seconds: 4 hours (seed). */
const longestCall = 14_400;
/** Seconds: "mandated by TRAI" (seed). */
const longestRinging = 60;
/** Characters (exotel-api.md). */
const longestCustomField = 128;

/**
 * Checks the values of a Calls/connect request by the rules of the seed and exotel-api.md, before a call is stored and
 * again before it leaves: what Exotel would refuse is not worth a request. Null where all is well.
 */
export function checkConnectRequest(request: ConnectRequest): BadParameter | null {
  const { callerId, callType, timeLimitSeconds, timeOutSeconds } = request;
  const { from, to } = phonesOf(request);
  for (const [field, number] of [
    ['From', from],
    ['To', to],
  ] as const) {
    if (number !== null && parseDialable(number, 'IN').e164 !== number) {
      return { field, problem: `“${number}” is no number that Exotel can ring.` };
    }
  }
  if (to === from) return { field: 'To', problem: 'This is your own phone.' };
  if (callerId.trim() === '') return { field: 'CallerId', problem: 'No ExoPhone is chosen.' };
  if (callType !== 'trans') {
    const problem = callType === 'promo' ? 'No longer supported by Exotel' : `“${callType}” is not “trans”.`;
    return { field: 'CallType', problem };
  }
  const bad = checkWay(request);
  if (bad !== null) return bad;
  if (!isWithin(timeLimitSeconds, longestCall)) {
    return {
      field: 'TimeLimit',
      problem: `TimeLimit is 1 to ${longestCall} seconds, not ${timeLimitSeconds}.`,
    };
  }
  if (!isWithin(timeOutSeconds, longestRinging)) {
    return { field: 'TimeOut', problem: `TimeOut is 1 to ${longestRinging} seconds, not ${timeOutSeconds}.` };
  }
  if (request.statusCallbackUrl !== null && !isWebAddress(request.statusCallbackUrl)) {
    return { field: 'StatusCallback', problem: 'The address for callbacks is no web address.' };
  }
  const { length } = Array.from(request.customField);
  if (length > longestCustomField) {
    return {
      field: 'CustomField',
      problem: `CustomField has ${length} characters, ${longestCustomField} fit.`,
    };
  }
  return null;
}

/** Who is rung first, and who then; to a flow, nobody. */
function phonesOf({ customer, ringMeFirst }: ConnectRequest): {
  readonly from: string;
  readonly to: string | null;
} {
  return ringMeFirst === null ? { from: customer, to: null } : { from: ringMeFirst.rep, to: customer };
}

function checkWay({ flowUrl, ringMeFirst }: ConnectRequest): BadParameter | null {
  if (ringMeFirst === null) {
    return isWebAddress(flowUrl) ? null : { field: 'Url', problem: 'The flow has no web address.' };
  }
  const { waitUrl } = ringMeFirst;
  return waitUrl === '' || isWebAddress(waitUrl)
    ? null
    : { field: 'WaitUrl', problem: 'What the rep hears while it rings has no web address.' };
}

function isWithin(seconds: number, most: number): boolean {
  return Number.isInteger(seconds) && seconds >= 1 && seconds <= most;
}

function isWebAddress(text: string): boolean {
  return /^https?:$/.test(URL.parse(text)?.protocol ?? '');
}

/**
 * The body of a checked request: the seed's parameters in the seed's order, form-encoded. StatusCallback and CustomField
 * are optional there, and left out where they are empty. StatusCallbackEvents is unknown to the seed, so the legacy
 * host never gets it (exotel-api.md, "Connect a customer to a flow"). A call between two numbers is told by its legs
 * only, and so always asks for them.
 */
export function writeConnectRequest(request: ConnectRequest, host: { readonly isLegacy: boolean }): string {
  const { ringMeFirst, numberForm } = request;
  const { from, to } = phonesOf(request);
  const form = new URLSearchParams({ From: writeNumber(from, numberForm) });
  if (to !== null) form.set('To', writeNumber(to, numberForm));
  form.set('CallerId', request.callerId.trim());
  form.set('CallType', request.callType);
  if (ringMeFirst === null) form.set('Url', request.flowUrl);
  form.set('TimeLimit', String(request.timeLimitSeconds));
  form.set('TimeOut', String(request.timeOutSeconds));
  if (request.statusCallbackUrl !== null) form.set('StatusCallback', request.statusCallbackUrl);
  if (request.customField !== '') form.set('CustomField', request.customField);
  const wantsEvents = request.statusCallbackEvents || ringMeFirst !== null;
  if (wantsEvents && request.statusCallbackUrl !== null && !host.isLegacy) {
    form.set('StatusCallbackEvents[0]', 'terminal');
    form.set('StatusCallbackEvents[1]', 'answered');
  }
  if (ringMeFirst !== null) {
    const { recording, waitUrl } = ringMeFirst;
    form.set('Record', String(recording !== 'off'));
    if (recording !== 'off') form.set('RecordingChannels', recording);
    if (waitUrl !== '') form.set('WaitUrl', waitUrl);
  }
  return form.toString();
}

/** Other countries' numbers have no form but E.164. */
function writeNumber(e164: string, form: ConnectRequest['numberForm']): string {
  return form === 'e164' ? e164 : (toExotelNational(e164) ?? e164);
}
