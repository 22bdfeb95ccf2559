import { known, matching, recordingUrl, sid, wholeSeconds, word } from '../../src-shared/exotel-fields.ts';
import { parseDialable } from '../../src-shared/phone-number.ts';
import type { AppletAsk } from './applet.ts';
import { readLegs, talkOf } from './applet-legs.ts';
import { readCustomField, withoutEncoding } from './custom-field.ts';
import { withoutSecrets } from './without-secrets.ts';

/** Room for what every applet sends, legs included, several times over. In characters; as JSON at most six bytes each. */
const limits = { fields: 64, name: 100, value: 4000, all: 10_000 };

interface Field {
  readonly name: string;
  readonly value: string;
}

/**
 * Reads what an applet tells with its query. Never fails: a customer may wait on the line. What is absent, unresolved
 * (`{{CallSid}}`), a filler, over-long or not what its field holds is null; what is beyond the limits is not read. Names
 * count in any case; of a field that comes twice, the last that says something counts.
 */
export function readAppletQuery(query: URLSearchParams): AppletAsk {
  return new AppletQuery(query);
}

/** A field is read when it is asked for: hardly any is needed before the answer, and the customer waits for that. */
class AppletQuery implements AppletAsk {
  readonly #fields: ReadonlyMap<string, Field>;
  readonly call: AppletAsk['call'];
  #legs: AppletAsk['legs'] | null = null;
  #raw: string | null = null;

  constructor(query: URLSearchParams) {
    this.#fields = gather(query);
    this.call = readCustomField(this.#said('customfield') ?? '');
  }

  #said(name: string): string | null {
    return cleaned(this.#fields.get(name)?.value);
  }

  get sid() {
    return sid(this.#said('callsid'));
  }

  get callStatus() {
    return word(this.#said('callstatus'));
  }

  get callType() {
    return word(this.#said('calltype'));
  }

  get dialWhomNumber() {
    return e164(this.#said('dialwhomnumber'));
  }

  get dialCallStatus() {
    return word(this.#said('dialcallstatus'));
  }

  get dialCallSeconds() {
    return wholeSeconds(this.#said('dialcallduration'));
  }

  get digits() {
    return matching(this.#said('digits'), /^[\d*#]{1,50}$/);
  }

  get legStatus() {
    return word(this.#said('status'));
  }

  get legEvent() {
    return word(this.#said('eventtype')) ?? word(this.#said('event'));
  }

  get onCallSeconds() {
    return talkOf(this.legs, this.dialWhomNumber);
  }

  get recordingUrl() {
    return recordingUrl(this.#said('recordingurl'));
  }

  get legs() {
    this.#legs ??= readLegs(this.#fields, { text: cleaned, e164 });
    return this.#legs;
  }

  get raw() {
    this.#raw ??= withoutSecrets(asJson(this.#fields), this.call?.token ?? null);
    return this.#raw;
  }
}

/** The fields as they came, within the limits, by their names in lower case. */
function gather(query: URLSearchParams): Map<string, Field> {
  const fields = new Map<string, Field>();
  let count = 0;
  let characters = 0;
  for (const [name, value] of query) {
    if (++count > limits.fields) break;
    if (name.length > limits.name || value.length > limits.value) continue;
    characters += name.length + value.length;
    if (characters > limits.all) break;
    const key = name.toLowerCase();
    if (fields.has(key) && known(value) === null) continue;
    // Else a token that came encoded twice would not be seen, and stored.
    fields.set(key, { name, value: key === 'customfield' ? withoutEncoding(value) : value });
  }
  return fields;
}

function asJson(fields: ReadonlyMap<string, Field>): string {
  return JSON.stringify(Object.fromEntries([...fields.values()].map(({ name, value }) => [name, value])));
}

/** `digits` is known for its literal quotes; they are nobody's value. The epoch stands where a time is missing. */
function cleaned(value: unknown): string | null {
  const text = known(value);
  if (text === null || text.startsWith('1970-01-01')) return null;
  return text.startsWith('"') ? known(text.replace(/^"(.*)"$/s, '$1')) : text;
}

/** A `+` that was not encoded comes as a blank. */
function e164(value: string | null | undefined): string | null {
  return value === null || value === undefined ? null : parseDialable(value, 'IN').e164;
}
