import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { noDesktop } from '../../../src-main/desktop/no-desktop.ts';
import { actionLabels } from '../../../src-shared/action-labels.ts';
import type { DialCardView } from '../../../src-shared/contract/desktop.ts';
import { doors } from '../../../src-shared/flow.ts';
import type { Settings } from '../../../src-shared/settings.ts';
import {
  accountSecrets,
  accountSettings,
  type CoreHarness,
  makeDataDir,
  startCoreHarness,
} from '../../support/core-harness.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { startFakeExotel } from '../../support/fake-exotel.ts';
import { type ScriptedDesktop, scriptedDesktop } from '../../support/scripted-desktop.ts';

/** Made already: nothing is to be written at the start. */
const doorSecrets = Object.fromEntries(doors.map((door) => [door, 'ab'.repeat(16)]));

const patience = { timeout: 10_000 };

let data: ReturnType<typeof makeDataDir>;
let desktop: ScriptedDesktop;
let harness: CoreHarness;

/** On the practice line, with its own flows. */
async function start(
  settings: Partial<Settings> = {},
  more: Partial<Parameters<typeof startCoreHarness>[0]> = {},
): Promise<void> {
  desktop = scriptedDesktop();
  harness = await startCoreHarness({
    dataDir: data.dir,
    settings: { flows: [], ...settings },
    ...more,
    ports: { desktop: desktop.desktop, ...more.ports },
  });
}

beforeEach(() => {
  data = makeDataDir();
});

afterEach(async () => {
  await harness.stop();
  await data.remove();
});

/** The next of the stream for which it holds; the stream goes on. */
async function next<T>(stream: AsyncIterator<T>, holds: (value: T) => boolean): Promise<T> {
  for (;;) {
    const { done, value } = await stream.next();
    if (done === true) throw new Error('The stream ended.');
    if (holds(value)) return value;
  }
}

/** What a stream begins with. */
async function now<T>(stream: AsyncIterator<T>): Promise<T> {
  const value = await next(stream, () => true);
  await stream.return?.();
  return value;
}

/** Every call there is, of whatever line. */
async function calls() {
  return (await harness.client.calls.list({})).calls;
}

async function rep() {
  return now(await harness.client.rep.live());
}

async function values() {
  return (await harness.client.settings.get()).values;
}

function numberOf(card: DialCardView | null): string {
  return card?.found.kind === 'numbers' ? (card.found.numbers[0]?.e164 ?? '') : '';
}

describe('from the highlighted number to the call', () => {
  it('press, card, Enter, the customer on the line, the talk, its end: and each click leads there', async () => {
    await start();
    const cards = await harness.client.desktop.card();
    const destinations = await harness.client.desktop.destinations();
    desktop.selection.highlight('Priya (Mysuru): +91 (0)98450-12345');
    desktop.press();
    const card = await next(cards, (each) => each !== null);
    expect(desktop.focused()).toBe('card');
    expect(await calls()).toEqual([]);

    const { id } = await harness.place(numberOf(card));
    await harness.client.desktop.closeCard({ id: card?.id ?? '' });
    expect(desktop.visible()).toEqual([]);

    const title = '+91 98450 12345 is on the line';
    await expect.poll(() => desktop.shown().map((note) => note.title), patience).toEqual([title]);
    expect(desktop.trayModel?.sign).toBe('waiting');
    desktop.click(title);
    expect(desktop.focused()).toBe('main');
    expect((await destinations.next()).value).toEqual({ to: 'call', callId: id, note: false });

    await expect.poll(() => harness.client.practice.answer(), patience).toBe(true);
    await expect.poll(() => desktop.trayModel?.sign, patience).toBe('talking');
    expect(desktop.shown()).toEqual([]);
    await harness.client.practice.hangUp();
    await expect.poll(() => desktop.shown(), patience).toMatchObject([{ title: '+91 98450 12345' }]);
    expect(desktop.shown()[0]?.body).toMatch(/^Talked/);
    desktop.click('+91 98450 12345', 'add-note');
    expect((await destinations.next()).value).toEqual({ to: 'call', callId: id, note: true });
    desktop.click('+91 98450 12345', 'call-again');
    expect((await destinations.next()).value).toEqual({ to: 'dial', number: '+919845012345' });
    expect(await calls()).toHaveLength(1);
  });

  it('nothing dials by itself, whatever comes through whichever door', async () => {
    const clock = createFakeClock();
    await start({ callAtOnce: true, readClipboard: true, askAgainSeconds: 0 }, { clock });
    const text = fc.constantFrom(
      '98450 12345',
      '98765 43210, 91234 56789',
      'Invoice 42',
      '',
      '*#06#',
      '1800 123 4567',
    );
    const link = fc.constantFrom(
      'tel:+919845012345',
      'tel:+91-80-1234',
      'callto:9876543210',
      'flowdial:dial?number=9845012345&flow=New%20lead',
      'flowdial:call?number=9845012345',
      'tel:*%23062%23',
      'javascript:alert(1)',
    );
    const door = fc.oneof(
      fc.record({ by: fc.constant('press' as const), text }),
      fc.record({ by: fc.constant('link' as const), text: link }),
      fc.record({ by: fc.constant('paste' as const), text }),
      fc.record({ by: fc.constant('clipboard' as const), text }),
      fc.record({ by: fc.constant('close' as const), text }),
      fc.record({ by: fc.constant('check' as const), text: fc.constant('98450 12345') }),
    );
    const { client } = harness;
    await fc.assert(
      fc.asyncProperty(fc.array(door, { maxLength: 12 }), async (doors) => {
        for (const each of doors) {
          await clock.advance(2500);
          switch (each.by) {
            case 'press':
              desktop.selection.highlight(each.text);
              desktop.press();
              break;
            case 'link':
              await client.desktop.openLink({ link: each.text });
              break;
            case 'paste':
              await client.desktop.openCard({ text: each.text });
              break;
            case 'clipboard':
              desktop.copy(each.text);
              await client.desktop.openClipboard();
              break;
            case 'close': {
              const card = await now(await client.desktop.card());
              if (card !== null) await client.desktop.closeCard({ id: card.id });
              break;
            }
            case 'check':
              await client.calls.check({ number: each.text });
              break;
          }
        }
        expect(await calls()).toEqual([]);
      }),
      { numRuns: 40 },
    );
    expect(desktop.cardShows).toBeGreaterThan(50);
    expect(harness.told).toEqual([]);
  });

  it('fifty links that a page opens are one card, which tells of the others', async () => {
    await start();
    const opened = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        harness.client.desktop.openLink({ link: `tel:98450123${10 + index}` }),
      ),
    );
    expect(opened.filter((card) => card !== null)).toHaveLength(1);
    expect(await now(await harness.client.desktop.card())).toMatchObject({ heldBack: 49 });
    expect(await calls()).toEqual([]);
  });

  it('the clipboard is read only where the setting allows it', async () => {
    await start();
    desktop.copy('98450 12345');
    await expect(harness.client.desktop.openClipboard()).rejects.toMatchObject({ code: 'OFF' });
    await harness.client.settings.update({ readClipboard: true });
    expect(numberOf(await harness.client.desktop.openClipboard())).toBe('+919845012345');
  });
});

describe('the hotkey', () => {
  it('is recorded, proven by a press, kept, and let go at the end', async () => {
    await start();
    const states = await harness.client.desktop.state();
    const set = await harness.client.desktop.setHotkey({ accelerator: 'Ctrl+Alt+J' });
    expect(set.hotkey).toEqual({
      accelerator: 'CommandOrControl+Alt+J',
      state: 'unproven',
      pressedAt: null,
    });
    expect((await values()).hotkey).toBe('CommandOrControl+Alt+J');
    desktop.press('CommandOrControl+Alt+J');
    await next(states, ({ hotkey }) => hotkey.state === 'proven');
    await harness.client.desktop.setHotkey({ accelerator: '' });
    expect(desktop.registered).toBe('');
    expect((await values()).hotkey).toBe('');
  });

  it('that is reserved, or taken, is refused with the reason, and the one before stands', async () => {
    await start();
    const before = desktop.registered;
    desktop.takeElsewhere('CommandOrControl+Alt+J');
    await expect(harness.client.desktop.setHotkey({ accelerator: 'Ctrl+C' })).rejects.toMatchObject({
      code: 'REFUSED',
      data: { problem: 'reserved', use: 'copy-and-paste' },
    });
    await expect(harness.client.desktop.setHotkey({ accelerator: 'Ctrl+Alt+J' })).rejects.toMatchObject({
      code: 'TAKEN',
    });
    expect(desktop.registered).toBe(before);
    expect((await values()).hotkey).toBe(before);
  });

  it('that cannot be kept is not registered either', async () => {
    await start(
      {},
      {
        ports: {
          settingsFile: {
            read: () => ({ doorSecrets }),
            write: () => {
              throw new Error('The disk is full.');
            },
            setAside: null,
          },
        },
      },
    );
    const before = desktop.registered;
    await expect(harness.client.desktop.setHotkey({ accelerator: 'Ctrl+Alt+J' })).rejects.toMatchObject({
      code: 'NOT_STORED',
      data: { problem: 'The disk is full.' },
    });
    expect(desktop.registered).toBe(before);
  });

  it('is no setting that is kept without being registered', async () => {
    await start();
    const change = { hotkey: 'CommandOrControl+Alt+J' } as Partial<Settings>;
    await expect(harness.client.settings.update(change)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect((await values()).hotkey).toBe(desktop.registered);
  });
});

describe('the tray', () => {
  it('makes the rep away and ready, and silences', async () => {
    await start();
    desktop.choose(actionLabels.away);
    expect(await rep()).toMatchObject({ state: 'away', by: 'rep' });
    expect(desktop.trayModel?.sign).toBe('away');
    desktop.choose(actionLabels.ready);
    expect(await rep()).toMatchObject({ state: 'ready' });
    const changed = await harness.client.settings.live();
    desktop.choose(actionLabels.doNotDisturb);
    await next(changed, ({ values: { doNotDisturb } }) => doNotDisturb);
  });

  it('goes to the other line and back', async () => {
    await start({ accountSid: 'acme1' });
    expect(desktop.trayModel?.tooltip).toContain('practice line');
    const changed = await harness.client.settings.live();
    desktop.choose(actionLabels.useAccount);
    await next(changed, ({ values: { line } }) => line === 'account');
    await expect.poll(() => desktop.trayModel?.tooltip).not.toContain('practice line');
    desktop.choose(actionLabels.usePractice);
    await next(changed, ({ values: { line } }) => line === 'practice');
  });

  it('takes no call’s line from under it, as no other door does', async () => {
    const exotel = await startFakeExotel();
    onTestFinished(() => exotel.close());
    const { promise: later, resolve: answer } = Promise.withResolvers<void>();
    exotel.answer(async (_, response) => {
      await later;
      response.destroy();
    });
    await start(accountSettings(exotel.origin), { secrets: accountSecrets });
    const { id } = await harness.place('98450 12345');
    await exotel.connect(1);
    expect(() => desktop.choose(actionLabels.usePractice)).toThrow();
    // A menu that was open before: its item still acts.
    desktop.chooseAnyway('usePractice');
    await expect.poll(() => harness.log.join('\n')).toContain('the tray changed nothing');
    expect((await values()).line).toBe('account');
    answer();
    await harness.reaches(id, 'unconfirmed');
  });
});

describe('presence', () => {
  it('a locked screen makes the rep away, and a flow that rings them is not dialled', async () => {
    await start();
    desktop.lock();
    expect(await rep()).toMatchObject({ state: 'away', by: 'lock' });
    await expect(harness.place('98450 12345')).rejects.toMatchObject({
      code: 'BLOCKED',
      data: { blocks: ['away'] },
    });
    expect(await calls()).toEqual([]);
    desktop.choose(actionLabels.ready);
    await harness.place('98450 12345');
  });
});

describe('what the system knows of the program', () => {
  it('is told, and changed where a person asks', async () => {
    await start();
    const claimed = await harness.client.desktop.claimLinks({ scheme: 'tel' });
    expect(claimed.links).toContainEqual({ scheme: 'tel', ours: true });
    expect(claimed.links).toContainEqual({ scheme: 'callto', ours: false });
    expect(await harness.client.desktop.setStartsAtLogin({ starts: true })).toMatchObject({
      startsAtLogin: true,
    });
    expect(desktop.desktop.loginItem.starts()).toBe(true);
  });
});

describe('after a restart', () => {
  it('a call that runs is in the tray, and one that ended is not told again when something is written of it', async () => {
    const exotel = await startFakeExotel();
    onTestFinished(() => exotel.close());
    const account = accountSettings(exotel.origin);
    await start(account, { secrets: accountSecrets });
    const running = await harness.place('98450 12345');
    await harness.reaches(running.id, 'in-progress');
    exotel.answer((_, response) => void response.writeHead(403).end());
    const refused = await harness.place('98450 12346');
    await harness.reaches(refused.id, 'rejected');
    await expect.poll(() => desktop.shown(), patience).toHaveLength(1);
    await harness.stop();

    await start({ ...account, callStrip: true }, { secrets: accountSecrets });
    expect(desktop.visible()).toEqual(['strip']);
    const destinations = await harness.client.desktop.destinations();
    desktop.choose('Go to the call with +91 98450 12345');
    expect((await destinations.next()).value).toMatchObject({ callId: running.id });
    await harness.client.calls.note({ id: refused.id, text: 'Ask for a new number' });
    const third = await harness.place('98450 12347');
    await expect.poll(() => desktop.shown(), patience).toMatchObject([{ callId: third.id }]);
  });
});

describe('in the browser shell', () => {
  it('the page shows notifications, and a click in it leads on', async () => {
    await start({}, { ports: { desktop: noDesktop } });
    const notes = await harness.client.desktop.notes();
    const destinations = await harness.client.desktop.destinations();
    const { id } = await harness.place('98450 12345');
    const note = await next(notes, ({ kind }) => kind === 'on-the-line');
    expect(note).toMatchObject({ callId: id, urgent: true });
    await harness.client.desktop.noteClicked({ id: note.id, action: 'open' });
    expect((await destinations.next()).value).toEqual({ to: 'call', callId: id, note: false });
  });

  it('says what a page cannot do, and does the rest', async () => {
    await start({ readClipboard: true }, { ports: { desktop: noDesktop } });
    const { client } = harness;
    expect(await now(await client.desktop.state())).toMatchObject({
      hotkey: { state: 'page' },
      links: [
        { scheme: 'tel', ours: null },
        { scheme: 'callto', ours: null },
        { scheme: 'flowdial', ours: null },
      ],
      startsAtLogin: null,
      notifications: 'page',
    });
    await expect(client.desktop.openClipboard()).rejects.toMatchObject({ code: 'NO_CLIPBOARD' });
    await expect(client.desktop.setStartsAtLogin({ starts: true })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
    await expect(client.desktop.claimLinks({ scheme: 'tel' })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect((await client.desktop.setHotkey({ accelerator: 'Alt+J' })).hotkey).toMatchObject({
      accelerator: 'Alt+J',
      state: 'page',
    });
    expect(numberOf(await client.desktop.openCard({ text: '98450 12345' }))).toBe('+919845012345');
    expect(numberOf(await client.desktop.openLink({ link: 'tel:9876543210' }))).toBe('+919876543210');
  });
});
