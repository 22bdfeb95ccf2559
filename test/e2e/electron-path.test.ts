import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { defaultAccelerator } from '../../src-shared/accelerator.ts';
import { open, start, windowOf } from '../support/electron-suite.ts';
import { toDialScreen } from '../support/practice-call.ts';
import { launchBrowser } from '../support/window.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

it('the whole path: highlighted, pressed, read on the card, Enter, called, notified, clicked, seen', async () => {
  const program = start();
  const main = await open(program, browser);
  const card = await open(program, browser, '#/card');
  await toDialScreen(main);

  await program.ask('highlight', 'Asha Rao, 98450 12345');
  await program.ask('pressKey', defaultAccelerator);
  await card.getByRole('heading', { name: '98450 12345' }).waitFor();
  expect(await windowOf(program, '#/card')).toMatchObject({ shown: true, focused: 1 });
  await card.getByRole('button', { name: 'Demo reminder' }).waitFor();
  await card.keyboard.press('Alt+2');
  await card.getByRole('button', { name: 'Demo reminder', pressed: true }).waitFor();
  await card.waitForFunction(() => document.querySelector('.dc [data-calls]:not(:disabled)') !== null);
  // What was typed before a person could read the card is not meant for it.
  await card.evaluate(() => new Promise((resolve) => setTimeout(resolve, 320)));
  await card.keyboard.press('Enter');
  await expect.poll(async () => (await windowOf(program, '#/card'))?.shown).toBe(false);

  const title = '+91 98450 12345';
  await expect
    .poll(async () => (await program.ask('state')).notes, { timeout: 20_000 })
    .toMatchObject([{ title, shown: true }]);
  await program.ask('closeWindow');
  await expect.poll(async () => (await windowOf(program))?.shown).toBe(false);
  await program.ask('clickNote', title, null);
  expect((await windowOf(program))?.shown).toBe(true);
  await main.waitForURL(/#\/history\/[0-9a-f-]{36}$/);
  await main.getByText('Demo reminder').first().waitFor();
});
