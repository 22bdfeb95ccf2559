import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeFakeBinary } from '../../../scripts/lib/fake-electron.ts';
import { readFuses, releaseFuses, setReleaseFuses } from '../../../scripts/lib/fuses.ts';

let folder: string;
let binary: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'flowdial-fuses-'));
  binary = path.join(folder, 'electron');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('security 19: the fuses of a release', () => {
  it('are all set, whatever they were, and nothing else of the file changes', async () => {
    for (const states of ['000000000', '111111111', '101110011']) {
      writeFakeBinary(binary, states);
      const before = readFileSync(binary, 'latin1');
      await setReleaseFuses(binary);
      const wanted = Object.entries(releaseFuses).map(([name, on]) => [name, on ? 'on' : 'off']);
      expect(Object.entries(await readFuses(binary))).toEqual(wanted);
      expect(readFileSync(binary, 'latin1')).toBe(before.replace(states, '010011001'));
    }
  });

  it('are refused of an Electron that has one more', async () => {
    writeFakeBinary(binary, '1011100110');
    await expect(setReleaseFuses(binary)).rejects.toThrow(
      'The fuse wire in the Electron binary has 10 fuses',
    );
  });

  it('are refused of an Electron that has one less', async () => {
    writeFakeBinary(binary, '10111001');
    await expect(setReleaseFuses(binary)).rejects.toThrow('not long enough');
  });

  it('are refused of a file that has none', async () => {
    writeFileSync(binary, 'no Electron');
    await expect(setReleaseFuses(binary)).rejects.toThrow('Could not find sentinel');
  });
});
