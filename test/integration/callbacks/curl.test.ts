import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { callPath, listen } from '../../support/callback-server.ts';

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
});
