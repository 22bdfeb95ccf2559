import type { CallEvent } from '../../src-shared/call-events.ts';
import type { ExotelReport } from '../../src-shared/exotel-report.ts';
import { isTerminal, readExotelStatus } from '../../src-shared/call.ts';
import type { CallView, StoredEvent } from '../../src-shared/contract/calls.ts';
import { assertNever, type CallReason } from '../../src-shared/errors.ts';
import type { FlowEvent } from '../../src-shared/flow-events.ts';
import { t } from '../words/words.ts';
import { conversationWords } from './conversation-words.ts';
import { clock, dueTime, lengthWords, shortPhone, shortSid, timeWithSeconds } from './format.ts';

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
  const told = conversationWords(call);
  if (told !== null) return `${told.long}.`;
  if (call.status === 'rejected' || call.status === 'unconfirmed') return '';
  if (call.status === 'queued') return queueWords(call);
  const words = call.status === 'in-progress' ? ringingWords(call) : t(`meaning.${call.status}`);
  return call.byAsking && !isTerminal(call.status) ? `${words} ${t('meaning.byAsking')}` : words;
}

/** Whose phone rings now, and whose next. */
function ringingWords(call: CallView): string {
  const phone = call.repNumber === null ? null : shortPhone(call.repNumber);
  if (call.ringMeFirst) return t('meaning.inProgressMeFirst', { who: callee(call), phone: phone ?? '' });
  if (call.flow?.kind !== 'rings-me') return t('meaning.in-progress');
  return phone === null ? t('meaning.inProgressMineNoPhone') : t('meaning.inProgressMine', { phone });
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
  const { state } = call.conversation;
  if (state !== 'unknown' && state !== 'automated') return t(`announce.${state}`, { who });
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
      return {
        text: t('event.placed'),
        details: event.overrodeWhy === '' ? [] : [t('event.inSpite', { why: event.overrodeWhy })],
      };
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
    case 'connect-asked':
    case 'greeted':
    case 'leg':
    case 'passthru':
      return flowWords(event);
    case 'called-off':
      return { text: t('event.calledOff'), details: [t('live.callOffWhat')] };
    case 'outcome':
      return {
        text:
          event.outcome === null ? t('event.outcomeGone') : t('event.outcome', { outcome: event.outcome }),
        details: [],
      };
    case 'noted':
      return { text: t(event.text === '' ? 'event.noteGone' : 'event.noted'), details: [] };
    case 'follow-up':
      return {
        text:
          event.due === null ? t('event.followUpGone') : t('event.followUp', { when: dueTime(event.due) }),
        details: [],
      };
    default:
      return assertNever(event);
  }
}

/** What the applets of the call's flow told. */
function flowWords(event: FlowEvent): { text: string; details: readonly string[] } {
  switch (event.type) {
    case 'connect-asked':
      return {
        text:
          event.refused === null
            ? t('event.connectAsked', { phone: event.to === null ? '' : shortPhone(event.to) })
            : t(`event.connectRefused.${event.refused}`),
        details: [],
      };
    case 'greeted':
      return { text: t('event.greeted'), details: [] };
    case 'leg':
      return {
        text: t(`event.leg.${event.what}`),
        details: [onCall(event.onCallSeconds), quoted(event.what === 'other' ? event.word : null)],
      };
    case 'passthru':
      return {
        text: t(`event.passthru.${event.branch}`),
        details: [
          onCall(event.onCallSeconds),
          quoted(event.dialCallStatus),
          event.digits === null || event.digits === '' ? '' : t('event.digits', { digits: event.digits }),
        ],
      };
    default:
      return assertNever(event);
  }
}

function onCall(seconds: number | null): string {
  return seconds === null ? '' : t('event.onCall', { time: lengthWords(seconds) });
}

function quoted(word: string | null): string {
  return word === null || word === '' ? '' : t('event.word', { word });
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
