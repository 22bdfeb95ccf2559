import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { dialCardOfSelection } from '../../../src-main/desktop/dial-card.ts';
import type { Log } from '../../../src-main/ports.ts';
import { createSelectionReader } from '../../../src-main/selection/read-selection.ts';
import { systemClock } from '../../../src-main/shells/system-clock.ts';
import buildOnce from '../../support/build-once.ts';
import { makeDataDir, startCoreHarness } from '../../support/core-harness.ts';
import { scriptedDesktop } from '../../support/scripted-desktop.ts';
import { type HelperFolder, helpersFrom, makeHelperFolder } from '../../support/selection-helper-folder.ts';
import { nativeHook } from '../../support/selection-hook-build.ts';
import { startXDesktop, whyNoXDesktop, type XDesktop } from '../../support/x-desktop.ts';

const log: Log = { info: () => {}, warn: () => {}, error: () => {} };

let why = whyNoXDesktop();
let folder: HelperFolder | null = null;
beforeAll(async () => {
  if (why !== null) return;
  const native = nativeHook();
  if ('why' in native) {
    why = native.why;
    return;
  }
  await buildOnce();
  folder = makeHelperFolder(native);
}, 120_000);
afterAll(() => folder?.remove());

/** The real reader: the built helper, the real selection-hook, the environment's allow-list. */
function open(env: NodeJS.ProcessEnv, primary: string | null = null) {
  if (folder === null) throw new Error('There is no native part.');
  const helpers = helpersFrom(folder, { PATH: process.env['PATH'], ...env }, log);
  const readPrimary = primary === null ? null : async () => primary;
  const reader = createSelectionReader({ helpers, clock: systemClock, log, primary: readPrimary });
  onTestFinished(() => reader.stop());
  return { reader, helpers, card: async () => dialCardOfSelection(await reader.read()) };
}

describe('on a real X desktop', { timeout: 60_000 }, () => {
  let desktop: XDesktop;
  beforeEach(async (test) => {
    if (why !== null) test.skip(why);
    desktop = await startXDesktop();
    return () => desktop.stop();
    // Longer than the desktop's own patience: what was started is ended.
  }, 60_000);

  it('a number that is highlighted in a program comes to the card', async () => {
    const terminal = await desktop.openTerminal('Priya (Mysuru): +91 (0)98765-43210');
    await terminal.highlight();
    expect(await open({ DISPLAY: desktop.display }).card()).toEqual({
      kind: 'numbers',
      numbers: [
        {
          e164: '+919876543210',
          entered: '+91 (0)98765-43210',
          text: '+91 98765 43210',
          kind: 'mobile',
          extension: null,
          callable: true,
        },
      ],
      more: 0,
    });
  });

  it('a press of the hotkey brings it through the whole core to the windows’ card, and Enter calls it', async () => {
    const terminal = await desktop.openTerminal('Priya (Mysuru): +91 (0)98450-12345');
    await desktop.copy('91234 56789');
    await terminal.highlight();
    const data = makeDataDir();
    onTestFinished(() => data.remove());
    const scripted = scriptedDesktop();
    const harness = await startCoreHarness({
      dataDir: data.dir,
      ports: {
        desktop: { ...scripted.desktop, selection: open({ DISPLAY: desktop.display }).reader },
      },
    });
    onTestFinished(() => harness.stop());
    const cards = await harness.client.desktop.card();
    expect((await cards.next()).value).toBeNull();
    scripted.press();
    const { value: card } = await cards.next();
    const numbers = [{ e164: '+919845012345', entered: '+91 (0)98450-12345', text: '+91 98450 12345' }];
    expect(card).toMatchObject({ source: 'hotkey', found: { kind: 'numbers', numbers, more: 0 } });
    expect(scripted.focused()).toBe('card');
    expect((await harness.client.calls.list({})).calls).toEqual([]);
    const call = await harness.place('+919845012345');
    expect(call).toMatchObject({ line: { kind: 'practice' }, numberText: '+91 98450 12345' });
    await harness.reaches(call.id, 'completed');
  });

  it('two numbers stay two, and a number in Devanagari is one', async () => {
    const terminal = await desktop.openTerminal('98765 43210 or ९१२३४ ५६७८९');
    await terminal.highlight();
    expect(await open({ DISPLAY: desktop.display }).card()).toMatchObject({
      numbers: [{ e164: '+919876543210' }, { e164: '+919123456789' }],
    });
  });

  it('a text without a number says what was read', async () => {
    const terminal = await desktop.openTerminal('Invoice 42 of 2026');
    await terminal.highlight();
    expect(await open({ DISPLAY: desktop.display }).card()).toEqual({
      kind: 'no-number',
      read: 'Invoice 42 of 2026',
    });
  });

  it('the newest highlight counts, in whichever program', async () => {
    const { card } = open({ DISPLAY: desktop.display });
    const first = await desktop.openTerminal('98765 43210');
    const second = await desktop.openTerminal('91234 56789');
    await first.highlight();
    expect(await card()).toMatchObject({ numbers: [{ e164: '+919876543210' }] });
    await second.highlight();
    expect(await card()).toMatchObject({ numbers: [{ e164: '+919123456789' }] });
  });

  it('a number in the clipboard is not taken where nothing is highlighted', async () => {
    await desktop.openTerminal('98765 43210');
    await desktop.copy('91234 56789');
    expect(await open({ DISPLAY: desktop.display }).card()).toEqual({ kind: 'nothing-read', why: 'empty' });
  });

  it('the clipboard keeps what it holds, and the program in front gets no key', async () => {
    const terminal = await desktop.openTerminal('98765 43210');
    await desktop.copy('what the person copied');
    await terminal.highlight();
    expect(await open({ DISPLAY: desktop.display }).card()).toMatchObject({ kind: 'numbers' });
    expect(await desktop.clipboard()).toBe('what the person copied');
    expect(terminal.typed()).toBe('');
    expect(terminal.runs).toBe(true);
  });

  it('a helper that is killed while it reads costs that read only', async () => {
    const { reader, helpers, card } = open({ DISPLAY: desktop.display });
    const terminal = await desktop.openTerminal('98765 43210');
    await terminal.highlight();
    await reader.read();
    // The program that owns the selection does not answer: the helper waits in native code.
    terminal.hang();
    const read = reader.read();
    helpers.started[0]?.kill();
    expect(await read).toEqual({ kind: 'nothing', why: 'crashed' });
    terminal.goOn();
    expect(await card()).toMatchObject({ numbers: [{ e164: '+919876543210' }] });
  });
});

describe('where the real native part finds', () => {
  beforeEach((test) => {
    if (why !== null) test.skip(why);
  });

  it('no display, PRIMARY serves', async () => {
    expect(await open({}, '98765 43210').reader.read()).toEqual({
      kind: 'text',
      text: '98765 43210',
      source: 'primary',
    });
  });

  it('a compositor that is not there, PRIMARY serves, and its abort at exit harms nothing', async () => {
    const { reader, helpers } = open(
      { WAYLAND_DISPLAY: 'nowhere', XDG_RUNTIME_DIR: '/nowhere' },
      '98765 43210',
    );
    expect(await reader.read()).toMatchObject({ source: 'primary' });
    await helpers.started[0]?.ended;
    expect(await reader.read()).toMatchObject({ source: 'primary' });
  });
});
