import { describe, expect, it } from 'vitest';
import { quitQuestion } from '../../../src-main/shells/electron/quit-question.ts';

type Running = Parameters<typeof quitQuestion>[0][number];

const automated: Running = {
  status: 'in-progress',
  line: { kind: 'account', host: 'api.in.exotel.com', accountSid: 'acme1' },
  flow: { id: 'f', name: 'Reminder', kind: 'automated', colour: 'teal' },
  calledOff: false,
  conversation: { state: 'automated', since: null, seconds: null, exact: false, why: null },
};
const ringsMe: Running = {
  ...automated,
  flow: { id: 'g', name: 'New lead', kind: 'rings-me', colour: 'teal' },
  conversation: { ...automated.conversation, state: 'unknown' },
};
const queued: Running = { ...automated, status: 'queued' };

describe('quitting', () => {
  it('needs no question where nothing runs, or practice alone', () => {
    expect(quitQuestion([])).toBeNull();
    expect(quitQuestion([{ ...ringsMe, line: { kind: 'practice' } }])).toBeNull();
  });

  it('says that a call goes on without the program', () => {
    expect(quitQuestion([automated])).toEqual({
      message: 'A call is out',
      detail: 'It goes on at Exotel without Flowdial; what came of it is asked for at the next start.',
    });
  });

  it('says that a customer hears nobody where the rep is still to be rung', () => {
    expect(quitQuestion([ringsMe])?.detail).toContain('they hear nobody');
    const talking: Running = { ...ringsMe, conversation: { ...ringsMe.conversation, state: 'talking' } };
    expect(quitQuestion([talking])?.detail).not.toContain('they hear nobody');
    expect(quitQuestion([{ ...ringsMe, calledOff: true }])?.detail).not.toContain('they hear nobody');
  });

  it('says that waiting calls are not sent', () => {
    expect(quitQuestion([queued])).toEqual({
      message: 'A call waits for its turn',
      detail: 'It is not sent before the next start.',
    });
    expect(quitQuestion([automated, automated, queued, queued])).toEqual({
      message: '2 calls are out',
      detail:
        'They go on at Exotel without Flowdial; what came of them is asked for at the next start. 2 calls wait for their turn: they are not sent before the next start.',
    });
  });
});
