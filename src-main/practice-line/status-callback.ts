import { type Agent, FormData, request } from 'undici';
import { exotelTimeText } from '../../src-shared/exotel-fields.ts';
import type { PracticeCall } from './call-book.ts';

/** Exotel waits so long for the 200 (exotel-api.md, "StatusCallback"). */
const answerWithinMs = 15_000;

/**
 * Posts a call's end as Exotel does: multipart/form-data with the seed's four fields, RecordingUrl only where there is
 * one. Whoever does not take it learns the end by asking, as after Exotel's last repeat; so a failure is no error here.
 */
export async function postStatusCallback(url: string, call: PracticeCall, agent: Agent): Promise<void> {
  const form = new FormData();
  form.append('CallSid', call.sid);
  form.append('Status', call.status);
  if (call.recordingUrl !== null) form.append('RecordingUrl', call.recordingUrl);
  form.append('DateUpdated', exotelTimeText(call.updatedAt));
  try {
    const answer = await request(url, {
      method: 'POST',
      body: form,
      dispatcher: agent,
      headersTimeout: answerWithinMs,
      bodyTimeout: answerWithinMs,
    });
    await answer.body.dump();
  } catch {
    // See above.
  }
}
