import { actionLabels } from '../../src-shared/action-labels.ts';
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { formatNumber } from '../../src-shared/phone-number.ts';
import { defaultAccelerator } from '../../src-shared/accelerator.ts';
import { ask, newFolder, start, windowOf } from '../support/electron-suite.ts';
import type { ElectronProgram } from '../support/electron-program.ts';
import { firstOf } from '../support/page-client.ts';

const number = { e164: '+919845012345', text: formatNumber('+919845012345') };
const second = { e164: '+919123456789', text: formatNumber('+919123456789') };

type Client = Awaited<ReturnType<typeof ask>>;

async function shownCard(client: Client) {
  const card = await firstOf(client.desktop.card(), (each) => each !== null);
  if (card === null) throw new Error('There is no card.');
  return card;
}

/** Presses the hotkey over this text; the card that it opens. */
async function press(program: ElectronProgram, client: Client, text: string) {
  await program.ask('highlight', text);
  await program.ask('pressKey', defaultAccelerator);
  return shownCard(client);
}

/** A call through an automated flow, which needs nobody. */
async function callAutomated(client: Client, e164: string) {
  const { flows } = await client.flows.list();
  const automated = flows.find(({ kind }) => kind === 'automated');
  if (automated === undefined) throw new Error('There is no automated flow.');
  return client.calls.place({
    id: randomUUID(),
    number: e164,
    actedAt: Date.now(),
    flowId: automated.id,
  });
}

const numbersOf = (card: Awaited<ReturnType<typeof shownCard>>) =>
  card.found.kind === 'numbers' ? card.found.numbers.map(({ e164 }) => e164) : card.found.kind;

describe('the hotkey', () => {
  it('shows the card by the pointer with what is highlighted; Enter calls, the end is notified, a click opens that call', async () => {
    const program = start();
    const client = await ask(program);
    expect((await windowOf(program, '#/card'))?.shown).toBe(false);

    const card = await press(program, client, `Asha Rao, ${number.text}`);
    expect(numbersOf(card)).toEqual([number.e164]);
    // The pointer stands at 400, 300.
    expect(await windowOf(program, '#/card')).toMatchObject({
      shown: true,
      focused: 1,
      bounds: { x: 412, y: 312 },
      options: { alwaysOnTop: true, frame: false },
    });

    await client.desktop.closeCard({ id: card.id });
    expect((await windowOf(program, '#/card'))?.shown).toBe(false);
    const destinations = client.desktop.destinations();
    const call = await callAutomated(client, number.e164);
    await expect
      .poll(async () => (await program.ask('state')).notes, { timeout: 20_000 })
      .toMatchObject([
        { title: number.text, shown: true, actions: [{ text: 'Call again' }, { text: 'Add note' }] },
      ]);
    await program.ask('clickNote', number.text, null);
    expect(await firstOf(destinations, () => true)).toEqual({ to: 'call', callId: call.id, note: false });
    expect(await windowOf(program)).toMatchObject({ shown: true, focused: 1 });

    const noted = client.desktop.destinations();
    await noted;
    await program.ask('clickNote', number.text, 1);
    expect(await firstOf(noted, () => true)).toMatchObject({ callId: call.id, note: true });
  });

  it('reads what is highlighted now, never the clipboard, and calls nobody by itself', async () => {
    const program = start();
    const client = await ask(program);
    await program.ask('copy', second.text);
    const card = await press(program, client, '   ');
    expect(card.found).toEqual({ kind: 'nothing-read', why: 'empty' });
    expect((await client.calls.list({})).calls).toEqual([]);
  });

  it('a press while the card is open brings it back as it is, where it is', async () => {
    const program = start();
    const client = await ask(program);
    const card = await press(program, client, number.text);
    const screens = [{ x: 0, y: 0, width: 1920, height: 1080 }] as [
      { x: number; y: number; width: number; height: number },
    ];
    await program.ask('arrange', { x: 1900, y: 1070 }, screens);
    expect((await press(program, client, second.text)).id).toBe(card.id);
    expect((await windowOf(program, '#/card'))?.bounds).toMatchObject({ x: 412, y: 312 });
  });

  it('a card that the desktop closes (Alt+F4) is closed for the core too: the next press reads anew', async () => {
    const program = start();
    const client = await ask(program);
    await press(program, client, number.text);
    await program.ask('closeWindow', '#/card');
    await expect.poll(async () => (await windowOf(program, '#/card'))?.shown).toBe(false);
    // Presses within 400 ms of each other are one.
    await program.ask('highlight', second.text);
    const pressAgain = async () => {
      await program.ask('pressKey', defaultAccelerator);
      const next = await firstOf(client.desktop.card(), () => true);
      return next === null ? null : numbersOf(next);
    };
    await expect.poll(pressAgain, { interval: 600, timeout: 10_000 }).toEqual([second.e164]);
  });

  it('is another one as soon as it is set; one that is taken leaves the old one standing', async () => {
    const program = start();
    const client = await ask(program);
    expect((await program.ask('state')).keys).toEqual([defaultAccelerator]);
    await program.ask('takeKey', 'Alt+Shift+F9');
    await expect(client.desktop.setHotkey({ accelerator: 'Alt+Shift+F9' })).rejects.toMatchObject({
      code: 'TAKEN',
    });
    expect((await program.ask('state')).keys).toEqual([defaultAccelerator]);
    const set = await client.desktop.setHotkey({ accelerator: 'Alt+Shift+F10' });
    expect(set.hotkey).toMatchObject({ state: 'unproven' });
    expect((await program.ask('state')).keys).toEqual([set.hotkey.accelerator]);
    await program.ask('pressKey', set.hotkey.accelerator);
    expect((await firstOf(client.desktop.state(), () => true)).hotkey.state).toBe('proven');
    await client.desktop.setHotkey({ accelerator: '' });
    expect((await program.ask('state')).keys).toEqual([]);
  });
});

describe('the clipboard', () => {
  it('is read by the action alone, and only where the setting allows it', async () => {
    const program = start();
    const client = await ask(program);
    await program.ask('copy', number.text);
    await expect(client.desktop.openClipboard()).rejects.toMatchObject({ code: 'OFF' });
    await client.settings.update({ readClipboard: true });
    expect(numbersOf(await client.desktop.openClipboard())).toEqual([number.e164]);
  });
});

describe('a link', () => {
  const link = 'tel:+91-98450-12345';

  it('that starts the program fills the card once it runs, and calls nobody', async () => {
    const program = start(newFolder(), { args: ['--', link] });
    const client = await ask(program);
    const card = await shownCard(client);
    expect({ source: card.source, numbers: numbersOf(card) }).toEqual({
      source: 'link',
      numbers: [number.e164],
    });
    expect((await windowOf(program, '#/card'))?.shown).toBe(true);
    expect((await client.calls.list({})).calls).toEqual([]);
  });

  it('of a second start arrives in the first, once, and leaves its window where it is', async () => {
    const dataDir = newFolder();
    const first = start(dataDir);
    const client = await ask(first);
    await first.ask('minimize');
    const second = start(dataDir, { args: [link] });
    expect(await second.ended).toBe(0);
    const card = await shownCard(client);
    expect(numbersOf(card)).toEqual([number.e164]);
    expect(await windowOf(first)).toMatchObject({ minimized: true, focused: 0 });
    expect((await windowOf(first, '#/card'))?.shown).toBe(true);
  });

  it('of macOS arrives, and fifty from a web page fill one card', async () => {
    const program = start();
    const client = await ask(program);
    for (let each = 0; each < 50; each++) await program.ask('openUrl', `tel:+9198450123${10 + each}`);
    const card = await firstOf(client.desktop.card(), (each) => each?.heldBack === 49);
    expect(numbersOf(card as NonNullable<typeof card>)).toEqual(['+919845012310']);
  });

  it('that looks like an option is none', async () => {
    const program = start(newFolder(), { args: ['--x=tel:+919845012345', `--${link}`] });
    const client = await ask(program);
    expect(await firstOf(client.desktop.card(), () => true)).toBeNull();
  });

  it('is asked for where the person says so', async () => {
    const program = start();
    const client = await ask(program);
    const before = await firstOf(client.desktop.state(), () => true);
    expect(before.links).toContainEqual({ scheme: 'tel', ours: false });
    const { links } = await client.desktop.claimLinks({ scheme: 'tel' });
    expect(links).toContainEqual({ scheme: 'tel', ours: true });
    expect(links).toContainEqual({ scheme: 'callto', ours: false });
  });
});

describe('the tray', () => {
  it('shows the rep’s state, and its menu does what it says', async () => {
    const program = start();
    const client = await ask(program);
    await expect
      .poll(async () => (await program.ask('state')).tray)
      .toMatchObject({
        icon: 'practice-light.png',
        tooltip: 'Flowdial (practice line): ready',
      });
    await program.ask('chooseInTray', actionLabels.away);
    await expect.poll(async () => (await program.ask('state')).tray?.icon).toBe('away-light.png');
    const { menu } = (await program.ask('state')).tray ?? { menu: [] };
    expect(menu).toContainEqual({ label: actionLabels.away, checked: true });

    const destinations = client.desktop.destinations();
    await destinations;
    await program.ask('chooseInTray', actionLabels.newCall);
    expect(await firstOf(destinations, () => true)).toEqual({ to: 'dial', number: null });

    await program.ask('chooseInTray', actionLabels.quit);
    expect(await program.ended).toBe(0);
  });

  it('a click on it brings the window back', async () => {
    const program = start();
    await ask(program);
    await expect.poll(async () => (await program.ask('state')).tray).not.toBeNull();
    await program.ask('closeWindow');
    await expect.poll(async () => (await windowOf(program))?.shown).toBe(false);
    await program.ask('clickTray');
    expect((await windowOf(program))?.shown).toBe(true);
  });
});

describe('the call strip', () => {
  it('shows while a call runs and never takes the keyboard; closing it turns it off', async () => {
    const program = start();
    const client = await ask(program);
    await client.settings.update({ callStrip: true });
    expect(await windowOf(program, '#/strip')).toBeUndefined();
    await callAutomated(client, number.e164);
    await expect.poll(async () => windowOf(program, '#/strip')).toMatchObject({ shown: true, focused: 0 });
    await program.ask('closeWindow', '#/strip');
    await expect.poll(async () => (await client.settings.get()).values.callStrip).toBe(false);
    await expect.poll(async () => (await windowOf(program, '#/strip'))?.shown).toBe(false);
  });
});

describe('a locked screen', () => {
  it('takes a rep who was ready away from their phone', async () => {
    const program = start();
    const client = await ask(program);
    await firstOf(client.rep.live(), ({ state }) => state === 'ready');
    await program.ask('lockScreen');
    expect((await firstOf(client.rep.live(), () => true)).state).toBe('away');
  });
});
