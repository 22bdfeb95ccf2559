/**
 * Takes out of a log what must not be there: anything like a token, and all of a phone number but its last three
 * digits. Rather too much than too little: a value is judged by the name it stands under and by how it looks.
 */

const gone = '[redacted]';

/** Names whose value is a secret, however it looks. */
const secretName = /authori[sz]ation|cookie|token|secret|passw|credential|api[-_]?key/i;

/** A Sid looks like a token, is none, and is what Exotel's support asks for. */
const sidName = /sid$/i;

/** Longer texts and deeper data are cut: a log is no copy of what it tells of. */
const limits = { text: 2000, depth: 6, items: 100 };

/** Data for the log, as JSON can hold it. */
export function redact(value: unknown): unknown {
  return redactValue(value, '', 0);
}

function redactValue(value: unknown, name: string, depth: number): unknown {
  if (value === null || typeof value === 'boolean') return value;
  if (value === undefined || typeof value === 'function' || typeof value === 'symbol') return undefined;
  if (secretName.test(name)) return gone;
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return redactText(String(value));
  if (typeof value === 'string') return sidName.test(name) && isSid(value) ? value : redactText(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof URL) return redactText(value.href);
  if (depth === limits.depth) return '[…]';
  if (value instanceof Error) return redactError(value, depth);
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
  if (value instanceof Map || value instanceof Set) return redactList([...value], depth);
  if (Array.isArray(value)) return redactList(value, depth);
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, limits.items)
      .map(([key, item]) => [redactText(key), redactValue(item, key, depth + 1)]),
  );
}

function redactList(items: readonly unknown[], depth: number): unknown[] {
  return items.slice(0, limits.items).map((item) => redactValue(item, '', depth + 1));
}

/** An Error's own words are not enumerable, and its fields (`code`, a request) are. */
function redactError(error: Error, depth: number): unknown {
  const { name, message, stack, cause } = error;
  return redactValue(Object.assign({}, error, { name, message, stack, cause }), '', depth + 1);
}

function isSid(text: string): boolean {
  return /^[A-Za-z0-9]{1,40}$/.test(text);
}

/** What must be told apart before it is judged: these look like tokens or numbers, and are none. */
const innocent = [
  String.raw`\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b`, // a UUID: our ids
  String.raw`\b\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?)?(?!\d)`, // a date, with its time
  String.raw`\b\d{1,3}(?:\.\d{1,3}){3}\b`, // an IP address
].join('|');

/** As long as 15 random bytes in base64url; ours have 16. */
const tokenLike = String.raw`[\w-]{20,}`;

/** Eight digits or more of any script, with what people write between them. */
const numberLike = String.raw`[+(]*\p{Nd}(?:[\s\p{Cf}\p{Pd}()./]{0,3}\p{Nd}){7,}`;

const judged = new RegExp(`(${innocent})|(${tokenLike})|(${numberLike})`, 'gu');

/** A text for the log. */
export function redactText(text: string): string {
  const redacted = text
    .slice(0, limits.text)
    .replaceAll(/\b(https?:\/\/)[^\s/@]+@/gi, `$1${gone}@`)
    .replaceAll(/\b(basic|bearer)\s+[\w.~+/=-]+/gi, `$1 ${gone}`)
    .replaceAll(
      /((?:token|secret|passw\w*|api[-_]?key|authori[sz]ation)["']?\s*[=:]\s*["']?)(?!basic |bearer )[^\s"'&,;]+/gi,
      `$1${gone}`,
    )
    .replaceAll(judged, (whole, innocentText?: string, token?: string) => {
      if (innocentText !== undefined) return innocentText;
      if (token !== undefined) return isWord(token) ? token : gone;
      return `…${[...whole.matchAll(/\p{Nd}/gu)].slice(-3).join('')}`;
    });
  return text.length > limits.text ? `${redacted}…` : redacted;
}

/** Error codes, kebab names and camelCase names are long words; random text of that length is never like them. */
function isWord(text: string): boolean {
  return /^(?:[A-Z]+(?:_[A-Z]+)*|[a-z]+(?:[-_][a-z]+)*|[A-Za-z][a-z]{2,}(?:[A-Z][a-z]{2,})*)$/.test(text);
}
