import type { Call } from '../../src-shared/call.ts';
import { assertNever } from '../../src-shared/errors.ts';
import type { Settings } from '../../src-shared/settings.ts';

/** Which of the settings' `notify` a call that is over belongs to; null: nobody is told of it. */
export function endingOf({ status, conversation }: Call): keyof Settings['notify'] | null {
  switch (status) {
    case 'completed':
      return conversation.state === 'missed' || conversation.state === 'left' ? 'missed' : 'talked';
    case 'no-answer':
    case 'busy':
    case 'canceled':
      return 'notReached';
    case 'failed':
    case 'rejected':
    case 'unconfirmed':
      return 'failed';
    case 'queued':
    case 'held':
    case 'dialing':
    case 'in-progress':
    case 'answered':
    case 'withdrawn':
      return null;
    default:
      return assertNever(status);
  }
}

/** What a call came to, in a few words: whether they talked, how long. */
export function endingPhrase(call: Call): string {
  const { status, conversation } = call;
  if (status === 'completed') return conversationPhrase(call);
  if (status === 'rejected' && call.reason?.code === 'dnd') return 'Not called: the number is on DND';
  switch (status) {
    case 'no-answer':
      return 'No answer';
    case 'busy':
      return 'Busy';
    case 'canceled':
      return 'Canceled';
    case 'failed':
      return 'The call failed';
    case 'rejected':
      return 'Not called';
    case 'unconfirmed':
      return 'Unconfirmed: may have been called';
    default:
      return conversation.state === 'talking' ? 'Talking' : '';
  }
}

function conversationPhrase({ conversation: { state, seconds, why } }: Call): string {
  switch (state) {
    case 'talked':
    case 'talking':
      return seconds === null ? 'Talked' : `Talked ${spell(seconds)}`;
    case 'missed':
      if (why === 'called-off') return 'Called off: nobody was connected';
      if (why === 'away') return 'You were away: nobody was connected';
      if (why === 'declined') return 'You declined it';
      return seconds === null ? 'You missed it' : `You missed it: waited ${spell(seconds)}`;
    case 'left':
      return seconds === null ? 'Hung up while waiting' : `Hung up after waiting ${spell(seconds)}`;
    case 'automated':
      return 'Completed';
    case 'unknown':
    case 'waiting':
      return 'Completed, conversation unknown';
    default:
      return assertNever(state);
  }
}

/** `18 s`, `2 min 10 s`. */
export function spell(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  if (minutes === 0) return `${rest} s`;
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}

/** `2:10`, `1:02:10`. */
export function clockText(seconds: number): string {
  const pad = (part: number) => String(part).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  return hours === 0 ? `${minutes}:${pad(seconds % 60)}` : `${hours}:${pad(minutes)}:${pad(seconds % 60)}`;
}
