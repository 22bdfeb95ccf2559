import type { DialedLeg, LegEvent } from './applet-query.ts';
import type { ConnectAnswer } from './connect-answer.ts';
import type { Script } from './endings.ts';
import { type After, firstOf, later } from './first-of.ts';
import type { Shown, Telephone } from './practice-phone.ts';

export interface LegParts {
  readonly now: () => number;
  readonly after: After;
  /** A customer who leaves while waiting hangs up after so long. ms. */
  readonly patienceMs: number;
  /** A customer who hangs up talks so long. ms. */
  readonly talkMs: number;
}

/** How a leg ended, and whether the customer is still on the line. */
export interface EndedLeg extends DialedLeg {
  readonly customerLeft: boolean;
}

/**
 * Rings a phone for the customer who waits, and lets them talk: until either hangs up, or the answer's limits cut it.
 *
 * @param event each step of the leg, in order
 */
export async function dialLeg(
  phone: Telephone,
  shown: Shown,
  limits: Pick<ConnectAnswer, 'ringSeconds' | 'talkSeconds'>,
  customer: Script['customer'],
  parts: LegParts,
  event: (event: LegEvent) => void,
): Promise<EndedLeg> {
  const { after, now } = parts;
  const leaves = (when: Script['customer'], ms: number) =>
    customer === when ? [later(after, ms, 'left' as const)] : [];
  const secondsSince = (ms: number) => Math.ceil((now() - ms) / 1000);
  const dialledAt = now();
  event('Dial');
  event('Ringing');
  const picked = await firstOf<'answered' | 'busy' | 'no-answer' | 'left'>(
    phone.ring(shown),
    later(after, limits.ringSeconds * 1000, 'no-answer'),
    ...leaves('leaves-waiting', parts.patienceMs),
  );
  if (picked !== 'answered') {
    event('Terminal');
    return {
      number: shown.number,
      status: picked === 'left' ? 'canceled' : picked,
      dialSeconds: secondsSince(dialledAt),
      talkSeconds: null,
      customerLeft: picked === 'left',
    };
  }
  const answeredAt = now();
  event('Answered');
  const ended = await firstOf<'hung-up' | 'cut' | 'left'>(
    phone.hungUp(shown.sid),
    later(after, limits.talkSeconds * 1000, 'cut'),
    ...leaves('leaves-talking', parts.talkMs),
  );
  phone.free(shown.sid);
  event('Terminal');
  return {
    number: shown.number,
    status: 'completed',
    dialSeconds: secondsSince(dialledAt),
    talkSeconds: secondsSince(answeredAt),
    customerLeft: ended === 'left',
  };
}
