import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDataDir } from '../support/core-harness.ts';
import { type Program, startProgram } from '../support/program.ts';
import { hasFocus, launchBrowser, openWindow, type Window } from '../support/window.ts';

let browser: Browser;
let program: Program;
let window: Window;
let page: Page;
const data = makeDataDir();

beforeAll(async () => {
  browser = await launchBrowser();
  program = await startProgram({ dataDir: data.dir });
  window = await openWindow(browser, program.ready.url);
  ({ page } = window);
  await page.getByRole('combobox', { name: 'Number or name' }).waitFor();
});

afterAll(async () => {
  await browser.close();
  await program.stop();
  await data.remove();
});

async function openSettings(name: string): Promise<void> {
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByRole('navigation', { name: 'Settings pages' }).getByRole('link', { name }).click();
}

/** Keys act again once it is gone. */
async function closeDialog(): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** The step of a check: its words, and whether it was ticked. */
async function steps(): Promise<Record<string, string | null>> {
  const items = await page.getByRole('dialog').getByRole('listitem').all();
  const read = items.map(async (item) => [
    await item.locator('.check-step').innerText(),
    await item.getAttribute('data-state'),
  ]);
  return Object.fromEntries(await Promise.all(read));
}

describe('the check of a flow, on the practice line', () => {
  it('passes whole: each thing that reached this computer is ticked, and the door is heard in Health', async () => {
    await openSettings('Flows');
    await page.getByRole('link', { name: 'New lead' }).press('Enter');
    await page.getByRole('button', { name: 'Check this flow' }).press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('nobody is called, and nothing is charged').waitFor();
    // The dialog takes the focus a moment after it is seen; a key before that is not meant for it.
    const start = dialog.getByRole('button', { name: 'Start the check' });
    await expect.poll(() => hasFocus(start)).toBe(true);
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'Answer' }).press('Enter');
    await dialog.getByRole('button', { name: 'Hang up' }).press('Enter');
    await dialog.getByText('It works: everything reached this computer.').waitFor();
    expect(await steps()).toEqual({
      'Sent to Exotel': 'done',
      'Accepted by Exotel': 'done',
      'Picked up': 'done',
      'Greeting asked what to say': 'done',
      'Connect asked whom to ring': 'done',
      'Connect told of the phone': 'done',
      'Passthru told how it ended': 'done',
      'Exotel told the end of the call': 'done',
    });
    await closeDialog();
    await openSettings('Health');
    const connect = page.getByRole('listitem').filter({ hasText: 'Connect' });
    await connect.getByText('Last heard').waitFor();
  });

  it('passes by the missed branch where the phone is declined', async () => {
    await page.keyboard.press('Alt+r');
    await openSettings('Flows');
    await page.getByRole('link', { name: 'New lead' }).click();
    await page.getByRole('button', { name: 'Check this flow' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Start the check' }).click();
    const anyway = dialog.getByRole('button', { name: 'Check anyway' });
    const decline = dialog.getByRole('button', { name: 'Decline' });
    // The number was just called, so this one is asked about.
    await anyway.click();
    await decline.click();
    await dialog.getByText('by the branch “If nobody answers”').waitFor();
    await dialog.getByText('It works').waitFor();
    await closeDialog();
  });
});

describe('the rep’s state, in the frame', () => {
  it('follows the keys, and its menu says the same', async () => {
    const me = page.getByRole('region', { name: 'My state' });
    await page.keyboard.press('Alt+r');
    await me.getByRole('button', { name: 'Ready: change my state' }).waitFor();
    await page.keyboard.press('Alt+a');
    await me.getByRole('button', { name: 'Away: change my state' }).press('Enter');
    await page.getByRole('menuitem', { name: 'Ready' }).press('Enter');
    await me.getByRole('button', { name: 'Ready: change my state' }).waitFor();
  });
});

describe('the catalogue of flows', () => {
  it('takes a flow of one’s own in the place of the samples, and keeps what is changed of it', async () => {
    await openSettings('Flows');
    await page.getByText('These are the practice line’s own flows').waitFor();
    await page.getByRole('button', { name: 'Add a flow' }).click();
    const name = page.getByRole('textbox', { name: 'Name' });
    await name.fill('Payment');
    await name.press('Enter');
    await page.getByText('Saved').waitFor();
    await page.getByRole('textbox', { name: 'App id' }).fill('what');
    await page.getByRole('textbox', { name: 'App id' }).press('Enter');
    await page.getByText('An app id is a number of at most 20 digits.').waitFor();
    expect(await page.getByRole('textbox', { name: 'App id' }).inputValue()).toBe('what');
    await page.getByRole('textbox', { name: 'App id' }).fill('4711');
    // Leaving a field by choosing something else saves both.
    await page.getByRole('radio', { name: /^Automated/ }).click();
    await page.getByRole('link', { name: 'All flows' }).click();
    const row = page.getByRole('listitem').filter({ hasText: 'Payment' });
    await row.getByText('Automated · app 4711').waitFor();
    expect(await page.getByText('These are the practice line’s own flows').count()).toBe(0);
  });

  it('duplicates one, removes one and brings it back', async () => {
    await page.getByRole('button', { name: 'More for Payment', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Duplicate' }).click();
    const flow = (name: string) => page.getByRole('link', { name, exact: true });
    await flow('Payment copy').waitFor();
    await page.getByRole('button', { name: 'More for Payment', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await flow('Payment').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await flow('Payment').waitFor();
  });

  it('lets a flow be chosen as the default', async () => {
    await page.getByRole('button', { name: 'More for Payment copy' }).click();
    await page.getByRole('menuitem', { name: 'Make it the default' }).click();
    await page.getByRole('listitem').filter({ hasText: 'Payment copy' }).getByText('Default').waitFor();
  });
});

describe('my phone', () => {
  it('takes a number as it is typed, refuses what is none, and rings the one in use', async () => {
    await openSettings('My phone');
    const number = page.getByRole('textbox', { name: 'Number' });
    await number.fill('12');
    await number.press('Enter');
    await page.getByText('This is no number that Exotel can dial.').waitFor();
    await number.fill('098450-43210');
    await page.getByRole('textbox', { name: 'Label' }).fill('Mobile');
    await page.getByRole('button', { name: 'Add the phone' }).click();
    await page.getByRole('radio', { name: 'Use +91 98450 43210' }).waitFor();
    await number.fill('080 4719 1234');
    await number.press('Enter');
    await page.getByRole('radio', { name: 'Use 080 4719 1234' }).click();
    const me = page.getByRole('region', { name: 'My state' });
    await me.getByText('My phone …91 234').waitFor();
    await me.getByRole('button', { name: /My phone/ }).click();
    await page.getByRole('menuitem', { name: /98450 43210/ }).click();
    await me.getByText('My phone …43 210').waitFor();
  });

  it('keeps outcomes, their order and which of them mean do-not-call', async () => {
    const first = page.getByRole('textbox', { name: 'Outcome 1' });
    await first.fill('Not now');
    await first.press('Enter');
    await page.getByText('Two outcomes cannot have the same name.').waitFor();
    await first.fill('Very interested');
    await first.press('Enter');
    await page.getByRole('checkbox', { name: /^Very interested puts/ }).waitFor();
    await page.getByRole('button', { name: 'Move Call back up' }).click();
    await expect.poll(() => first.inputValue()).toBe('Call back');
  });
});

it('breaks no rule of the page', () => {
  expect(window.complaints).toEqual([]);
});
