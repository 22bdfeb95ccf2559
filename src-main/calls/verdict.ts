import { lineKey } from '../../src-shared/call.ts';
import type { Verdict, Warning } from '../../src-shared/contract/calls.ts';
import { formatExoPhone, formatNumber, parseDialable } from '../../src-shared/phone-number.ts';
import type { Settings } from '../../src-shared/settings.ts';
import type { Clock } from '../ports.ts';
import type { Storage, StoredCall } from '../storage/storage.ts';
import { callingHoursWarningOn } from './calling-hours.ts';
import type { Lines } from './lines.ts';

/** Warns that this number was called within the "ask again" window. */
export function calledJustNow(previous: StoredCall, now: number): Warning {
  const secondsAgo = Math.max(0, Math.round((now - previous.call.placedAt) / 1000));
  return { code: 'called-just-now', secondsAgo, callId: previous.call.id };
}

/**
 * What will happen if this text is called now: for the screen, before the press. `place` decides again, in the
 * transaction that writes the call.
 */
export async function check(
  entered: string,
  parts: {
    readonly clock: Clock;
    readonly storage: Storage;
    readonly settings: () => Settings;
    readonly lines: Lines;
  },
): Promise<Verdict> {
  const settings = parts.settings();
  const now = parts.clock.now();
  const { e164 } = parseDialable(entered, settings.country);
  const open = await parts.lines.current();
  const ready = 'missing' in open ? null : open;
  const [contact, doNotCall, recent] =
    e164 === null
      ? [null, null, null]
      : await Promise.all([
          parts.storage.contacts.byNumber(e164),
          parts.storage.doNotCall.find(e164, now),
          ready === null
            ? null
            : parts.storage.calls.recent(e164, lineKey(ready.line), now - settings.askAgainSeconds * 1000),
        ]);
  const hours = callingHoursWarningOn(settings.line, settings, now);
  const callerId = ready?.callerId ?? settings.callerId;
  return {
    number: { entered, e164 },
    numberText: e164 === null ? entered : formatNumber(e164),
    contact,
    callerIdText: callerId === '' ? '' : formatExoPhone(callerId),
    doNotCall,
    warnings: [...(hours === null ? [] : [hours]), ...(recent === null ? [] : [calledJustNow(recent, now)])],
    missing: 'missing' in open ? open.missing : [],
  };
}
