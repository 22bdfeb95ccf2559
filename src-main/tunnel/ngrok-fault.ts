import type { NgrokFault } from './ngrok-messages.ts';

/** Malformed, of another version, revoked; an account without a verified address (ngrok.com/docs/errors). */
const tokenErrors: ReadonlySet<string> = new Set([
  'ERR_NGROK_105',
  'ERR_NGROK_106',
  'ERR_NGROK_107',
  'ERR_NGROK_4018',
]);

/**
 * Reads an error of ngrok's SDK. The SDK tells errors apart by their text, and by a code that is sometimes a property,
 * sometimes only in the text (toolchain.md B2). A bad token shows only where the service could be reached.
 */
export function readNgrokError(
  error: unknown,
  asked: { readonly authtoken: string; readonly domain: string },
): NgrokFault {
  const text = error instanceof Error ? error.message : String(error);
  return { problem: problemOf(text, asked.domain), message: withoutToken(text, asked.authtoken) };
}

function problemOf(text: string, domain: string): NgrokFault['problem'] {
  const code = /ERR_NGROK_\d+/.exec(text)?.[0] ?? '';
  if (tokenErrors.has(code)) return 'bad-token';
  if (code === 'ERR_NGROK_108') return 'session-in-use';
  if (code === 'ERR_NGROK_334') return 'domain-in-use';
  if (/failed to (start listener|bind)/.test(text) && domain !== '') return 'domain-refused';
  if (text.includes('failed to establish tcp connection')) return 'offline';
  if (text.includes('tls handshake error')) return 'untrusted';
  return 'other';
}

const longestMessage = 500;

/** ngrok's service repeats the token in its answers, perhaps only a part of it: what is like a token goes too. */
function withoutToken(text: string, authtoken: string): string {
  return text
    .replaceAll(authtoken, '…')
    .replaceAll(/(authtoken:)\s*\S+/gi, '$1 …')
    .replaceAll(/[A-Za-z0-9_]{20,}/g, '…')
    .replaceAll(/\s+/g, ' ')
    .slice(0, longestMessage);
}
