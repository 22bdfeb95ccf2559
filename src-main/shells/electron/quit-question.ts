import { type CallStatus, canCallOff } from '../../../src-shared/call.ts';
import type { CallView } from '../../../src-shared/contract/calls.ts';

/** Calls that are on their way to a customer, or at one. */
export const runningStatuses: CallStatus[] = ['queued', 'dialing', 'in-progress', 'answered'];

/** What is said before the program quits. */
export interface QuitQuestion {
  readonly message: string;
  readonly detail: string;
}

type Running = Pick<CallView, 'status' | 'line' | 'flow' | 'calledOff' | 'conversation'>;

/** What a person is told who quits while these calls run; null: nothing speaks against it. Practice ends with the program. */
export function quitQuestion(running: readonly Running[]): QuitQuestion | null {
  const real = running.filter(({ line }) => line.kind === 'account');
  const waiting = real.filter(({ status }) => status === 'queued');
  const out = real.filter(({ status }) => status !== 'queued');
  const [message] = [
    ...(out.length === 0 ? [] : [out.length === 1 ? 'A call is out' : `${out.length} calls are out`]),
    ...(waiting.length === 0 ? [] : [waitingSentence(waiting.length)]),
  ];
  if (message === undefined) return null;
  const detail: string[] = [];
  if (out.length > 0) {
    const [goes, them] = out.length === 1 ? ['It goes', 'it'] : ['They go', 'them'];
    detail.push(
      `${goes} on at Exotel without Flowdial; what came of ${them} is asked for at the next start.`,
    );
  }
  if (out.some((call) => canCallOff(call))) {
    detail.push(
      'A customer has not been put through yet: once Flowdial has quit, nobody tells Exotel to ring your phone, and they hear nobody.',
    );
  }
  if (waiting.length > 0) {
    const said = out.length > 0 ? `${waitingSentence(waiting.length)}: ` : '';
    detail.push(`${said}${waiting.length === 1 ? 'it is' : 'they are'} not sent before the next start.`);
  }
  return { message, detail: capital(detail.join(' ')) };
}

function waitingSentence(count: number): string {
  return count === 1 ? 'A call waits for its turn' : `${count} calls wait for their turn`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
