import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { doorPath } from '../../../src-main/callbacks/server.ts';
import { callId, callPath, listen, token } from '../../support/callback-server.ts';
import { createDoorOwner, doorSecrets, greeting, rep } from '../../support/door-owner.ts';

const hasCurl = spawnSync('curl', ['--version']).status === 0;

/** The status that curl prints for a request with these arguments. */
async function curl(...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('curl', ['-sS', '-o', '-', '-w', ' %{http_code}', ...args]);
  return stdout;
}

describe.skipIf(!hasCurl)(`a real curl${hasCurl ? '' : ' (skipped: curl is not installed)'}`, () => {
  it('posts a form: stored', async () => {
    const server = await listen();
    const fields = [
      'CallSid=c5797dcbaaeed7678c4062a4a3ed2f8a',
      'Status=completed',
      'RecordingUrl=null',
      'DateUpdated=2026-05-12 10:30:00',
      'Legs[0][Status]=completed',
    ];
    const said = await curl(...fields.flatMap((field) => ['-F', field]), server.origin + callPath);
    expect(said).toBe('OK\n 200');
    expect(server.delivered[0]?.report).toMatchObject({
      sid: 'c5797dcbaaeed7678c4062a4a3ed2f8a',
      status: 'completed',
      recordingUrl: null,
      dateUpdated: '2026-05-12 10:30:00',
    });
    expect(JSON.parse(server.delivered[0]?.raw ?? '')).toMatchObject({ 'Legs[0][Status]': 'completed' });
  });

  it('uploads a file of 2 MB: reads its 413', async () => {
    const server = await listen();
    const folder = await mkdtemp(path.join(tmpdir(), 'flowdial-curl-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = path.join(folder, 'big.bin');
    await writeFile(file, Buffer.alloc(2_000_000));
    // Without Expect, curl sends the body at once and must still see the answer.
    for (const expecting of [[], ['-H', 'Expect:']]) {
      const said = await curl(...expecting, '-F', `file=@${file}`, server.origin + callPath);
      expect(said).toBe('Payload Too Large\n 413');
    }
    expect(server.delivered).toEqual([]);
  });

  describe('asks as the applets of a flow do', () => {
    const common = {
      CallSid: 'c5797dcbaaeed7678c4062a4a3ed2f8a',
      CallFrom: '08047191234',
      CallTo: '09845012345',
      Direction: 'outbound-dial',
      Created: '2026-05-12 10:29:00',
      StartTime: '2026-05-12 10:29:05',
      EndTime: '1970-01-01 05:30:00',
      CurrentTime: '2026-05-12 10:30:00',
      CustomField: `1.${callId}.${token} Priya, 2nd call`,
    };

    async function asks(path: string, fields: Readonly<Record<string, string>>, ...more: readonly string[]) {
      const owner = createDoorOwner({ callId, token });
      const server = await listen({ owner });
      const query = Object.entries({ ...common, ...fields }).flatMap(([name, value]) => [
        '--data-urlencode',
        `${name}=${value}`,
      ]);
      const said = await curl('-G', ...more, ...query, server.origin + path);
      for (const { ask } of owner.taken) {
        expect(ask).toMatchObject({ sid: common.CallSid, call: { callId, token } });
        expect(JSON.parse(ask.raw)).toEqual({
          ...common,
          ...fields,
          CustomField: `1.${callId}.… Priya, 2nd call`,
        });
      }
      return { said, taken: owner.taken.map(({ door, ask }) => ({ door, ask })) };
    }

    const connect = doorPath('connect', doorSecrets);

    it('Connect: whom to dial', async () => {
      const fields = {
        CallStatus: 'in-progress',
        CallType: 'call-attempt',
        digits: '"1"',
        flow_id: '100001',
      };
      const { said, taken } = await asks(connect, fields, '-H', 'Exotel-Version: 1.0');
      const [, json = '', status] = /^(.*) (\d+)$/s.exec(said) ?? [];
      expect(status).toBe('200');
      expect(JSON.parse(json)).toEqual({
        fetch_after_attempt: false,
        destination: { numbers: [rep] },
        record: true,
        max_ringing_duration: 30,
        max_conversation_duration: 3600,
        music_on_hold: { type: 'default_tone' },
      });
      expect(taken).toMatchObject([{ door: 'connect', ask: { digits: '1', callType: 'call-attempt' } }]);
    });

    it('Dial Whom: one number as text', async () => {
      expect((await asks(connect, {})).said).toBe('09876543210 200');
    });

    it('HEAD: the headers of GET, and nothing is taken', async () => {
      const { said, taken } = await asks(doorPath('greeting', doorSecrets), {}, '-I');
      expect(said).toMatch(/^content-type: text\/plain\r$/im);
      expect(said).toContain(`ontent-length: ${Buffer.byteLength(greeting)}\r`);
      expect(taken).toEqual([]);
    });

    it('Greeting: the text', async () => {
      expect((await asks(doorPath('greeting', doorSecrets), {})).said).toBe(`${greeting} 200`);
    });

    it('Create popup: the events of the leg', async () => {
      const fields = { DialWhomNumber: '09876543210', Status: 'busy', EventType: 'Answered' };
      const { said, taken } = await asks(doorPath('leg', doorSecrets), fields);
      expect(said).toBe(' 200');
      const ask = { dialWhomNumber: rep, legStatus: 'busy', legEvent: 'Answered' };
      expect(taken).toMatchObject([{ door: 'leg', ask }]);
    });

    it.each([
      ['talked', { CallType: 'completed', DialCallStatus: 'completed', 'Legs[0][OnCallDuration]': '11' }, 11],
      ['missed', { CallType: 'incomplete', DialCallStatus: 'no-answer' }, null],
      ['nodial', { CallType: 'call-attempt', DialCallStatus: '{{DialCallStatus}}' }, null],
    ] as const)('Passthru %s', async (branch, fields, onCallSeconds) => {
      const { said, taken } = await asks(doorPath('passthru', doorSecrets, branch), fields);
      expect(said).toBe(' 200');
      const dialCallStatus = branch === 'nodial' ? null : fields.DialCallStatus;
      const ask = { callType: fields.CallType, dialCallStatus, onCallSeconds };
      expect(taken).toMatchObject([{ door: branch, ask }]);
    });
  });
});
