import type { CallRecord } from './call-record.ts';
import type { FlowForm } from './connect-form.ts';
import type { Script } from './endings.ts';
import { firstOf, later } from './first-of.ts';
import type { PracticeFlow } from './practice-line.ts';
import { endFields, postStatusCallback } from './status-callback.ts';
import { type Walked, type WalkParts, walkFlow } from './walk-flow.ts';

/** A late Passthru comes so long after the last StatusCallback. */
const passthruLateMs = 1000;

/**
 * Rings the customer, walks them through the flow where they pick up, ends as scripted, and tells by StatusCallback.
 */
export async function ringCustomer(
  form: FlowForm,
  flow: PracticeFlow,
  script: Script,
  record: CallRecord,
  parts: WalkParts & { readonly ringMs: number; readonly accountSid: string },
): Promise<void> {
  const { after, now, ringMs } = parts;
  const wait = (ms: number) => firstOf(later(after, ms, null));
  after(ringMs / 4, () => record.move({ status: 'ringing' }));
  await wait(ringMs);

  let walked: Walked = { recordingUrl: null, sendLate: null };
  if (script.end === 'completed') {
    record.move({ status: 'in-progress' });
    const { sid, createdAt } = record.get();
    const call = {
      sid,
      customer: form.from,
      exoPhone: form.callerId,
      customField: form.customField,
      appId: form.appId,
      accountSid: parts.accountSid,
      createdAt,
      startedAt: now(),
    };
    walked = await walkFlow(call, flow, script, parts);
  }

  record.move({ status: script.end, endedAt: now(), recordingUrl: walked.recordingUrl });
  const url = form.statusCallback;
  const fields = endFields(record.get());
  for (const ms of script.callbacksAfterMs) {
    after(ms, () => {
      if (url !== null) void postStatusCallback(url, fields, 'multipart/form-data', parts.agent);
    });
  }
  if (walked.sendLate === null) return;
  await wait(Math.max(0, ...script.callbacksAfterMs) + passthruLateMs);
  walked.sendLate();
}
