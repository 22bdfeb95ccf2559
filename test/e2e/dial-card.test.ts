import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Flow } from '../../src-shared/flow.ts';
import { plainFlow } from '../support/core-harness.ts';
import { type PageOfCore, startPageOfCore } from '../support/page-of-core.ts';
import { hasFocus, launchBrowser } from '../support/window.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const flows: Flow[] = [
  { ...plainFlow, key: 1 },
  { ...plainFlow, id: 'demo', name: 'Demo reminder', key: 2 },
];

async function start(options: Parameters<typeof startPageOfCore>[0] = {}): Promise<PageOfCore> {
  const core = await startPageOfCore({ ...options, settings: { flows, ...options.settings } });
  onTestFinished(() => core.stop());
  return core;
}

async function open(core: PageOfCore): Promise<Page> {
  const { page, close } = await core.open(browser);
  onTestFinished(close);
  return page;
}

const cardOf = (page: Page) => page.getByRole('dialog', { name: 'Dial card' });
const callButton = (page: Page) => cardOf(page).getByRole('button', { name: 'Call', exact: true });

/** The card can be read, and Enter is no longer one that was typed before it came. */
async function readable(page: Page): Promise<void> {
  await page.locator('.dc').waitFor();
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 320)));
}

async function ready(page: Page): Promise<void> {
  await readable(page);
  await page.waitForFunction(() => document.querySelector('.dc [data-calls]:not(:disabled)') !== null);
}

async function numbersCalled(core: PageOfCore): Promise<(string | null)[]> {
  const { calls } = await core.client.calls.list({});
  return calls.map(({ number }) => number.e164);
}

async function callsOnce(core: PageOfCore, number: string): Promise<void> {
  await expect.poll(() => numbersCalled(core)).toEqual([number]);
}

describe('the hotkey’s card', () => {
  it('calls what was highlighted with Enter, and closes', async () => {
    const core = await start();
    const page = await open(core);
    core.selection.highlight('Please call 98450-12345 today');
    core.pressHotkey();
    await ready(page);
    await cardOf(page).getByText('selected: 98450-12345').waitFor();
    expect(await numbersCalled(core)).toEqual([]);
    await page.keyboard.press('Enter');
    await cardOf(page).waitFor({ state: 'hidden' });
    await callsOnce(core, '+919845012345');
  });

  it('never dials the clipboard of before, where nothing is highlighted', async () => {
    const core = await start();
    const { page, close } = await core.open(browser, {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    onTestFinished(close);
    await page.evaluate(() => navigator.clipboard.writeText('98450 12345'));
    core.selection.highlight('');
    core.pressHotkey();
    await readable(page);
    await cardOf(page).getByRole('heading', { name: 'Nothing was highlighted' }).waitFor();
    await page.keyboard.press('Enter');
    await cardOf(page).waitFor({ state: 'hidden' });
    expect(await page.getByRole('combobox', { name: 'Number or name' }).inputValue()).toBe('');
    expect(await numbersCalled(core)).toEqual([]);
  });

  it('keeps two numbers apart: a digit or an arrow chooses one, Alt and a digit the flow', async () => {
    const core = await start();
    const page = await open(core);
    core.selection.highlight('98765 43210 or 91234 56789, else 080 4719 1234');
    core.pressHotkey();
    await ready(page);
    const radios = cardOf(page).getByRole('radio');
    expect(await radios.count()).toBe(3);
    await page.keyboard.press('3');
    await cardOf(page).getByRole('heading', { name: '080 4719 1234' }).waitFor();
    await page.keyboard.press('ArrowUp');
    await cardOf(page).getByRole('heading', { name: '91234 56789' }).waitFor();
    await page.keyboard.press('Alt+2');
    await ready(page);
    await page.keyboard.press('Enter');
    await callsOnce(core, '+919123456789');
    const { calls } = await core.client.calls.list({});
    expect(calls[0]?.flow?.id).toBe('demo');
  });

  it('shows what was read where it is no number: Invoice 42 of 2026', async () => {
    const core = await start();
    const page = await open(core);
    core.selection.highlight('Invoice 42 of 2026');
    core.pressHotkey();
    await readable(page);
    await cardOf(page).getByText('Invoice 42 of 2026').waitFor();
    await page.keyboard.press('Escape');
    await cardOf(page).waitFor({ state: 'hidden' });
    expect(await numbersCalled(core)).toEqual([]);
  });

  it('says so where Exotel cannot ring the number, and does not call it', async () => {
    const core = await start();
    const page = await open(core);
    core.selection.highlight('1800 209 4477');
    core.pressHotkey();
    await readable(page);
    await cardOf(page).getByText('Exotel cannot ring this number').waitFor();
    expect(await callButton(page).isDisabled()).toBe(true);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await cardOf(page).waitFor({ state: 'hidden' });
    expect(await numbersCalled(core)).toEqual([]);
  });

  it('is one call when the hotkey fires twice and Enter is pressed in two windows at once', async () => {
    const core = await start();
    const [first, second] = [await open(core), await open(core)];
    core.selection.highlight('98450 12345');
    core.pressHotkey();
    core.pressHotkey();
    await Promise.all([ready(first), ready(second)]);
    expect(core.selection.reads).toBe(1);
    await Promise.all([first.keyboard.press('Enter'), second.keyboard.press('Enter')]);
    await Promise.all([first, second].map((page) => cardOf(page).waitFor({ state: 'hidden' })));
    await callsOnce(core, '+919845012345');
  });

  it('does not take an Enter that was typed before it could be read, nor one that is held', async () => {
    const core = await start();
    const page = await open(core);
    await page.evaluate(() => {
      new MutationObserver((_, observer) => {
        const card = document.querySelector('.dc');
        if (card === null) return;
        observer.disconnect();
        // The card's keys act from its first effects on.
        queueMicrotask(() => {
          card.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
          document.body.dataset['typed'] = 'ahead';
        });
      }).observe(document.body, { childList: true, subtree: true });
    });
    core.selection.highlight('98450 12345');
    core.pressHotkey();
    await page.locator('body[data-typed]').waitFor();
    await ready(page);
    await page.evaluate(() => {
      for (let repeat = 0; repeat < 20; repeat++) {
        document.activeElement?.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'Enter', repeat: true, bubbles: true, cancelable: true }),
        );
      }
    });
    // A call would have been placed, and the card be gone, before this is answered.
    await core.client.calls.check({ number: '98450 12345' });
    expect(await cardOf(page).isVisible()).toBe(true);
    expect(await numbersCalled(core)).toEqual([]);
    await page.keyboard.down('Enter');
    for (let repeat = 0; repeat < 20; repeat++) await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    await callsOnce(core, '+919845012345');
  });

  it('asks why where something speaks against the call, with the safe answer first, and keeps the reason', async () => {
    const core = await start({ settings: { askAgainSeconds: 3600 } });
    const page = await open(core);
    const before = await core.place('9845012345');
    await core.reaches(before.id, 'completed');
    core.selection.highlight('98450 12345');
    core.pressHotkey();
    await ready(page);
    await cardOf(page)
      .getByText(/^Called .* ago, completed\.$/)
      .waitFor();
    await page.keyboard.press('Enter');
    const why = cardOf(page).getByRole('group', { name: 'Why now' });
    await why.waitFor();
    expect(await numbersCalled(core)).toHaveLength(1);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Not now');
    await why.getByRole('button', { name: 'Agreed time' }).press('Enter');
    await cardOf(page).getByRole('button', { name: 'Call anyway' }).press('Enter');
    await cardOf(page).waitFor({ state: 'hidden' });
    await expect.poll(() => numbersCalled(core)).toHaveLength(2);
    const [newest] = (await core.client.calls.list({})).calls;
    const { events } = await core.client.calls.get({ id: newest?.id ?? '' });
    expect(events[0]?.event).toMatchObject({ type: 'placed', overrodeWhy: 'Agreed time' });
  });
});

describe('a number that is called at once', () => {
  const settings = { callAtOnce: true, askAgainSeconds: 3600 };

  it('can be undone for 2 s, and goes out by itself then', async () => {
    const core = await start({ platform: 'darwin', settings });
    const page = await open(core);
    core.selection.highlight('98450 12345');
    core.pressHotkey();
    await cardOf(page).getByRole('alert').getByText('Calls in 2 seconds').waitFor();
    await page.keyboard.press('Escape');
    await cardOf(page).waitFor({ state: 'hidden' });

    core.selection.highlight('98450 54321');
    // A press within 400 ms of another is the same one.
    await expect
      .poll(() => (core.pressHotkey(), cardOf(page).isVisible()), { interval: 450, timeout: 5000 })
      .toBe(true);
    await cardOf(page).getByText('Calls in 2 seconds').waitFor();
    expect(await numbersCalled(core)).toEqual([]);
    await cardOf(page).waitFor({ state: 'hidden' });
    await callsOnce(core, '+919845054321');
  });

  it('waits for a person where something speaks against it', async () => {
    const core = await start({ platform: 'darwin', settings });
    const page = await open(core);
    await core.place('9845012345');
    core.selection.highlight('98450 12345');
    core.pressHotkey();
    await ready(page);
    await cardOf(page)
      .getByText(/^Called /)
      .waitFor();
    expect(await cardOf(page).getByText('Calls in 2 seconds').count()).toBe(0);
  });

  it('is none on Linux, which may tell an old highlight', async () => {
    const core = await start({ platform: 'linux', settings });
    const page = await open(core);
    core.selection.highlight('98450 12345');
    core.pressHotkey();
    await ready(page);
    expect(await cardOf(page).getByText('Calls in 2 seconds').count()).toBe(0);
  });
});

describe('links', () => {
  it('tel:+91-80-1234 is no whole number: the card says so and calls nobody', async () => {
    const core = await start();
    const page = await open(core);
    await page.goto(`${core.origin}/link?to=${encodeURIComponent('tel:+91-80-1234')}`);
    await readable(page);
    await cardOf(page).getByText('tel:+91-80-1234').waitFor();
    await page.keyboard.press('Enter');
    await cardOf(page).waitFor({ state: 'hidden' });
    expect(await numbersCalled(core)).toEqual([]);
  });

  it('?dial= fills the card, never dials, and is gone from the address', async () => {
    const core = await start();
    const page = await open(core);
    await page.goto(`${core.origin}/?dial=98450%2012345`);
    await ready(page);
    await cardOf(page).getByText('from a link: 98450 12345').waitFor();
    expect(new URL(page.url()).search).toBe('');
    expect(await numbersCalled(core)).toEqual([]);
    await page.keyboard.press('Escape');
    await cardOf(page).waitFor({ state: 'hidden' });
    await page.reload();
    await page.getByRole('combobox', { name: 'Number or name' }).waitFor();
    expect(await cardOf(page).count()).toBe(0);
    expect(await numbersCalled(core)).toEqual([]);
  });

  it('of a window without a session are handed to one that has it; without one, Flowdial is to be opened first', async () => {
    const core = await start();
    const page = await open(core);
    const stranger = await (await browser.newContext()).newPage();
    onTestFinished(() => stranger.context().close());
    await stranger.goto(`${core.origin}/link?to=tel:9845012345`);
    await stranger.getByRole('heading', { name: 'Open Flowdial first' }).waitFor();
    expect(await cardOf(page).count()).toBe(0);

    const tab = await page.context().newPage();
    // The window's own session is set by an init script of its page only.
    await tab.goto(`${core.origin}/link?to=tel:9845012345`);
    await tab.getByRole('heading', { name: 'Flowdial has the number' }).waitFor();
    await cardOf(page).getByRole('heading', { name: '98450 12345' }).waitFor();
    expect(await tab.evaluate(() => sessionStorage.getItem('flowdial-session'))).toBeNull();
    expect(await numbersCalled(core)).toEqual([]);
  });

  it('that a web page opens by the fifty fill one card, and it tells of the rest', async () => {
    const core = await start();
    const page = await open(core);
    const opened = Array.from({ length: 50 }, (_, index) => `tel:98450${String(10_000 + index)}`);
    await Promise.all(opened.map((link) => core.client.desktop.openLink({ link })));
    await ready(page);
    await cardOf(page).getByRole('heading', { name: '98450 10000' }).waitFor();
    await cardOf(page).getByText('49 more links came at once and were not opened.').waitFor();
    expect(await numbersCalled(core)).toEqual([]);
    await page.keyboard.press('Enter');
    await callsOnce(core, '+919845010000');
  });

  it('may name a flow; one that nobody has is said', async () => {
    const core = await start();
    const page = await open(core);
    await core.client.desktop.openLink({ link: 'flowdial:dial?number=9845012345&flow=demo%20reminder' });
    await ready(page);
    const chips = cardOf(page).getByRole('group', { name: 'Flow' });
    await chips.getByRole('button', { name: 'Demo reminder', pressed: true }).waitFor();
    await page.keyboard.press('Escape');
    await cardOf(page).waitFor({ state: 'hidden' });
    const other = 'flowdial:dial?number=9845054321&flow=Nothing';
    // A link within 2 s of another is one of many.
    await expect
      .poll(async () => (await core.client.desktop.openLink({ link: other })) !== null, {
        interval: 2100,
        timeout: 10_000,
      })
      .toBe(true);
    await cardOf(page).getByText('The link asks for the flow “Nothing”').waitFor();
  });
});

describe('in a browser, by keyboard alone', () => {
  it('a pasted number opens the card, its digit chooses the flow, Enter calls', async () => {
    const core = await start({ hotkeys: 'none' });
    const { page, close } = await core.open(browser, {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    onTestFinished(close);
    await page.keyboard.press('Control+3');
    await page.getByRole('heading', { name: 'History' }).waitFor();
    await page.evaluate(() => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      return navigator.clipboard.writeText('Asha, 98450 12345');
    });
    await page.keyboard.press('Control+v');
    await ready(page);
    await page.keyboard.press('2');
    await cardOf(page).getByRole('button', { name: 'Demo reminder', pressed: true }).waitFor();
    await ready(page);
    await page.keyboard.press('Enter');
    await callsOnce(core, '+919845012345');
    expect((await core.client.calls.list({})).calls[0]?.flow?.id).toBe('demo');
    await page.getByRole('article', { name: /98450 12345/ }).waitFor();
  });

  it('a paste into a field stays there', async () => {
    const core = await start({ hotkeys: 'none' });
    const { page, close } = await core.open(browser, {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    onTestFinished(close);
    await page.evaluate(() => navigator.clipboard.writeText('98450 12345'));
    const box = page.getByRole('combobox', { name: 'Number or name' });
    await box.focus();
    await page.keyboard.press('Control+v');
    await expect.poll(() => box.inputValue()).toBe('98450 12345');
    expect(await cardOf(page).count()).toBe(0);
  });

  it('the hotkey opens the card on what is highlighted in the window, else asks to paste', async () => {
    const core = await start({ hotkeys: 'none' });
    const page = await open(core);
    await page.keyboard.press('Control+Shift+y');
    await page.getByText('Nothing is highlighted in this window').waitFor();
    const box = page.getByRole('combobox', { name: 'Number or name' });
    await box.fill('98450 12345');
    await box.press('Control+a');
    await page.keyboard.press('Control+Shift+y');
    await ready(page);
    await cardOf(page).getByRole('heading', { name: '98450 12345' }).waitFor();
    expect(await numbersCalled(core)).toEqual([]);
  });
});

describe('the small windows', () => {
  it('show the card without a frame; its links lead to the main window', async () => {
    const core = await start({ settings: { line: 'account' } });
    const main = await open(core);
    const small = await open(core);
    await small.goto(`${core.origin}/#/card`);
    core.selection.highlight('98450 12345');
    core.pressHotkey();
    const link = small.getByRole('link', { name: 'Fill it in' });
    await link.waitFor();
    await readable(small);
    expect(await small.getByRole('navigation').count()).toBe(0);
    await link.press('Enter');
    await main.waitForURL(/#\/settings\/account$/);
    expect(new URL(small.url()).hash).toBe('#/card');
    await cardOf(main).waitFor({ state: 'hidden' });
  });

  it('show the running call, and lead to its note', async () => {
    const core = await start();
    const main = await open(core);
    const small = await open(core);
    await small.goto(`${core.origin}/#/strip`);
    await small.getByText('No call is running.').waitFor();
    // The practice line answers this one after seconds only.
    const { id } = await core.place('9845010010');
    const row = small.getByRole('listitem').filter({ hasText: '98450 10010' });
    await row.getByRole('link', { name: /^Write a note/ }).click();
    await main.waitForURL(new RegExp(`#/history/${id}`));
    const note = main.getByRole('textbox', { name: 'Note' });
    await expect.poll(() => hasFocus(note)).toBe(true);
  });
});
