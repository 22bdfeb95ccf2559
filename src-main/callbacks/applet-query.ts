import { known, matching, recordingUrl, sid, wholeSeconds, word } from '../../src-shared/exotel-fields.ts';
import { parseDialable } from '../../src-shared/phone-number.ts';
import type { AppletAsk } from './applet.ts';
import { readLegs, talkOf } from './applet-legs.ts';
import { readCustomField, withoutEncoding } from './custom-field.ts';
import { withoutSecrets } from './without-secrets.ts';

/** Room for what every applet sends, legs included, several times over. In characters; as JSON at most six bytes each. */
const limits = { fields: 64, name: 100, value: 4000, all: 10_000 };

/**
 * Reads what an applet tells with its query. Never fails: a customer may wait on the line. What is absent, unresolved
 * (`{{CallSid}}`), a filler, over-long or not what its field holds is null; what is beyond the limits is not read. Names
 * count in any case; of a field that comes twice, the last that says something counts.
 */
export function readAppletQuery(query: URLSearchParams): AppletAsk {
  const fields = gather(query);
  const said = new Map<string, string>();
  for (const [name, value] of Object.entries(fields)) {
    const text = cleaned(value);
    if (text !== null) said.set(name.toLowerCase(), text);
  }
  const call = readCustomField(said.get('customfield') ?? '');
  const dialWhomNumber = e164(said.get('dialwhomnumber'));
  const legs = readLegs(fields, { text: cleaned, e164 });
  return {
    call,
    sid: sid(said.get('callsid')),
    callStatus: word(said.get('callstatus')),
    callType: word(said.get('calltype')),
    dialWhomNumber,
    dialCallStatus: word(said.get('dialcallstatus')),
    dialCallSeconds: wholeSeconds(said.get('dialcallduration')),
    digits: matching(said.get('digits'), /^[\d*#]{1,50}$/),
    legStatus: word(said.get('status')),
    legEvent: word(said.get('eventtype')) ?? word(said.get('event')),
    onCallSeconds: talkOf(legs, dialWhomNumber),
    recordingUrl: recordingUrl(said.get('recordingurl')),
    legs,
    raw: withoutSecrets(JSON.stringify(fields), call?.token ?? null),
  };
}

/** The fields as they came, within the limits, without a prototype: `__proto__` is a name like any other. */
function gather(query: URLSearchParams): Record<string, string> {
  const fields: Record<string, string> = Object.create(null);
  let count = 0;
  let characters = 0;
  for (const [name, value] of query) {
    if (++count > limits.fields) break;
    if (name.length > limits.name || value.length > limits.value) continue;
    characters += name.length + value.length;
    if (characters > limits.all) break;
    if (name in fields && known(value) === null) continue;
    // Else a token that came encoded twice would not be seen, and stored.
    fields[name] = name.toLowerCase() === 'customfield' ? withoutEncoding(value) : value;
  }
  return fields;
}

/** `digits` is known for its literal quotes; they are nobody's value. The epoch stands where a time is missing. */
function cleaned(value: unknown): string | null {
  const text = known(known(value)?.replace(/^"(.*)"$/s, '$1'));
  return text === null || /^1970-01-01\b/.test(text) ? null : text;
}

/** A `+` that was not encoded comes as a blank. */
function e164(value: string | null | undefined): string | null {
  return value === null || value === undefined ? null : parseDialable(value, 'IN').e164;
}
