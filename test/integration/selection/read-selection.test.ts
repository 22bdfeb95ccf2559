import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Log } from '../../../src-main/ports.ts';
import { createSelectionReader } from '../../../src-main/selection/read-selection.ts';
import { systemClock } from '../../../src-main/shells/system-clock.ts';
import buildOnce from '../../support/build-once.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { scriptedSelection } from '../../support/scripted-selection.ts';
import {
  type HelperFolder,
  helpersFrom,
  highlightIn,
  makeHelperFolder,
  scriptedHook,
} from '../../support/selection-helper-folder.ts';
import { selectionSuite } from '../../support/selection-suite.ts';

const log: Log = { info: () => {}, warn: () => {}, error: () => {} };

/** The real helper in a process of its own; only its native part is scripted. */
let folder: HelperFolder;
beforeAll(async () => {
  await buildOnce();
  folder = makeHelperFolder({ code: scriptedHook });
}, 60_000);
afterAll(() => folder.remove());

function open({ from = folder, clock = systemClock, primary = '' as string | Error | null } = {}) {
  const helpers = helpersFrom(from, process.env, log);
  const readPrimary = async () => {
    if (primary instanceof Error) throw primary;
    return primary ?? '';
  };
  const reader = createSelectionReader({
    helpers,
    clock,
    log,
    primary: primary === null ? null : readPrimary,
  });
  onTestFinished(() => reader.stop());
  return { reader, helpers };
}

/** A scripted hook that reads no other test's highlights. */
function openAlone(highlighted = '', options: Omit<Parameters<typeof open>[0], 'from'> = {}) {
  const own = makeHelperFolder({ code: scriptedHook });
  onTestFinished(() => own.remove());
  highlightIn(own, highlighted);
  return { ...open({ ...options, from: own }), highlight: (text: string) => highlightIn(own, text) };
}

selectionSuite('by the helper', () => openAlone());

selectionSuite('by PRIMARY, where there is no native part', () => {
  const empty = makeHelperFolder(null);
  onTestFinished(() => empty.remove());
  let highlighted = '';
  const reader = createSelectionReader({
    helpers: helpersFrom(empty, process.env, log),
    clock: systemClock,
    log,
    primary: async () => highlighted,
  });
  onTestFinished(() => reader.stop());
  return { reader, highlight: (text) => (highlighted = text) };
});

selectionSuite("tests' own", scriptedSelection);

describe('the native part', () => {
  it('never takes the clipboard, watches nothing but its own errors, and rests between reads', async () => {
    const { reader } = openAlone('TELL');
    await reader.read();
    const read = await reader.read();
    expect(JSON.parse(read.kind === 'text' ? read.text : '')).toEqual({
      starts: Array(2).fill({ enableClipboard: false, selectionPassiveMode: true }),
      stops: 1,
      listeners: ['error'],
      other: [],
    });
  });

  it('is told apart from a permission that macOS has not given, and read once it is', async () => {
    const untrusted = makeHelperFolder({
      code: `
        const { existsSync } = require('node:fs');
        Object.defineProperty(process, 'platform', { value: 'darwin' });
        module.exports = class extends require('node:events') {
          macIsProcessTrusted() { return existsSync(require('node:path').join(__dirname, 'highlighted')); }
          start() { return true; }
          stop() { return true; }
          getCurrentSelection() { return this.macIsProcessTrusted() ? { text: '98765 43210' } : null; }
        };`,
    });
    onTestFinished(() => untrusted.remove());
    const { reader, helpers } = open({ from: untrusted });
    expect(await reader.read()).toEqual({ kind: 'nothing', why: 'no-permission' });
    highlightIn(untrusted, 'given');
    expect(await reader.read()).toEqual({ kind: 'text', text: '98765 43210', source: 'native' });
    expect(helpers.started).toHaveLength(1);
  });
});

describe('where the native part cannot be had', () => {
  it.each([
    ['its package is missing', null],
    ['its library does not load', { code: `throw new Error("version 'GLIBC_2.38' not found")` }],
    [
      'there is no display',
      { code: `module.exports = class { constructor() { throw new Error('no display'); } }` },
    ],
    [
      'the compositor refuses',
      {
        code: `module.exports = class extends require('node:events') {
          start() { this.emit('error', new Error('Failed to start hook')); return false; }
          stop() {}
        }`,
      },
    ],
  ])('because %s, PRIMARY serves, and the helper is not started again', async (_, hook) => {
    const without = makeHelperFolder(hook);
    onTestFinished(() => without.remove());
    const { reader, helpers } = open({ from: without, primary: '98765 43210' });
    const read = { kind: 'text', text: '98765 43210', source: 'primary' };
    expect(await reader.read()).toEqual(read);
    expect(await reader.read()).toEqual(read);
    expect(helpers.started).toHaveLength(1);
    await helpers.started[0]?.ended;
  });

  it('it is said, where there is no PRIMARY either', async () => {
    const without = makeHelperFolder(null);
    onTestFinished(() => without.remove());
    const nothing = { kind: 'nothing', why: 'no-native' };
    expect(await open({ from: without, primary: null }).reader.read()).toEqual(nothing);
    expect(await open({ from: without, primary: new Error('refused') }).reader.read()).toEqual(nothing);
  });

  it("the real package's own failure to load is understood", async () => {
    const bare = makeHelperFolder(null);
    onTestFinished(() => bare.remove());
    const modules = path.join(bare.path, 'node_modules');
    mkdirSync(path.join(modules, 'selection-hook'));
    for (const file of ['package.json', 'index.js']) {
      cpSync(path.resolve('node_modules/selection-hook', file), path.join(modules, 'selection-hook', file));
    }
    symlinkSync(
      path.resolve('node_modules/node-gyp-build'),
      path.join(modules, 'node-gyp-build'),
      'junction',
    );
    expect(await open({ from: bare, primary: '98765 43210' }).reader.read()).toMatchObject({
      source: 'primary',
    });
  });
});

describe('a helper that', () => {
  it('is killed while it reads costs that read only', async () => {
    const { reader, helpers, highlight } = openAlone('HANG', { primary: null });
    const read = reader.read();
    helpers.started[0]?.kill();
    expect(await read).toEqual({ kind: 'nothing', why: 'crashed' });
    highlight('98765 43210');
    expect(await reader.read()).toMatchObject({ text: '98765 43210', source: 'native' });
    expect(helpers.started).toHaveLength(2);
  });

  it('aborts while it reads leaves the read to PRIMARY, and the next one to another helper', async () => {
    const { reader, helpers, highlight } = openAlone('ABORT', { primary: '91234 56789' });
    expect(await reader.read()).toMatchObject({ text: '91234 56789', source: 'primary' });
    highlight('98765 43210');
    expect(await reader.read()).toMatchObject({ text: '98765 43210', source: 'native' });
    expect(helpers.started).toHaveLength(2);
  });

  it('hangs is given up at the deadline and ended; the next read has another', async () => {
    const clock = createFakeClock();
    const { reader, helpers, highlight } = openAlone('HANG', { clock, primary: '91234 56789' });
    const read = reader.read();
    await clock.advance(1999);
    expect(clock.timers).toBe(1);
    await clock.advance(1);
    expect(await read).toEqual({ kind: 'nothing', why: 'timed-out' });
    await helpers.started[0]?.ended;
    highlight('98765 43210');
    expect(await reader.read()).toMatchObject({ text: '98765 43210', source: 'native' });
    expect(clock.timers).toBe(0);
  });

  it('ended between two reads is started again', async () => {
    const { reader, helpers } = openAlone('98765 43210');
    await reader.read();
    helpers.started[0]?.kill();
    await helpers.started[0]?.ended;
    expect(await reader.read()).toMatchObject({ text: '98765 43210', source: 'native' });
  });

  it('aborts at its exit harms nothing', async () => {
    const { reader, helpers } = openAlone('ABORT AT EXIT');
    expect(await reader.read()).toMatchObject({ text: 'ABORT AT EXIT' });
    reader.stop();
    await helpers.started[0]?.ended;
    expect(await reader.read()).toEqual({ kind: 'nothing', why: 'no-native' });
    expect(helpers.started).toHaveLength(1);
  });

  it('is started ahead serves the first read', async () => {
    const { reader, helpers } = openAlone('98765 43210');
    reader.prepare();
    reader.prepare();
    await reader.read();
    expect(helpers.started).toHaveLength(1);
  });

  it('is ended while somebody waits lets nobody wait', async () => {
    const { reader } = openAlone('HANG', { primary: '91234 56789' });
    const read = reader.read();
    reader.stop();
    expect(await read).toEqual({ kind: 'nothing', why: 'no-native' });
  });
});
