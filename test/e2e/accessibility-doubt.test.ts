import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violationsOf } from '../support/axe.ts';
import { makeDataDir, plainFlow } from '../support/core-harness.ts';
import { type Program, startProgram } from '../support/program.ts';
import { hasFocus, launchBrowser, openWindow } from '../support/window.ts';

let browser: Browser;
let program: Program;
let session: string;
// Nothing proves a call whose answer was lost; and the same number is asked about for as long as this takes.
const data = makeDataDir({ flows: [plainFlow], askAgainSeconds: 3600 });

const doubtful = [
  ['a call matched by number and time', '98450 10015', 'Matched by number and time.'],
  ['a call in doubt', '98450 10017', 'The customer may have been called; do not redial.'],
  ['a call that Exotel lists twice', '98450 10018', 'Which of these 2 is your call?'],
] as const;

beforeAll(async () => {
  browser = await launchBrowser();
  program = await startProgram({ dataDir: data.dir });
  const { page, close } = await openWindow(browser, program.ready.url);
  const box = page.getByRole('combobox', { name: 'Number or name' });
  for (const [, number] of doubtful) {
    await box.fill(number);
    await box.press('Enter');
    await page.getByRole('article', { name: new RegExp(number) }).waitFor();
  }
  session = await page.evaluate(() => sessionStorage.getItem('flowdial-session') ?? '');
  await close();
});

afterAll(async () => {
  await browser.close();
  await program.stop();
  await data.remove();
});

async function open(colorScheme: 'light' | 'dark'): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    colorScheme,
    reducedMotion: 'reduce',
    // The page's own CSP would refuse the checker's script.
    bypassCSP: true,
  });
  await context.addInitScript((value) => sessionStorage.setItem('flowdial-session', value), session);
  const page = await context.newPage();
  await page.goto(new URL(program.ready.url).origin);
  await page.getByRole('combobox', { name: 'Number or name' }).waitFor();
  return page;
}

describe.each(['light', 'dark'] as const)('in %s, axe finds nothing on', (colorScheme) => {
  let page: Page;
  beforeAll(async () => {
    page = await open(colorScheme);
  });
  afterAll(() => page.context().close());

  it.each(doubtful)('%s', async (_, number, words) => {
    await page.keyboard.press('Control+3');
    await page.getByRole('row', { name: new RegExp(number) }).click();
    await page.getByRole('complementary').getByText(words).first().waitFor();
    expect(await violationsOf(page)).toEqual([]);
  });

  it('the question whether to call in spite of a warning; the safe answer has the focus', async () => {
    await page.keyboard.press('Alt+n');
    await page.keyboard.type('9845010017');
    await page.getByText(/^This number was called/).waitFor();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: /98450 10017 anyway/ });
    await dialog.getByText('Nothing was sent yet.').waitFor();
    const notNow = dialog.getByRole('button', { name: 'Not now' });
    await expect.poll(() => hasFocus(notNow)).toBe(true);
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
  });
});
