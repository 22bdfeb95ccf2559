import { describe, expect, it } from 'vitest';
import { mySteps } from '../../../../src-renderer/dial/my-steps.ts';
import type { CallEvent } from '../../../../src-shared/call-events.ts';
import { emptyReport } from '../../../../src-shared/exotel-report.ts';
import type { CallView } from '../../../../src-shared/contract/calls.ts';
import { callOf } from '../calls.ts';

const sending: CallEvent = { type: 'sending', at: 1000, attempt: 1, byAsking: false };
const accepted: CallEvent = { type: 'accepted', at: 2000, report: emptyReport };
const asked: CallEvent = { type: 'connect-asked', at: 13_000, sid: null, to: '+919000043210', refused: null };
const refused: CallEvent = { ...asked, to: null, refused: 'called-off' };
const answered: CallEvent = {
  type: 'leg',
  at: 19_000,
  sid: null,
  what: 'answered',
  number: null,
  onCallSeconds: null,
  word: null,
};
const steps = (
  status: CallView['status'],
  conversation: Partial<CallView['conversation']>,
  events: readonly CallEvent[],
  wrappingUp = false,
) => {
  const call = callOf([], { status });
  return mySteps({ ...call, conversation: { ...call.conversation, ...conversation } }, events, wrappingUp);
};
const states = (...about: Parameters<typeof steps>) => steps(...about).map(({ state }) => state);

describe('the steps of a call that rings me', () => {
  it('follow it to the wrap-up', () => {
    expect(states('dialing', {}, [sending])).toEqual(['now', 'ahead', 'ahead', 'ahead', 'ahead']);
    expect(states('in-progress', {}, [sending, accepted])).toEqual([
      'done',
      'now',
      'ahead',
      'ahead',
      'ahead',
    ]);
    expect(states('answered', { state: 'waiting', since: 13_000 }, [sending, accepted, asked])).toEqual([
      'done',
      'done',
      'now',
      'ahead',
      'ahead',
    ]);
    const whole = [sending, accepted, asked, answered];
    expect(states('answered', { state: 'talking' }, whole)).toEqual(['done', 'done', 'done', 'now', 'ahead']);
    expect(states('completed', { state: 'talked' }, whole, true)).toEqual([
      'done',
      'done',
      'done',
      'done',
      'now',
    ]);
    expect(states('completed', { state: 'talked' }, whole)).toEqual(['done', 'done', 'done', 'done', 'done']);
  });

  it('tell how long each took', () => {
    const whole = steps('completed', { state: 'talked', seconds: 130 }, [sending, accepted, asked, answered]);
    expect(whole.map(({ seconds }) => seconds)).toEqual([null, 11, 6, 130, null]);
    expect(whole[0]?.at).toBe(1000);
  });

  it('do not claim talk where the customer hung up while waiting', () => {
    expect(states('completed', { state: 'left', seconds: 4 }, [sending, accepted, asked], true)).toEqual([
      'done',
      'done',
      'done',
      'ahead',
      'now',
    ]);
  });

  it('do not say that the phone rang where Exotel was told to ring nobody', () => {
    const calledOff = steps('completed', { state: 'missed', why: 'called-off' }, [
      sending,
      accepted,
      refused,
    ]);
    expect(calledOff[2]?.state).toBe('ahead');
  });

  it('have nothing to wrap up where the customer was busy', () => {
    expect(states('busy', {}, [sending, accepted])).toEqual(['done', 'done', 'ahead', 'ahead', 'ahead']);
  });
});
