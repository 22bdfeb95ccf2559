import { randomBytes } from 'node:crypto';
import { assertNever } from '../../src-shared/errors.ts';
import { parseDialable } from '../../src-shared/phone-number.ts';
import type { PracticeCall } from './call-book.ts';
import type { CallParts } from './call-parts.ts';
import { createRecord } from './call-record.ts';
import type { FlowForm, TwoNumbersForm } from './connect-form.ts';
import { connectTwo } from './connect-two.ts';
import type { Script } from './endings.ts';
import { later } from './first-of.ts';
import type { PracticeFlow } from './practice-line.ts';
import type { Telephone } from './practice-phone.ts';
import { ringCustomer } from './ring-customer.ts';

/** A request that Exotel takes, with the flow it names. */
export type Order =
  | { readonly kind: 'flow'; readonly form: FlowForm; readonly flow: PracticeFlow }
  | { readonly kind: 'two-numbers'; readonly form: TwoNumbersForm };

/**
 * Places a call: it goes as scripted from here on. What Exotel answers to the request is returned: a call in progress,
 * though asking shows first that it is queued.
 */
export function placeCall(order: Order, script: Script, parts: CallParts): PracticeCall {
  const { form } = order;
  const createdAt = parts.now();
  const record = createRecord(
    {
      sid: randomBytes(16).toString('hex'),
      from: form.from,
      to: order.kind === 'flow' ? form.callerId : order.form.to,
      exoPhone: form.callerId,
      status: 'queued',
      createdAt,
      updatedAt: createdAt,
      endedAt: null,
      recordingUrl: null,
    },
    script,
    parts,
  );
  const accepted: PracticeCall = { ...record.get(), status: 'in-progress' };
  switch (order.kind) {
    case 'flow':
      void ringCustomer(order.form, order.flow, script, record, {
        ...parts,
        urls: parts.urls(),
        exoPhone: parseDialable(form.callerId, 'IN').e164 ?? form.callerId,
        colleague: colleague(parts),
        // So that the colleague does not pick up before.
        patienceMs: parts.ringMs * 1.5,
      });
      break;
    case 'two-numbers':
      void connectTwo(order.form, script, record, parts);
      break;
    default:
      return assertNever(order);
  }
  return accepted;
}

/** Picks up after a while, talks as long as anybody on the practice line, and hangs up. */
function colleague({ after, ringMs, talkMs }: Pick<CallParts, 'after' | 'ringMs' | 'talkMs'>): Telephone {
  return {
    ring: () => later(after, ringMs * 2, 'answered'),
    hungUp: () => later(after, talkMs, 'hung-up'),
    free: () => {},
  };
}
