import { callIdForm } from './call-id.ts';

const ownForm = new RegExp(`^1\\.(${callIdForm})\\.([A-Za-z0-9_-]{16,64})(?![A-Za-z0-9_-])`);

/** Exotel was seen to encode what it echoes once more than it should. */
const mostEncodings = 3;

/** Reads `1.<callId>.<token>`, whatever follows it: the rep's own text, or what was put behind it on the way. */
export function readCustomField(text: string): { readonly callId: string; readonly token: string } | null {
  const [, callId, token] = ownForm.exec(text) ?? [];
  return callId === undefined || token === undefined ? null : { callId, token };
}

/** A value that is still percent-encoded, decoded to its end; a percent sign of the rep's own text stays. */
export function withoutEncoding(value: string): string {
  let text = value;
  for (let left = mostEncodings; left > 0 && text.includes('%'); left--) {
    text = text.replaceAll(/(?:%[0-9a-f]{2})+/gi, decoded);
  }
  return text;
}

function decoded(escapes: string): string {
  try {
    return decodeURIComponent(escapes);
  } catch {
    return escapes;
  }
}
