const uuid = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';

/** Our own part of CustomField, `1.<callId>.<token>` (design.md, "Flows, and the rep who joins"). */
const customFieldMark = new RegExp(`(1\\.${uuid}\\.)[\\w-]{3,}`, 'g');

/**
 * A callback's fields, as JSON, fit to be stored: `…` for each token of ours. Exotel's wider payload brings CustomField
 * back, and whoever reads the database could otherwise speak for a call's flow. The call's id is no secret and stays.
 *
 * @param token of the URL that the callback came by.
 */
export function withoutSecrets(raw: string, token: string): string {
  return raw.replaceAll(customFieldMark, '$1…').replaceAll(token, '…');
}
