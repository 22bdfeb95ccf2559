import type { CallEvent, ExotelReport } from '../../src-shared/call.ts';
import { isTerminal, readExotelStatus } from '../../src-shared/call.ts';
import type { CallView, StoredEvent } from '../../src-shared/contract/calls.ts';
import { assertNever, type CallReason } from '../../src-shared/errors.ts';
import { t } from '../words/words.ts';
import { clock, shortSid, timeWithSeconds } from './format.ts';

/** Who a call is for: the contact's name, else the number. */
export function callee(call: Pick<CallView, 'contactName' | 'numberText'>): string {
  return call.contactName ?? call.numberText;
}

export interface ReasonWords {
  readonly what: string;
  /** Whether the customer was called. */
  readonly called: string;
  readonly todo: string;
  /** Exotel's own words; empty where there are none. */
  readonly quote: string;
}

/** Why a call was refused, or why nobody knows, as a person reads it. */
export function reasonWords(reason: CallReason): ReasonWords {
  const http = reason.httpStatus === null ? '' : t('reasonHttp', { status: reason.httpStatus });
  const { message } = reason;
  // Where nobody answered, the message is the network's error code.
  const own =
    message === '' ? '' : t(reason.httpStatus === null ? 'reasonNetwork' : 'reasonOwnWords', { message });
  return {
    what: t(`reason.${reason.code}.what`),
    called: t(`customerCalled.${reason.customerCalled}`),
    todo: t(`reason.${reason.code}.todo`),
    quote: [own, http].filter((part) => part !== '').join(' · '),
  };
}

/** What a call's state means and what comes next; empty where the reason says it all. */
export function meaning(call: CallView): string {
  if (call.status === 'rejected' || call.status === 'unconfirmed') return '';
  if (call.status === 'queued') return queueWords(call);
  const words = t(`meaning.${call.status}`);
  return call.byAsking && !isTerminal(call.status) ? `${words} ${t('meaning.byAsking')}` : words;
}

/** Where a queued call stands, and about when it goes. */
function queueWords({ queue, retryAt }: CallView): string {
  return [retryAt === null ? '' : t('meaning.slowedDown'), placeWords(queue)]
    .filter((part) => part !== '')
    .join(' ');
}

function placeWords(queue: CallView['queue']): string {
  if (queue === null) return t('meaning.queued');
  const { position: count, expectedAt } = queue;
  if (expectedAt === null) {
    return count === 1 ? t('meaning.queuedNext') : t('meaning.queuedPlace', { count, ordinal: true });
  }
  const time = timeWithSeconds(expectedAt);
  return count === 1
    ? t('meaning.queuedNextAbout', { time })
    : t('meaning.queuedPlaceAbout', { count, time, ordinal: true });
}

/** What the announcer says as a call moves. */
export function announcement(call: CallView, who: string): string {
  if (call.status !== 'rejected' && call.status !== 'unconfirmed')
    return t(`announce.${call.status}`, { who });
  const reason = call.reason === null ? null : reasonWords(call.reason);
  return t(`announce.${call.status}`, {
    who,
    reason: reason?.what ?? '',
    called: reason?.called ?? '',
  });
}

export interface EventWords {
  readonly text: string;
  /** The second line; may be empty. */
  readonly detail: string;
}

/** An event of a call's story, in words. */
export function eventWords({ event, times, lastAt }: StoredEvent): EventWords {
  const repeated = times > 1 ? t('event.times', { count: times, time: timeWithSeconds(lastAt) }) : '';
  const { text, details } = wordsOf(event);
  return { text, detail: [...details, repeated].filter((part) => part !== '').join(' · ') };
}

function wordsOf(event: CallEvent): { text: string; details: readonly string[] } {
  switch (event.type) {
    case 'placed':
      return { text: t('event.placed'), details: [] };
    case 'sending':
      return {
        text: event.attempt > 1 ? t('event.sendingAgain', { attempt: event.attempt }) : t('event.sending'),
        details: event.byAsking ? [t('event.byAsking')] : [],
      };
    case 'accepted':
      return {
        text:
          event.report.sid === null
            ? t('event.accepted')
            : t('event.acceptedSid', { sid: shortSid(event.report.sid) }),
        details: [],
      };
    case 'refused':
      return failed('event.refused', event.reason);
    case 'rate-limited':
      return { text: t('event.rateLimited', { time: timeWithSeconds(event.retryAt) }), details: [] };
    case 'not-sent':
      return failed(event.again ? 'event.notSentAgain' : 'event.notSent', event.reason);
    case 'doubted':
      return failed('event.doubted', event.reason);
    case 'interrupted':
      return { text: t('event.interrupted'), details: [t('customerCalled.perhaps')] };
    case 'reported':
      return {
        text: reported(event.report),
        details: [
          ...learnt(event.report),
          t(event.source === 'callback' ? 'event.byCallback' : 'event.byAsked'),
        ],
      };
    case 'matched':
      return {
        text: t(event.by === 'search' ? 'event.matched' : 'event.matchedByYou', {
          sid: shortSid(event.report.sid),
        }),
        details: [reported(event.report), ...learnt(event.report)],
      };
    case 'candidates':
      return { text: t('event.candidates', { count: event.candidates.length }), details: [] };
    case 'not-mine':
      return { text: t('event.notMine', { sid: shortSid(event.sid) }), details: [] };
    case 'settled':
      return {
        text: t(event.as === 'not-found' ? 'event.settledNotFound' : 'event.settledForgotten'),
        details: [],
      };
    case 'held':
      return { text: t('event.held'), details: [] };
    case 'continued':
      return { text: t('event.continued'), details: [] };
    case 'withdrawn':
      return { text: t('event.withdrawn'), details: [] };
    default:
      return assertNever(event);
  }
}

/** The status word of a call in Exotel's list. */
export function listedWords(report: ExotelReport): string {
  const status = readExotelStatus(report.status);
  if (status !== null) return t(`status.${status}`);
  return report.status ?? t('match.noStatus');
}

function failed(
  key: 'event.refused' | 'event.notSent' | 'event.notSentAgain' | 'event.doubted',
  reason: CallReason,
) {
  const { what, called, quote } = reasonWords(reason);
  return { text: t(key, { what }), details: [called, quote] };
}

function reported(report: ExotelReport): string {
  if (report.eventType?.trim().toLowerCase() === 'answered') {
    return t('event.reported', { status: t('status.answered') });
  }
  if (report.status === null) return t('event.reportedNothing');
  const status = readExotelStatus(report.status);
  return status === null
    ? t('event.reportedUnknown', { word: report.status })
    : t('event.reported', { status: t(`status.${status}`) });
}

function learnt(report: ExotelReport): readonly string[] {
  return [
    report.durationSeconds === null ? '' : t('event.talked', { duration: clock(report.durationSeconds) }),
    report.price === null ? '' : t('event.price', { price: report.price }),
    report.recordingUrl === null ? '' : t('event.recording'),
  ];
}
