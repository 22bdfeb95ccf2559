import type { Clock } from '../ports.ts';
import type { Dialer } from './dialer.ts';

/** How long quitting waits for Exotel's answers to requests on the wire. */
const lastAnswersMs = 3000;

/** Answers that are about to come are worth a short wait; a call given up on the wire is recorded as in doubt. */
export async function waitForLastAnswers(dialer: Pick<Dialer, 'settle'>, clock: Clock): Promise<void> {
  const { promise: waitedEnough, resolve } = Promise.withResolvers<void>();
  const cancel = clock.after(lastAnswersMs, resolve);
  await Promise.race([dialer.settle(), waitedEnough]);
  cancel();
}
