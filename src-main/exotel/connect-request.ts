import { parseDialable, toExotelNational } from '../../src-shared/phone-number.ts';
import type { ConnectRequest } from './client.ts';

/** A value that Exotel would refuse, by the name of its parameter, and why, in words for a person. */
export interface BadParameter {
  readonly field:
    | 'From'
    | 'CallerId'
    | 'CallType'
    | 'Url'
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
  const { customer, callerId, callType, flowUrl, timeLimitSeconds, timeOutSeconds } = request;
  if (parseDialable(customer, 'IN').e164 !== customer) {
    return { field: 'From', problem: `“${customer}” is no number that Exotel can ring.` };
  }
  if (callerId.trim() === '') return { field: 'CallerId', problem: 'No ExoPhone is chosen.' };
  if (callType !== 'trans') {
    const problem = callType === 'promo' ? 'No longer supported by Exotel' : `“${callType}” is not “trans”.`;
    return { field: 'CallType', problem };
  }
  if (!isWebAddress(flowUrl)) return { field: 'Url', problem: 'The flow has no web address.' };
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

function isWithin(seconds: number, most: number): boolean {
  return Number.isInteger(seconds) && seconds >= 1 && seconds <= most;
}

function isWebAddress(text: string): boolean {
  return /^https?:$/.test(URL.parse(text)?.protocol ?? '');
}

/**
 * The body of a checked request: the seed's parameters in the seed's order, form-encoded. StatusCallback and CustomField
 * are optional there, and left out where they are empty. StatusCallbackEvents is unknown to the seed, so the legacy
 * host never gets it (exotel-api.md, "Connect a customer to a flow").
 */
export function writeConnectRequest(request: ConnectRequest, host: { readonly isLegacy: boolean }): string {
  const form = new URLSearchParams({
    From: writeCustomer(request),
    CallerId: request.callerId.trim(),
    CallType: request.callType,
    Url: request.flowUrl,
    TimeLimit: String(request.timeLimitSeconds),
    TimeOut: String(request.timeOutSeconds),
  });
  if (request.statusCallbackUrl !== null) form.set('StatusCallback', request.statusCallbackUrl);
  if (request.customField !== '') form.set('CustomField', request.customField);
  if (request.statusCallbackEvents && request.statusCallbackUrl !== null && !host.isLegacy) {
    form.set('StatusCallbackEvents[0]', 'terminal');
    form.set('StatusCallbackEvents[1]', 'answered');
  }
  return form.toString();
}

/** Other countries' numbers have no form but E.164. */
function writeCustomer({ customer, numberForm }: ConnectRequest): string {
  return numberForm === 'e164' ? customer : (toExotelNational(customer) ?? customer);
}
