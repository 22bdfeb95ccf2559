import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { makeDataDir } from '../support/core-harness.ts';
import { startProgram } from '../support/program.ts';
import { launchBrowser, openWindow } from '../support/window.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

function newDataDir(): string {
  // An automated flow needs nobody beside the keyboard; those that ring a rep have tests of their own.
  const data = makeDataDir({ defaultFlowId: 'practice-reminder' });
  onTestFinished(() => data.remove());
  return data.dir;
}

async function start(dataDir: string) {
  const program = await startProgram({ dataDir });
  onTestFinished(async () => void (await program.stop()));
  return program;
}

describe('the main job, by keyboard alone', () => {
  it('rings a practice number, tells Dialing, In progress, Answered and its end live, and keeps the call over a restart', async () => {
    const dataDir = newDataDir();
    const first = await start(dataDir);
    const window = await openWindow(browser, first.ready.url);
    const { page } = window;

    const box = page.getByRole('combobox', { name: 'Number or name' });
    await box.waitFor();
    const seen = await page.evaluateHandle(() => {
      const statuses: string[] = [];
      const look = () => {
        const card = document.querySelector('article[data-status]');
        const status = card?.getAttribute('data-status') ?? '';
        if (status !== '' && statuses.at(-1) !== status) statuses.push(status);
      };
      new MutationObserver(look).observe(document.body, {
        attributes: true,
        attributeFilter: ['data-status'],
        childList: true,
        subtree: true,
      });
      return statuses;
    });
    await page.keyboard.press('Control+n');
    await page.keyboard.type('98450 12345');
    await page.keyboard.press('Enter');

    const card = page.getByRole('article', { name: /98450 12345/ });
    await card.getByText('In progress').waitFor();
    await card.getByText('Automated', { exact: true }).waitFor();
    expect(await seen.jsonValue()).toEqual(['dialing', 'in-progress', 'answered', 'completed']);

    await page.keyboard.press('Control+3');
    const inHistory = { name: /98450 12345.*Automated/ };
    await page.getByRole('grid', { name: 'Call history' }).getByRole('row', inHistory).waitFor();
    expect(window.complaints).toEqual([]);
    const origin = new URL(first.ready.url).origin;
    expect(window.asked.filter((url) => !url.startsWith(origin) && !url.startsWith('data:'))).toEqual([]);
    await window.close();
    expect(await first.stop()).toBe(0);

    const second = await start(dataDir);
    const again = await openWindow(browser, second.ready.url);
    await again.page.getByRole('combobox', { name: 'Number or name' }).waitFor();
    await again.page.keyboard.press('Control+3');
    await again.page.getByRole('grid', { name: 'Call history' }).getByRole('row', inHistory).waitFor();
    await again.close();
  });

  it('shows the whole story of a call: its events, its Sid to copy, its recording', async () => {
    const program = await start(newDataDir());
    const { page, close } = await openWindow(browser, program.ready.url);
    await page.getByRole('combobox', { name: 'Number or name' }).fill('9845012345');
    await page.keyboard.press('Enter');
    await page
      .getByRole('article', { name: /98450 12345/ })
      .getByText('Automated', { exact: true })
      .waitFor();
    await page.keyboard.press('Control+3');
    const grid = page.getByRole('grid', { name: 'Call history' });
    await grid.getByRole('row', { name: /98450 12345/ }).press('Enter');
    await page
      .getByRole('button', { name: /recording/i })
      .or(page.getByRole('link', { name: /recording/i }))
      .waitFor();
    await page.getByRole('button', { name: 'Copy' }).waitFor();
    const story = page.getByRole('list').filter({ hasText: /Sent|sent/ });
    expect(await story.getByRole('listitem').count()).toBeGreaterThanOrEqual(3);
    await close();
  });

  it('places one call however long Enter is held', async () => {
    const program = await start(newDataDir());
    const { page, close } = await openWindow(browser, program.ready.url);
    await page.getByRole('combobox', { name: 'Number or name' }).fill('9845012345');
    await page.keyboard.down('Enter');
    for (let repeat = 0; repeat < 20; repeat++) await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    await page
      .getByRole('article', { name: /98450 12345/ })
      .getByText('Automated', { exact: true })
      .waitFor();
    await page.keyboard.press('Control+3');
    const rows = page.getByRole('grid', { name: 'Call history' }).getByRole('row', { name: /98450 12345/ });
    await rows.first().waitFor();
    expect(await rows.count()).toBe(1);
    await close();
  });
});

describe('two windows', () => {
  it('show the same call, live', async () => {
    const program = await start(newDataDir());
    const first = await openWindow(browser, program.ready.url);
    await first.page.getByRole('combobox', { name: 'Number or name' }).waitFor();
    // A further window of the app has its opener's session.
    const [second] = await Promise.all([
      first.page.waitForEvent('popup'),
      first.page.evaluate(() => void window.open('/#/history', '_blank')),
    ]);
    await second.getByRole('heading', { name: 'History' }).waitFor();
    await first.page.getByRole('combobox', { name: 'Number or name' }).fill('9845010001');
    await first.page.keyboard.press('Enter');
    await second.getByRole('row', { name: /98450 10001.*Busy/ }).waitFor();
    await first.close();
  });
});
