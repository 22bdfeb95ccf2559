import type { Line } from '../../src-shared/call-events.ts';
import type { Settings } from '../../src-shared/settings.ts';

/** The account's line as the settings name it, whichever is in use. */
export function accountLine({
  host,
  accountSid,
}: Pick<Settings, 'host' | 'accountSid'>): Extract<Line, { kind: 'account' }> {
  return { kind: 'account', host, accountSid };
}

/** The line that calls go to now. */
export function lineInUse(settings: Pick<Settings, 'line' | 'host' | 'accountSid'>): Line {
  return settings.line === 'practice' ? { kind: 'practice' } : accountLine(settings);
}
