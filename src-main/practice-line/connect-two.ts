import { parseDialable } from '../../src-shared/phone-number.ts';
import type { CallParts } from './call-parts.ts';
import type { CallRecord } from './call-record.ts';
import type { StatusCallbackEvent, TwoNumbersForm } from './connect-form.ts';
import type { Script } from './endings.ts';
import { firstOf, later } from './first-of.ts';
import { endFields, eventFields, postStatusCallback, type ToldLeg } from './status-callback.ts';

interface Leg {
  readonly number: string;
  /** Exotel's word; null: not attempted. */
  status: string | null;
  /** ms UTC; null: nobody picked up. */
  answeredAt: number | null;
}

/**
 * Connects two numbers: the practice phone rings first, then the customer, who does as scripted; each pick-up and the
 * end are told as the form asks.
 */
export async function connectTwo(
  form: TwoNumbersForm,
  script: Script,
  record: CallRecord,
  parts: CallParts,
): Promise<void> {
  const { after, now, phone } = parts;
  const { sid } = record.get();
  const rep: Leg = { number: form.from, status: null, answeredAt: null };
  const customer: Leg = { number: form.to, status: null, answeredAt: null };
  let posted = Promise.resolve();

  const secondsOf = ({ answeredAt }: Leg) =>
    answeredAt === null ? 0 : Math.ceil(((record.get().endedAt ?? now()) - answeredAt) / 1000);
  const told = (leg: Leg): ToldLeg => ({
    number: leg.number,
    status: leg.status,
    onCallSeconds: secondsOf(leg),
    answeredBy: leg.answeredAt === null ? 'NA' : 'Human',
  });

  function fieldsOf(event: StatusCallbackEvent) {
    const legs = script.crossedLegs ? [customer, rep] : [rep, customer];
    return eventFields(event, record.get(), form.customField, legs.map(told), secondsOf(customer));
  }

  /** One after the other, so that they come in the order of what they tell. */
  function post(fields: ReturnType<typeof endFields>): void {
    const url = form.statusCallback;
    if (url === null) return;
    posted = posted.then(() => postStatusCallback(url, fields, form.statusCallbackContentType, parts.agent));
  }

  function pickUp(leg: Leg): void {
    leg.status = 'in-progress';
    leg.answeredAt = now();
    const isWanted = form.statusCallbackEvents.includes('answered') && script.callbacksAfterMs.length > 0;
    if (isWanted) post(fieldsOf('answered'));
  }

  function end(status: string): void {
    for (const leg of [rep, customer]) if (leg.answeredAt !== null) leg.status = 'completed';
    const isRecorded = form.record && customer.answeredAt !== null;
    record.move({ status, endedAt: now(), recordingUrl: isRecorded ? parts.recordingUrl(sid) : null });
    phone.free(sid);
    const events = form.statusCallbackEvents;
    if (events.length > 0 && !events.includes('terminal')) return;
    const fields = events.length === 0 ? endFields(record.get()) : fieldsOf('terminal');
    for (const ms of script.callbacksAfterMs) after(ms, () => post(fields));
  }

  await firstOf(later(after, parts.ringMs / 4, null));
  record.move({ status: 'ringing' });
  const shown = {
    sid,
    customField: form.customField,
    number: parseDialable(form.from, 'IN').e164 ?? form.from,
    from: form.callerId,
    whisper: null,
  };
  const picked = await firstOf<'answered' | 'busy' | 'no-answer'>(
    phone.ring(shown),
    later(after, form.timeOut * 1000, 'no-answer'),
  );
  if (picked !== 'answered') {
    rep.status = picked;
    return end(picked);
  }
  record.move({ status: 'in-progress' });
  pickUp(rep);

  customer.status = 'ringing';
  const rang = await firstOf<'hung-up' | 'rung'>(phone.hungUp(sid), later(after, parts.ringMs, 'rung'));
  if (rang === 'hung-up' || script.end !== 'completed') {
    customer.status = rang === 'hung-up' ? 'canceled' : script.end;
    return end(customer.status);
  }
  pickUp(customer);
  await firstOf<'hung-up' | 'cut' | 'left'>(
    phone.hungUp(sid),
    later(after, form.timeLimit * 1000, 'cut'),
    ...(script.customer === 'leaves-talking' ? [later(after, parts.talkMs, 'left' as const)] : []),
  );
  end('completed');
}
