import type { Line } from '../../src-shared/call-events.ts';

/** Where Exotel keeps recordings: its own hosts and S3 (exotel-api.md, "Recordings"); what lies below counts too. */
const recordingHosts = ['exotel.com', 'exotel.in', 'amazonaws.com'];

/**
 * The address of a call's recording as it may be opened, or null: Exotel's hosts by https (also where Exotel wrote
 * http), the host that the account is set to, and the practice line on this computer. A callback names it, and
 * whatever it names, a rep must not be led elsewhere.
 */
export function recordingAddress(given: string, line: Line): string | null {
  const url = URL.parse(given);
  if (url === null || url.username !== '' || url.password !== '') return null;
  if (line.kind === 'practice') {
    return url.protocol === 'http:' && url.hostname === '127.0.0.1' ? url.href : null;
  }
  if (url.origin === URL.parse(line.host)?.origin && /^https?:$/.test(url.protocol)) return url.href;
  const isExotels = recordingHosts.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`));
  if (!isExotels || url.port !== '') return null;
  if (url.protocol === 'http:') url.protocol = 'https:';
  return url.protocol === 'https:' ? url.href : null;
}
