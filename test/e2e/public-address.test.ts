import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accountEnvironment, makeDataDir } from '../support/core-harness.ts';
import { type Program, startProgram } from '../support/program.ts';
import { type PublicFront, startPublicFront } from '../support/public-front.ts';
import { launchBrowser, openWindow } from '../support/window.ts';

const data = makeDataDir();
let front: PublicFront;
let browser: Browser;
let program: Program;
let page: Page;

beforeAll(async () => {
  front = await startPublicFront();
  front.leadNowhere();
  browser = await launchBrowser();
  program = await startProgram({
    dataDir: data.dir,
    env: {
      FLOWDIAL_TUNNEL: front.url,
      FLOWDIAL_ACCOUNT_SID: 'acme1',
      FLOWDIAL_CALLER_ID: '08047191234',
      FLOWDIAL_APP_ID: '29281',
      ...accountEnvironment,
      // Nothing listens there, and nothing is dialled.
      FLOWDIAL_EXOTEL_HOST: 'http://127.0.0.1:1',
    },
  });
  ({ page } = await openWindow(browser, program.ready.url));
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('link', { name: 'Callbacks and tunnel' }).click();
});

afterAll(async () => {
  await browser.close();
  await program.stop();
  await front.close();
  await data.remove();
});

it('says what is wrong with a public address and what to do, and is tried at once by the keyboard', async () => {
  // On the account's line the frame says it on every screen.
  const line = page.getByRole('region', { name: 'My state' });
  await line.getByText('Exotel cannot reach this computer').waitFor();
  await page.getByText(`A request to ${front.url} came back with HTTP 502`).waitFor();
  await page.getByText('Calls work meanwhile').waitFor();
  const button = page.getByRole('button', { name: 'Try now' });
  await button.focus();
  front.leadTo(program.ready.callbacks);
  await page.keyboard.press('Enter');
  await line.getByText('Exotel can reach this computer').waitFor();
  await page.getByText(`Exotel reaches this computer at ${front.url}`).waitFor();

  // The same button, still in hand, now checks.
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Check');
  await page.keyboard.press('Enter');
  await page.getByText('Reached from outside').waitFor();
  front.leadNowhere();
  await page.keyboard.press('Enter');
  await line.getByText('Exotel cannot reach this computer').waitFor();
});

it('offers the answer’s callback, off until it is wanted', async () => {
  await page.getByRole('link', { name: 'Calls', exact: true }).click();
  const choice = page.getByRole('radiogroup', { name: 'Tell when the customer answers' });
  expect(await choice.getByRole('radio', { name: 'Off' }).isChecked()).toBe(true);
  await choice.getByText('On', { exact: true }).click();
  await page.getByText('Saved').waitFor();
  expect(await choice.getByRole('radio', { name: 'On' }).isChecked()).toBe(true);
});
