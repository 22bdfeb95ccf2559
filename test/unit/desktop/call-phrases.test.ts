import { describe, expect, it } from 'vitest';
import { clockText, endingOf, endingPhrase, spell } from '../../../src-main/desktop/call-phrases.ts';
import type { ReasonCode } from '../../../src-shared/errors.ts';
import { callOf, connectAsked, passthru, repLeg, reported, sent } from '../../support/sample-calls.ts';
import { noon } from '../../support/storage-samples.ts';

const refused = (code: ReasonCode) =>
  ({
    type: 'refused',
    at: noon,
    reason: { code, customerCalled: 'no', httpStatus: 403, message: '' },
  }) as const;

describe('what a call came to', () => {
  it.each([
    ['talked', 'Talked 45 s', [repLeg('answered', 15), reported('completed', 60)]],
    ['talked', 'Talked', [reported('completed'), repLeg('answered', 90)]],
    ['talked', 'Completed, conversation unknown', [reported('completed')]],
    ['talked', 'Completed, conversation unknown', [connectAsked(), reported('completed')]],
    ['missed', 'You missed it: waited 30 s', [connectAsked(10), passthru('missed'), reported('completed')]],
    ['missed', 'You missed it', [passthru('missed'), reported('completed')]],
    [
      'missed',
      'You declined it',
      [connectAsked(), passthru('missed', { dialCallStatus: 'busy' }), reported('completed')],
    ],
    ['missed', 'You were away: nobody was connected', [connectAsked(10, 'away'), reported('completed')]],
    ['missed', 'Called off: nobody was connected', [connectAsked(10, 'called-off'), reported('completed')]],
    [
      'missed',
      'Hung up after waiting 30 s',
      [connectAsked(10), passthru('missed', { callType: 'client-hangup' }), reported('completed')],
    ],
    ['notReached', 'No answer', [reported('no-answer')]],
    ['notReached', 'Busy', [reported('busy')]],
    ['notReached', 'Canceled', [reported('canceled')]],
    ['failed', 'The call failed', [reported('failed')]],
    ['failed', 'Not called', [refused('balance')]],
    ['failed', 'Not called: the number is on DND', [refused('dnd')]],
  ] as const)('%s: %s', (ending, phrase, events) => {
    const { call } = callOf([sent, ...events]);
    expect(endingOf(call)).toBe(ending);
    expect(endingPhrase(call)).toBe(phrase);
  });

  it.each([
    ['waits for its turn', []],
    ['is on the wire', [sent]],
    ['rings', [sent, reported('in-progress')]],
    ['was picked up', [sent, reported('answered')]],
    ['was taken off the queue', [{ type: 'withdrawn', at: noon } as const]],
  ] as const)('is nothing while it %s', (_, events) => {
    expect(endingOf(callOf(events).call)).toBeNull();
  });

  it('of an automated flow is that it was completed', () => {
    const { call } = callOf([sent, reported('completed')]);
    const conversation = { ...call.conversation, state: 'automated' as const };
    expect(endingPhrase({ ...call, conversation })).toBe('Completed');
  });
});

it.each([
  [0, '0 s', '0:00'],
  [59, '59 s', '0:59'],
  [60, '1 min', '1:00'],
  [130, '2 min 10 s', '2:10'],
  [3730, '62 min 10 s', '1:02:10'],
])('%i s are %s, and %s on a clock', (seconds, spelled, clock) => {
  expect(spell(seconds)).toBe(spelled);
  expect(clockText(seconds)).toBe(clock);
});
