import { describe, expect, it } from 'vitest';
import { hasSteps, stepsOf } from '../../../../src-renderer/dial/steps.ts';
import { callStatuses } from '../../../../src-shared/call.ts';
import type { CallEvent } from '../../../../src-shared/call-events.ts';
import { emptyReport } from '../../../../src-shared/exotel-report.ts';

const sending: CallEvent = { type: 'sending', at: 10, attempt: 1, byAsking: false };
const accepted: CallEvent = { type: 'accepted', at: 20, report: emptyReport };
const answered: CallEvent = {
  type: 'reported',
  at: 30,
  source: 'callback',
  report: { ...emptyReport, eventType: 'answered' },
};
const states = (...steps: Parameters<typeof stepsOf>) => stepsOf(...steps).map(({ state }) => state);

describe('the steps of a call', () => {
  it('show how far it is, and when it got there', () => {
    expect(stepsOf('in-progress', null, [sending, accepted])).toEqual([
      { id: 'sent', state: 'done', at: 10 },
      { id: 'accepted', state: 'now', at: 20 },
      { id: 'answered', state: 'ahead', at: null },
      { id: 'ended', state: 'ahead', at: null },
    ]);
    expect(states('dialing', null, [sending])).toEqual(['now', 'ahead', 'ahead', 'ahead']);
    expect(states('answered', null, [sending, accepted, answered])).toEqual(['done', 'done', 'now', 'ahead']);
  });

  it('do not claim that a busy customer answered', () => {
    expect(states('busy', 40, [sending, accepted])).toEqual(['done', 'done', 'ahead', 'done']);
  });

  it('know that a completed call was answered, also where nobody told when', () => {
    const steps = stepsOf('completed', 40, [sending, accepted]);
    expect(steps[2]).toEqual({ id: 'answered', state: 'done', at: null });
    expect(steps[3]).toEqual({ id: 'ended', state: 'done', at: 40 });
  });

  it('count the last attempt', () => {
    expect(stepsOf('dialing', null, [sending, { ...sending, at: 99, attempt: 2 }])[0]?.at).toBe(99);
  });

  it('are not shown where a call was not sent, or nobody knows', () => {
    expect(callStatuses.filter((status) => !hasSteps(status))).toEqual([
      'queued',
      'held',
      'rejected',
      'unconfirmed',
      'withdrawn',
    ]);
  });
});
