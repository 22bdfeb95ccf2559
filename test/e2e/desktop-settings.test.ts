import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Flow } from '../../src-shared/flow.ts';
import { violationsOf } from '../support/axe.ts';
import { plainFlow } from '../support/core-harness.ts';
import { type PageOfCore, startPageOfCore } from '../support/page-of-core.ts';
import { launchBrowser } from '../support/window.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

async function start(options: Parameters<typeof startPageOfCore>[0] = {}): Promise<PageOfCore> {
  const core = await startPageOfCore(options);
  onTestFinished(() => core.stop());
  return core;
}

async function openSettings(core: PageOfCore): Promise<Page> {
  const { page, close } = await core.open(browser);
  onTestFinished(close);
  await toSettings(core, page);
  return page;
}

async function toSettings(core: PageOfCore, page: Page): Promise<void> {
  await page.goto(`${core.origin}/#/settings/desktop`);
  await page.getByRole('heading', { name: 'Hotkey' }).waitFor();
}

describe('the hotkey in the settings', () => {
  it('is recorded by pressing it; what is reserved or taken is refused with words, and what stood stays', async () => {
    const core = await start();
    const page = await openSettings(core);
    const record = page.getByRole('button', { name: 'Record' });
    await record.press('Enter');
    await page.getByRole('button', { name: 'Press the keys…' }).waitFor();
    await page.keyboard.press('Control+c');
    await page.getByText('Ctrl C copies and pastes in every program: choose another.').waitFor();
    // Still recording: the page's own Ctrl+K is a key like any other, and opens nothing.
    await page.keyboard.press('Control+k');
    await page.getByText('Ctrl K edits text in most programs: choose another.').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);

    core.hotkeyIs('taken');
    await page.keyboard.press('Control+Shift+d');
    await page.getByText('Ctrl Shift D is taken by another program').waitFor();
    expect((await core.client.settings.get()).values.hotkey).toBe('CommandOrControl+Shift+Y');

    core.hotkeyIs('registered');
    await record.press('Enter');
    await page.keyboard.press('Control+Shift+d');
    await expect
      .poll(async () => (await core.client.settings.get()).values.hotkey)
      .toBe('CommandOrControl+Shift+D');
    await page.getByRole('button', { name: 'Reset to Ctrl Shift Y' }).press('Enter');
    await expect
      .poll(async () => (await core.client.settings.get()).values.hotkey)
      .toBe('CommandOrControl+Shift+Y');
  });

  it('is called good only once it was pressed', async () => {
    const core = await start();
    const page = await openSettings(core);
    await page.getByText('Press it now, once: only that proves it.').waitFor();
    core.pressHotkey();
    await page.getByText(/^It works: pressed at/).waitFor();
  });

  it('in a browser is said to act in this window only', async () => {
    const core = await start({ hotkeys: 'none' });
    const page = await openSettings(core);
    await page.getByText('In a browser they act in this window only.').waitFor();
    await page.getByText('Acts in this window.').waitFor();
  });
});

describe('what a browser cannot have', () => {
  it('is off, with the reason', async () => {
    const core = await start({ settings: { callAtOnce: true } });
    const page = await openSettings(core);
    for (const name of ['Call at once', 'Start at login', 'Close to the tray', 'Call strip']) {
      const control = page.getByRole('switch', { name });
      expect(await control.isDisabled(), name).toBe(true);
      expect(await control.isChecked(), name).toBe(false);
    }
    await page.getByText('Only in the desktop program: in a browser the card always asks.').waitFor();
  });
});

describe('the clipboard', () => {
  it('is read by an action that exists only where the setting offers it', async () => {
    const core = await start();
    const { page, close } = await core.open(browser, { permissions: ['clipboard-read', 'clipboard-write'] });
    onTestFinished(close);
    await toSettings(core, page);
    await page.evaluate(() => navigator.clipboard.writeText('98450 12345'));
    const find = async () => {
      await page.keyboard.press('Control+k');
      await page.getByPlaceholder('What would you like to do?').fill('from the clipboard');
    };
    await find();
    await page.getByText('Nothing is called that.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('switch', { name: 'Dial from the clipboard' }).press('Space');
    await expect.poll(async () => (await core.client.settings.get()).values.readClipboard).toBe(true);
    await find();
    await page.getByRole('dialog').getByText('Dial from the clipboard').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Dial card' }).getByText('98450 12345').first().waitFor();
    expect((await core.client.calls.list({})).calls).toEqual([]);
  });
});

describe('tel: links in a browser', () => {
  it('are asked for with the address that fills the card; a refusal is said in its words', async () => {
    const core = await start();
    const page = await openSettings(core);
    await page.evaluate(() => {
      navigator.registerProtocolHandler = (scheme: string, url: string | URL) => {
        document.body.dataset['asked'] = `${scheme} ${String(url)}`;
      };
    });
    await page.getByRole('button', { name: 'Ask the browser' }).click();
    await page.getByText(/^Asked\./).waitFor();
    expect(await page.evaluate(() => document.body.dataset['asked'])).toBe(`tel ${core.origin}/link?to=%s`);
    await page.evaluate(() => {
      navigator.registerProtocolHandler = () => {
        throw new DOMException('Not allowed here.', 'SecurityError');
      };
    });
    await page.getByRole('button', { name: 'Ask the browser' }).click();
    await page.getByText('The browser refused: Not allowed here.').waitFor();
  });
});

/** The browser's own notifications cannot be seen from a page: this one remembers what it was asked to show. */
const rememberNotes = () => {
  const shown: EventTarget[] = [];
  class Remembered extends EventTarget {
    static permission = 'default';
    static requestPermission() {
      Remembered.permission = 'granted';
      return Promise.resolve('granted');
    }
    readonly title: string;
    constructor(title: string) {
      super();
      this.title = title;
      shown.push(this);
    }
    close() {
      this.dispatchEvent(new Event('close'));
    }
  }
  Object.assign(globalThis, { Notification: Remembered, shownNotes: shown });
};

describe('notifications of the page', () => {
  it('are asked for by a click only; then the end of a call is told, and a click opens that call', async () => {
    const core = await start();
    const { page, close } = await core.open(browser);
    onTestFinished(close);
    await page.addInitScript(rememberNotes);
    await page.reload();
    await toSettings(core, page);
    const titles = () =>
      page.evaluate(() =>
        // Put there by the script above.
        (globalThis as unknown as { shownNotes: { title: string }[] }).shownNotes.map(({ title }) => title),
      );
    await page.getByText('Not asked yet.').waitFor();
    await page.getByRole('button', { name: 'Allow notifications' }).click();
    await page.getByText('Allowed.').waitFor();
    const { id } = await core.place('9845012345');
    await expect.poll(titles, { timeout: 10_000 }).toEqual(['+91 98450 12345']);
    await page.evaluate(() =>
      (globalThis as unknown as { shownNotes: EventTarget[] }).shownNotes[0]?.dispatchEvent(
        new Event('click'),
      ),
    );
    await page.waitForURL(`**/#/history/${id}`);
  });

  it('are none while the rep is not to be disturbed, and none of what they switched off', async () => {
    const core = await start();
    const page = await openSettings(core);
    await page.getByRole('switch', { name: 'Not reached' }).press('Space');
    await expect.poll(async () => (await core.client.settings.get()).values.notify.notReached).toBe(false);
    await page.getByRole('switch', { name: 'Do not disturb' }).press('Space');
    await expect.poll(async () => (await core.client.settings.get()).values.doNotDisturb).toBe(true);
    expect((await core.client.settings.get()).values.notify).toMatchObject({
      talked: true,
      notReached: false,
    });
  });
});

const flows: Flow[] = [
  { ...plainFlow, key: 1 },
  { ...plainFlow, id: 'demo', name: 'Demo reminder', key: 2 },
];

describe.each([
  ['light', 1280],
  ['dark', 1280],
  ['light', 560],
] as const)('in %s at %i px, axe finds nothing on', (colorScheme, width) => {
  it('the dial card, the strip and the settings', { timeout: 120_000 }, async () => {
    const core = await start({ settings: { flows, askAgainSeconds: 3600 } });
    const { page, close } = await core.open(browser, {
      colorScheme,
      viewport: { width, height: 800 },
      reducedMotion: 'reduce',
      // The page's own CSP would refuse the checker's script.
      bypassCSP: true,
    });
    onTestFinished(close);
    const dialog = page.getByRole('dialog', { name: 'Dial card' });
    const canCall = () =>
      page.waitForFunction(() => document.querySelector('.dc [data-calls]:not(:disabled)') !== null);
    const seesCard = async (text: string, shown: string) => {
      await core.client.desktop.openCard({ text });
      await dialog.getByText(shown).first().waitFor();
      await canCall();
      expect(await violationsOf(page), text).toEqual([]);
    };
    await seesCard('98765 43210 or 1800 209 4477', 'cannot be called');
    await seesCard('Invoice 42 of 2026', 'No phone number');
    const { id } = await core.place('9845012345');
    await core.reaches(id, 'completed');
    await seesCard('98450 12345', 'ago, completed');
    await dialog.getByRole('button', { name: 'Call', exact: true }).click();
    await dialog.getByRole('button', { name: 'Call anyway' }).waitFor();
    expect(await violationsOf(page), 'why').toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await toSettings(core, page);
    expect(await violationsOf(page), 'settings').toEqual([]);
    await core.place('9845010010');
    await page.goto(`${core.origin}/#/strip`);
    await page.getByRole('listitem').first().waitFor();
    expect(await violationsOf(page), 'strip').toEqual([]);
    await page.goto(`${core.origin}/#/card`);
    await core.client.desktop.openCard({ text: '98450 12346' });
    await page.getByRole('heading', { name: '98450 12346' }).waitFor();
    await canCall();
    expect(await violationsOf(page), 'card window').toEqual([]);
  });
});
