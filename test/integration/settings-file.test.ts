import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openConfFile } from '../../src-main/settings-file.ts';

let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'flowdial-settings-'));
  file = path.join(dir, 'settings.json');
});
afterEach(() => rmSync(dir, { recursive: true }));

it('is empty where there is no file yet', () => {
  const settings = openConfFile(dir);
  expect([settings.read(), settings.setAside]).toEqual([{}, null]);
});

it('gives back what was written, in this run and the next, readable by its owner only', () => {
  const values = { callerId: '080', port: 3, nested: { a: [1, null] } };
  const settings = openConfFile(dir);
  settings.write(values);
  expect(settings.read()).toEqual(values);
  expect(openConfFile(dir).read()).toEqual(values);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it('replaces the whole content', () => {
  const settings = openConfFile(dir);
  settings.write({ a: 1 });
  settings.write({ b: 2 });
  expect(settings.read()).toEqual({ b: 2 });
});

it('takes a dot in a name as a part of the name', () => {
  openConfFile(dir).write({ 'a.b': 1, a: { c: 2 } });
  expect(openConfFile(dir).read()).toEqual({ 'a.b': 1, a: { c: 2 } });
});

describe('a damaged file is set aside, whole, and the settings start anew', () => {
  it.each(['', '{"line": "acc', '\0\0\0', 'null', '[1]', '"text"', '7'])('%j', (text) => {
    writeFileSync(file, text);
    const settings = openConfFile(dir);
    expect(settings.read()).toEqual({});
    expect(path.dirname(settings.setAside ?? '')).toBe(dir);
    expect(path.basename(settings.setAside ?? '')).toMatch(/^settings\.json\.corrupt-\d{4}-/);
    expect(readFileSync(settings.setAside ?? '', 'utf8')).toBe(text);
    settings.write({ a: 1 });
    expect(openConfFile(dir)).toMatchObject({ setAside: null });
    expect(readdirSync(dir)).toHaveLength(2);
  });
});

it('throws where the file cannot be read, and leaves it', () => {
  rmSync(file, { force: true });
  const blocked = path.join(dir, 'blocked');
  writeFileSync(blocked, '');
  expect(() => openConfFile(blocked)).toThrow('ENOTDIR');
  expect(existsSync(blocked)).toBe(true);
});
