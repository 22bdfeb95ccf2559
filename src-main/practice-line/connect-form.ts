/** A request to call that Exotel would take. */
export type ConnectForm = FlowForm | TwoNumbersForm;

interface CommonForm {
  /** Rung first. */
  readonly from: string;
  readonly callerId: string;
  readonly customField: string | null;
  readonly statusCallback: string | null;
}

/** The customer is rung and dropped into a flow. */
export interface FlowForm extends CommonForm {
  readonly kind: 'flow';
  readonly appId: string;
}

/** The rep (`from`) is rung, then the customer. */
export interface TwoNumbersForm extends CommonForm {
  readonly kind: 'two-numbers';
  readonly to: string;
  readonly record: boolean;
  /** Of each leg's ringing, and of the talk. Seconds. */
  readonly timeOut: number;
  readonly timeLimit: number;
  /** Empty: the end alone is told, with the seed's four fields. */
  readonly statusCallbackEvents: readonly StatusCallbackEvent[];
  readonly statusCallbackContentType: 'multipart/form-data' | 'application/json';
}

export type StatusCallbackEvent = 'terminal' | 'answered';

const flowUrl = /^https?:\/\/my\.exotel\.(?:in|com)\/(?:[^/]+\/)?exoml\/start(?:_voice)?\/(\d+)$/;
const phoneNumber = /^(?:0\d{10}|\+[1-9]\d{6,14})$/;
const eventName = /^StatusCallbackEvents\[\d{1,2}\]$/;

/** Seconds, where the form does not say. */
const usualTimeOut = 30;
const longestCall = 14_400;

/** What a parameter may hold, where it is there at all. Only Exotel's names; others are ignored, as Exotel does. */
const choices: Readonly<Record<string, readonly string[]>> = {
  Record: ['true', 'false'],
  RecordingChannels: ['single', 'dual'],
  RecordingFormat: ['mp3', 'mp3-hq'],
  StatusCallbackContentType: ['multipart/form-data', 'application/json'],
};

/**
 * Reads the form of Calls/connect as strictly as the documents allow (exotel-api.md, "Connect a customer to a
 * flow"): what passes here passes at Exotel. A refusal comes in Exotel's wording, the first problem only.
 */
export function readConnectForm(
  form: URLSearchParams,
  exoPhone: string,
): ConnectForm | { readonly problem: string } {
  const given = (name: string) => form.get(name) ?? '';
  const to = given('To');
  for (const name of ['From', 'CallerId', 'CallType', ...(to === '' ? ['Url'] : [])]) {
    if (given(name) === '') return problem(`No '${name}' specified`);
  }
  if (to !== '' && given('Url') !== '') return problem("Only one of 'To' and 'Url' can be specified");
  if (!phoneNumber.test(given('From'))) return problem("'From' is not a phone number");
  if (to !== '' && !phoneNumber.test(to)) return problem("'To' is not a phone number");
  if (given('CallerId') !== exoPhone) return problem("'CallerId' is not an ExoPhone of this account");
  if (given('CallType') === 'promo') return problem("CallType 'promo' is no longer supported");
  if (given('CallType') !== 'trans') return problem("'CallType' is not valid");
  const appId = flowUrl.exec(given('Url'))?.[1];
  if (to === '' && appId === undefined) return problem("'Url' is not a flow");
  if (!isWithin(form.get('TimeLimit'), longestCall)) {
    return problem(`'TimeLimit' is not between 1 and ${longestCall}`);
  }
  if (!isWithin(form.get('TimeOut'), 60)) return problem("'TimeOut' is not between 1 and 60");
  if (given('CustomField').length > 128) return problem("'CustomField' is longer than 128");
  for (const name of ['StatusCallback', 'WaitUrl']) {
    if (!isWebAddressOrAbsent(form.get(name))) return problem(`'${name}' is not a URL`);
  }
  for (const [name, allowed] of Object.entries(choices)) {
    const value = form.get(name);
    if (value !== null && !allowed.includes(value)) return problem(`'${name}' is not valid`);
  }
  const events = readEvents(form);
  if (events === null) return problem("'StatusCallbackEvents' is not valid");

  const common = {
    from: given('From'),
    callerId: given('CallerId'),
    customField: form.get('CustomField'),
    statusCallback: form.get('StatusCallback'),
  };
  if (appId !== undefined) return { kind: 'flow', ...common, appId };
  return {
    kind: 'two-numbers',
    ...common,
    to,
    // Exotel records two numbers unless it is told not to.
    record: given('Record') !== 'false',
    timeOut: Number(form.get('TimeOut') ?? usualTimeOut),
    timeLimit: Number(form.get('TimeLimit') ?? longestCall),
    statusCallbackEvents: events,
    statusCallbackContentType:
      given('StatusCallbackContentType') === 'application/json' ? 'application/json' : 'multipart/form-data',
  };
}

function problem(words: string) {
  return { problem: `Invalid Call Parameters: ${words}` };
}

/** null: a word that is no event. */
function readEvents(form: URLSearchParams): StatusCallbackEvent[] | null {
  const events: StatusCallbackEvent[] = [];
  for (const [name, value] of form) {
    if (!eventName.test(name)) continue;
    if (value !== 'terminal' && value !== 'answered') return null;
    events.push(value);
  }
  return events;
}

function isWebAddressOrAbsent(text: string | null): boolean {
  return text === null || /^https?:$/.test(URL.parse(text)?.protocol ?? '');
}

/** Absent, or a whole number from 1 to `most`. */
function isWithin(text: string | null, most: number): boolean {
  return text === null || (/^[1-9]\d{0,5}$/.test(text) && Number(text) <= most);
}
