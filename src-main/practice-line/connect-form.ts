/** A request to call that Exotel would take. */
export interface ConnectForm {
  readonly from: string;
  readonly callerId: string;
  readonly statusCallback: string | null;
}

const flowUrl = /^https?:\/\/my\.exotel\.(?:in|com)\/(?:[^/]+\/)?exoml\/start(?:_voice)?\/\d+$/;

/**
 * Reads the form of Calls/connect as strictly as the documents allow (exotel-api.md, "Connect a customer to a
 * flow"): what passes here passes at Exotel. A refusal comes in Exotel's wording, the first problem only.
 */
export function readConnectForm(
  form: URLSearchParams,
  exoPhone: string,
): ConnectForm | { readonly problem: string } {
  for (const name of ['From', 'CallerId', 'CallType', 'Url']) {
    if (!form.get(name)) return problem(`No '${name}' specified`);
  }
  const from = form.get('From') ?? '';
  const callerId = form.get('CallerId') ?? '';
  const statusCallback = form.get('StatusCallback');
  if (!/^(?:0\d{10}|\+[1-9]\d{6,14})$/.test(from)) return problem("'From' is not a phone number");
  if (callerId !== exoPhone) return problem("'CallerId' is not an ExoPhone of this account");
  if (form.get('CallType') === 'promo') return problem("CallType 'promo' is no longer supported");
  if (form.get('CallType') !== 'trans') return problem("'CallType' is not valid");
  if (!flowUrl.test(form.get('Url') ?? '')) return problem("'Url' is not a flow");
  if (!isWithin(form.get('TimeLimit'), 14_400)) return problem("'TimeLimit' is not between 1 and 14400");
  if (!isWithin(form.get('TimeOut'), 60)) return problem("'TimeOut' is not between 1 and 60");
  if ((form.get('CustomField') ?? '').length > 128) return problem("'CustomField' is longer than 128");
  if (statusCallback !== null && !/^https?:$/.test(URL.parse(statusCallback)?.protocol ?? '')) {
    return problem("'StatusCallback' is not a URL");
  }
  return { from, callerId, statusCallback };
}

function problem(words: string) {
  return { problem: `Invalid Call Parameters: ${words}` };
}

/** Absent, or a whole number from 1 to `most`. */
function isWithin(text: string | null, most: number): boolean {
  return text === null || (/^[1-9]\d{0,5}$/.test(text) && Number(text) <= most);
}
