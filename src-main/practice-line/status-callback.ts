import { type Agent, FormData, request } from 'undici';
import { exotelTimeText } from '../../src-shared/exotel-fields.ts';
import type { PracticeCall } from './call-book.ts';
import type { StatusCallbackEvent, TwoNumbersForm } from './connect-form.ts';

/** Exotel waits so long for the 200 (exotel-api.md, "StatusCallback"). */
const answerWithinMs = 15_000;

/** A leg as the wider payload tells it. */
export interface ToldLeg {
  readonly number: string;
  /** Exotel's word; null: not attempted. */
  readonly status: string | null;
  readonly onCallSeconds: number;
  readonly answeredBy: 'Human' | 'NA';
}

type Leg = Readonly<Record<string, string>>;

/** The fields of a StatusCallback; `Legs` alone is nested. */
export interface StatusFields {
  readonly flat: Readonly<Record<string, string>>;
  readonly legs: readonly Leg[];
}

/** The seed's four fields, RecordingUrl only where there is one. */
export function endFields(call: PracticeCall): StatusFields {
  return {
    flat: {
      CallSid: call.sid,
      Status: call.status,
      ...(call.recordingUrl === null ? {} : { RecordingUrl: call.recordingUrl }),
      DateUpdated: exotelTimeText(call.updatedAt),
    },
    legs: [],
  };
}

/** The wider payload, of an event that was asked for. */
export function eventFields(
  event: StatusCallbackEvent,
  call: PracticeCall,
  customField: string | null,
  legs: readonly ToldLeg[],
  conversationSeconds: number,
): StatusFields {
  const { flat } = endFields(call);
  return {
    flat: {
      EventType: event,
      ...flat,
      DateCreated: exotelTimeText(call.createdAt),
      To: call.to,
      From: call.from,
      PhoneNumberSid: call.exoPhone,
      StartTime: exotelTimeText(call.createdAt),
      ...(call.endedAt === null ? {} : { EndTime: exotelTimeText(call.endedAt) }),
      ConversationDuration: String(conversationSeconds),
      Direction: 'outbound-api',
      ...(customField === null ? {} : { CustomField: customField }),
    },
    legs: legs.map((leg) => ({
      Number: leg.number,
      // The word, as it is written in forms.
      Status: leg.status ?? 'null',
      OnCallDuration: String(leg.onCallSeconds),
      AnsweredBy: leg.answeredBy,
    })),
  };
}

/**
 * Posts a StatusCallback as Exotel does. Whoever does not take it learns the end by asking, as after Exotel's last
 * repeat; so a failure is no error here.
 */
export async function postStatusCallback(
  url: string,
  fields: StatusFields,
  contentType: TwoNumbersForm['statusCallbackContentType'],
  agent: Agent,
): Promise<void> {
  try {
    const answer = await request(url, {
      method: 'POST',
      ...(contentType === 'application/json'
        ? { headers: { 'content-type': contentType }, body: asJson(fields) }
        : { body: asForm(fields) }),
      dispatcher: agent,
      headersTimeout: answerWithinMs,
      bodyTimeout: answerWithinMs,
    });
    await answer.body.dump();
  } catch {
    // See above.
  }
}

function asJson({ flat, legs }: StatusFields): string {
  return JSON.stringify(legs.length === 0 ? flat : { ...flat, Legs: legs });
}

function asForm({ flat, legs }: StatusFields): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(flat)) form.append(name, value);
  for (const [i, leg] of legs.entries()) {
    for (const [name, value] of Object.entries(leg)) form.append(`Legs[${i}][${name}]`, value);
  }
  return form;
}
