import { callIdForm } from './call-id.ts';

/** Our own part of CustomField, `1.<callId>.<token>` (design.md, "Flows, and the rep who joins"). */
const customFieldMark = new RegExp(`(1\\.${callIdForm}\\.)[\\w-]{3,}`, 'g');

/**
 * What Exotel sent, as JSON, fit to be stored: `…` for each token of ours. The wider payload and every applet bring
 * CustomField back, and whoever reads the database could otherwise speak for a call's flow. The call's id is no secret
 * and stays.
 *
 * @param token that came with it, by the URL or in CustomField; null: none did.
 */
export function withoutSecrets(raw: string, token: string | null): string {
  const unmarked = raw.replaceAll(customFieldMark, '$1…');
  return token === null ? unmarked : unmarked.replaceAll(token, '…');
}
