import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { z } from 'zod';

/** An answer's headers, names in lower case. */
export type AnswerHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Fields by name; no value is trusted to have any type. */
const fieldsSchema = z.record(z.string(), z.unknown());
export type Fields = Readonly<z.infer<typeof fieldsSchema>>;

/** Every value stays text: `08030752400` and a Sid like `1e5` are no numbers. */
const xml = new XMLParser({
  parseTagValue: false,
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  htmlEntities: true,
  maxNestedTags: 20,
});

/**
 * Reads the body of an answer, XML or JSON: the fields inside `TwilioResponse`, or of the JSON document. Null for
 * everything else: nothing, HTML, broken or cut documents, XML with a DOCTYPE (and so with entities of its own).
 */
export function readDocument(body: string): Fields | null {
  const text = body.replace(/^\uFEFF/, '').trim();
  const root = text.startsWith('<') ? readXml(text) : readJson(text);
  if (root === null) return null;
  return asFields(root['TwilioResponse']) ?? root;
}

/** Null where a value is no set of fields. An array of them is not, either. */
export function asFields(value: unknown): Fields | null {
  return fieldsSchema.safeParse(value).data ?? null;
}

/** What stands once or many times, or not at all. */
export function asList(value: unknown): readonly unknown[] {
  return value === undefined || value === '' || value === null ? [] : Array.isArray(value) ? value : [value];
}

function readXml(text: string): Fields | null {
  // The parser takes nearly anything for XML; the validator takes two roots and any DOCTYPE.
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text) || XMLValidator.validate(text) !== true) return null;
  try {
    const root = asFields(xml.parse(text));
    const isOurs = root !== null && Object.keys(root).length === 1 && 'TwilioResponse' in root;
    return isOurs ? root : null;
  } catch {
    return null;
  }
}

function readJson(text: string): Fields | null {
  try {
    return asFields(JSON.parse(text, keepNumbersAsWritten));
  } catch {
    return null;
  }
}

/** A Sid of twenty digits, written without quotes, would lose its last ones as a number. */
function keepNumbersAsWritten(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' ? (context?.source ?? value) : value;
}

/** Whether a web page came instead of Exotel's answer: a proxy on the way wrote it. */
export function isHtml(headers: AnswerHeaders, body: string): boolean {
  const [type] = asList(headers['content-type']);
  return (typeof type === 'string' && /\bhtml\b/i.test(type)) || /^\s*<(?:!doctype )?html\b/i.test(body);
}
