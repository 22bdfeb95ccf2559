import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { profileId } from '../../../src-main/credentials/profile-id.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'flowdial-profile-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

it('is made once for a folder, and differs between folders', () => {
  const id = profileId(dir);
  expect(profileId(dir)).toBe(id);
  rmSync(path.join(dir, 'profile-id'));
  expect(profileId(dir)).not.toBe(id);
});

it('is readable by its owner only', () => {
  profileId(dir);
  expect(statSync(path.join(dir, 'profile-id')).mode & 0o777).toBe(0o600);
});

it('is made anew where the file is damaged', () => {
  const file = path.join(dir, 'profile-id');
  writeFileSync(file, '\0\0\0');
  const id = profileId(dir);
  expect(readFileSync(file, 'utf8')).toBe(`${id}\n`);
});

it('throws where the folder is not there', () => {
  expect(() => profileId(path.join(dir, 'none'))).toThrow('ENOENT');
});
