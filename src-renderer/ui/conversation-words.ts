import type { CallView } from '../../src-shared/contract/calls.ts';
import { assertNever } from '../../src-shared/errors.ts';
import { t } from '../words/words.ts';
import { lengthWords } from './format.ts';

/** What a call's conversation is told by. */
export type Told = Pick<CallView, 'status' | 'conversation' | 'calledOff' | 'contactName' | 'numberText'>;

export interface ConversationWords {
  /** In a sentence, by name: `You missed it: Priya waited 18 s`. */
  readonly long: string;
  /** In two or three words, for a pill: `You missed it: waited 18 s`. */
  readonly short: string;
  /** `ok`: they talked. `wait`: a customer waits, or was left waiting. */
  readonly tone: 'ok' | 'wait' | 'brand' | 'quiet';
}

/** Who talked, in words; null where the status says all there is to say. */
export function conversationWords(call: Told): ConversationWords | null {
  const { conversation, contactName, numberText, status } = call;
  const who = contactName ?? numberText;
  const time = conversation.seconds === null ? null : lengthWords(conversation.seconds);
  switch (conversation.state) {
    case 'waiting':
      return {
        long: t('conversation.waiting', { who }),
        short: t('conversation.short.waiting'),
        tone: 'wait',
      };
    case 'talking':
      return { long: t('conversation.talking'), short: t('conversation.short.talking'), tone: 'ok' };
    case 'talked':
      return {
        long: time === null ? t('conversation.talked') : t('conversation.talkedFor', { time }),
        short: t('conversation.short.talked'),
        tone: 'ok',
      };
    case 'missed':
      return missedWords(conversation.why, who, time);
    case 'left':
      return {
        long: time === null ? t('conversation.left', { who }) : t('conversation.leftWaited', { who, time }),
        short: time === null ? t('conversation.short.left') : t('conversation.short.leftWaited', { time }),
        tone: 'wait',
      };
    case 'automated':
      if (status !== 'completed') return null;
      return {
        long: t('conversation.automated'),
        short: t('conversation.short.automated'),
        tone: 'brand',
      };
    case 'unknown':
      return unknownWords(call);
    default:
      return assertNever(conversation.state);
  }
}

/** `completed` says that the customer's phone was on the line, not that anybody talked with them. */
function unknownWords({ status, calledOff }: Told): ConversationWords | null {
  if (status !== 'completed') return null;
  if (calledOff) {
    return {
      long: t('conversation.calledOffUnknown'),
      short: t('conversation.short.calledOff'),
      tone: 'quiet',
    };
  }
  return { long: t('conversation.unknown'), short: t('conversation.short.unknown'), tone: 'quiet' };
}

function missedWords(why: Told['conversation']['why'], who: string, time: string | null): ConversationWords {
  switch (why) {
    case null:
    case 'no-answer':
      return {
        long: time === null ? t('conversation.missed') : t('conversation.missedWaited', { who, time }),
        short:
          time === null ? t('conversation.short.missed') : t('conversation.short.missedWaited', { time }),
        tone: 'wait',
      };
    case 'declined':
      return {
        long: time === null ? t('conversation.declined') : t('conversation.declinedWaited', { who, time }),
        short: t('conversation.short.declined'),
        tone: 'wait',
      };
    case 'called-off':
      return {
        long: t('conversation.calledOff', { who }),
        short: t('conversation.short.calledOff'),
        tone: 'quiet',
      };
    case 'away':
      return { long: t('conversation.away'), short: t('conversation.short.away'), tone: 'wait' };
    case 'not-dialled':
      return { long: t('conversation.notDialled'), short: t('conversation.short.notDialled'), tone: 'wait' };
    default:
      return assertNever(why);
  }
}
