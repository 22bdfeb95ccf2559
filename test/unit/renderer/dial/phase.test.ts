import { describe, expect, it } from 'vitest';
import { clockOf, headlineKey, phaseOf, toneOf } from '../../../../src-renderer/dial/phase.ts';
import type { CallView } from '../../../../src-shared/contract/calls.ts';
import { callOf } from '../calls.ts';

const flow = { id: 'f', name: 'New lead', kind: 'rings-me', colour: 'teal' } as const;
const mine = (conversation: Partial<CallView['conversation']> = {}, changes: Partial<CallView> = {}) => {
  const call = callOf([], { flow, status: 'answered', sentAt: 500, ...changes });
  return { ...call, conversation: { ...call.conversation, ...conversation } };
};

describe('how far a call is for the rep', () => {
  it('is told only of calls that ring them', () => {
    expect(phaseOf(mine())).toBe('ringing');
    expect(phaseOf(mine({}, { flow: null, ringMeFirst: true }))).toBe('ringing');
    expect(phaseOf(mine({}, { flow: { ...flow, kind: 'automated' } }))).toBeNull();
    expect(phaseOf(mine({}, { flow: { ...flow, kind: 'rings-team' } }))).toBeNull();
  });

  it('leaves it to the status before it was sent, and where the customer did not pick up', () => {
    for (const status of [
      'queued',
      'held',
      'dialing',
      'busy',
      'no-answer',
      'rejected',
      'completed',
    ] as const) {
      expect(phaseOf(mine({}, { status }))).toBeNull();
    }
  });

  it('does not say ringing of a call that was called off', () => {
    expect(phaseOf(mine({}, { status: 'in-progress', calledOff: true }))).toBe('called-off');
    expect(phaseOf(mine({}, { status: 'dialing', calledOff: true }))).toBe('called-off');
  });

  it('is over with the talk, though Exotel has not told of the end', () => {
    expect(phaseOf(mine({ state: 'talked', seconds: 9 }, { status: 'in-progress' }))).toBe('talked');
  });

  it('counts how long the customer waits, then how long the two talk', () => {
    expect(clockOf('ringing', mine())).toEqual({ kind: 'ringing', since: 500, seconds: null });
    expect(clockOf('waiting', mine({ since: 900 }))).toEqual({ kind: 'waiting', since: 900, seconds: null });
    expect(clockOf('talked', mine({ seconds: 9 }))).toEqual({ kind: 'talked', since: null, seconds: 9 });
    expect(clockOf('missed', mine({ seconds: 4 }))).toEqual({ kind: 'waited', since: null, seconds: 4 });
    expect(clockOf('missed', mine())).toBeNull();
  });

  it('says why the rep did not join', () => {
    const whys = [null, 'no-answer', 'declined', 'called-off', 'away', 'not-dialled'] as const;
    expect(whys.map((why) => headlineKey('missed', mine({ why })))).toEqual([
      'live.missed',
      'live.missed',
      'live.declined',
      'live.calledOff',
      'live.away',
      'live.notDialled',
    ]);
  });

  it('keeps the warm colour for a customer who waits or was left waiting', () => {
    expect(toneOf('waiting', mine())).toBe('wait');
    expect(toneOf('missed', mine({ why: 'no-answer' }))).toBe('wait');
    expect(toneOf('missed', mine({ why: 'called-off' }))).toBe('quiet');
    expect(toneOf('talking', mine())).toBe('ok');
    expect(toneOf('ringing', mine())).toBe('brand');
  });
});
