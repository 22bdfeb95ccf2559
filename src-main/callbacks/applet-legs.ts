import { wholeSeconds, word } from '../../src-shared/exotel-fields.ts';
import type { AppletLeg } from './applet.ts';

/** A flow has two legs, and one more for each further number that was tried. */
const mostLegs = 16;
const deepest = 6;

interface Readers {
  text(value: unknown): string | null;
  e164(value: string | null): string | null;
}

/**
 * The legs in a query, in their order: `Legs[0][OnCallDuration]=11`, `Legs[0]={"OnCallDuration":11}` or
 * `Legs=[{"OnCallDuration":11}]`.
 *
 * @param fields by their names in lower case
 */
export function readLegs(
  fields: ReadonlyMap<string, { readonly value: string }>,
  read: Readers,
): AppletLeg[] {
  const legs = new Map<number, Map<string, unknown>>();
  for (const [name, { value }] of fields) {
    if (!name.startsWith('legs')) continue;
    const [head, ...path] = name.split(/[[\].]+/).filter((part) => part !== '');
    if (head !== 'legs') continue;
    for (const [[index = '', ...rest], leaf] of leaves(path, value)) {
      const field = rest.at(-1)?.toLowerCase();
      if (field === undefined || !/^\d{1,3}$/.test(index)) continue;
      const leg = legs.get(Number(index)) ?? new Map<string, unknown>();
      legs.set(Number(index), leg.set(field, leaf));
    }
  }
  return [...legs]
    .sort(([a], [b]) => a - b)
    .slice(0, mostLegs)
    .map(([, leg]) => ({
      number: read.e164(read.text(leg.get('number'))),
      status: word(read.text(leg.get('status'))),
      onCallSeconds: wholeSeconds(read.text(leg.get('oncallduration'))),
      cause: word(read.text(leg.get('cause'))) ?? word(read.text(leg.get('causecode'))),
    }));
}

/** Each value with its path, also out of JSON that stands as text. */
function* leaves(path: readonly string[], value: unknown): Generator<[readonly string[], unknown]> {
  const inner = typeof value === 'string' ? parsed(value) : value;
  if (typeof inner !== 'object' || inner === null) yield [path, value];
  else if (path.length < deepest) {
    for (const [name, each] of Object.entries(inner)) yield* leaves([...path, name], each);
  }
}

function parsed(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * The talk of the leg that rang this number. Where legs say their numbers and it is none of them, nobody's talk is taken
 * for the rep's; where they say none, the first leg is the rep's, as Passthru was seen to tell it.
 */
export function talkOf(legs: readonly AppletLeg[], number: string | null): number | null {
  const nameless = legs.every((leg) => leg.number === null);
  const leg = nameless ? legs[0] : legs.find((each) => each.number !== null && each.number === number);
  return leg?.onCallSeconds ?? null;
}
