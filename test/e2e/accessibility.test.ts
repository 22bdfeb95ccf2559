import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violationsOf } from '../support/axe.ts';
import { makeDataDir } from '../support/core-harness.ts';
import { type Program, startProgram } from '../support/program.ts';
import { launchBrowser, openWindow } from '../support/window.ts';

let browser: Browser;
let program: Program;
let session: string;
const data = makeDataDir();

beforeAll(async () => {
  browser = await launchBrowser();
  program = await startProgram({ dataDir: data.dir });
  const { page, close } = await openWindow(browser, program.ready.url);
  const box = page.getByRole('combobox', { name: 'Number or name' });
  for (const number of ['9845012345', '9845010403', '9845010002', '9845010001']) {
    await box.fill(number);
    // An automated flow takes one after the other; the default one rings the rep, one at a time.
    await page.keyboard.press('Alt+2');
    await page.getByRole('button', { name: 'Demo reminder', pressed: true }).waitFor();
    await box.press('Enter');
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('[role=combobox]')?.value === '',
    );
  }
  session = await page.evaluate(() => sessionStorage.getItem('flowdial-session') ?? '');
  await close();
});

afterAll(async () => {
  await browser.close();
  await program.stop();
  await data.remove();
});

async function open(colorScheme: 'light' | 'dark', width: number): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height: 800 },
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

async function openSettings(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: 'Settings' }).click();
  await page
    .getByRole('navigation', { name: 'Settings pages' })
    .getByRole('link', { name: new RegExp(name, 'i') })
    .click();
}

const screens: readonly (readonly [string, (page: Page) => Promise<void>])[] = [
  ['Dial', async () => {}],
  [
    'Dial with a number typed',
    async (page) => {
      await page.getByRole('combobox', { name: 'Number or name' }).fill('9845012346');
      await page.getByText('+91 98450 12346').first().waitFor();
    },
  ],
  ['Contacts', (page) => page.getByRole('link', { name: 'Contacts' }).click()],
  [
    'A new contact',
    async (page) => {
      await page.getByRole('link', { name: 'Contacts' }).click();
      await page.getByRole('button', { name: 'New contact' }).first().click();
      await page.getByRole('textbox', { name: 'Name' }).waitFor();
    },
  ],
  [
    'History with a refused call open',
    async (page) => {
      await page.getByRole('link', { name: 'History' }).click();
      await page.getByRole('row', { name: /98450 10403/ }).click();
      await page.getByRole('button', { name: 'Mark as do not call' }).waitFor();
    },
  ],
  ...(['Account', 'Flows', 'My phone', 'Calls', 'Callbacks', 'Health', 'Data', 'About'] as const).map(
    (name) => [`Settings: ${name}`, (page: Page) => openSettings(page, name)] as const,
  ),
  [
    'Settings: a sample flow, how it is set up',
    async (page) => {
      await openSettings(page, 'Flows');
      await page.getByRole('link', { name: 'New lead' }).click();
      await page.getByRole('img', { name: /^The flow New lead/ }).waitFor();
    },
  ],
  [
    'Settings: the check of a flow',
    async (page) => {
      await openSettings(page, 'Flows');
      await page.getByRole('link', { name: 'New lead' }).click();
      await page.getByRole('button', { name: 'Check this flow' }).click();
      await page.getByRole('button', { name: 'Start the check' }).waitFor();
    },
  ],
  [
    'The rep’s states',
    async (page) => {
      await page.getByRole('button', { name: /change my state/ }).click();
      await page.getByRole('menuitem', { name: 'Away' }).waitFor();
    },
  ],
  [
    'The palette',
    async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').waitFor();
    },
  ],
  [
    'The keys',
    async (page) => {
      await page.getByRole('heading', { level: 1 }).first().click();
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  ],
];

describe.each([
  ['light', 1280],
  ['dark', 1280],
  ['light', 480],
] as const)('in %s at %i px, axe finds nothing on', (colorScheme, width) => {
  let page: Page;
  beforeAll(async () => {
    page = await open(colorScheme, width);
  });
  afterAll(() => page.context().close());

  it.each(screens)('%s', async (_, go) => {
    await page.goto(new URL(program.ready.url).origin);
    await page.getByRole('combobox', { name: 'Number or name' }).waitFor();
    await go(page);
    expect(await violationsOf(page)).toEqual([]);
  });

  it('Dial with a flow that is blocked, and what works instead', async () => {
    await page.goto(new URL(program.ready.url).origin);
    const box = page.getByRole('combobox', { name: 'Number or name' });
    await box.waitFor();
    await page.keyboard.press('Alt+a');
    await box.fill('9845012377');
    await page.getByText('You are Away.').waitFor();
    const blocked = await violationsOf(page);
    await page.getByRole('button', { name: 'Ring me first' }).click();
    await page.getByText('rings the practice phone first').waitFor();
    await page.getByRole('button', { name: 'Call', exact: true, disabled: false }).first().waitFor();
    const ringMeFirst = await violationsOf(page);
    await page.keyboard.press('Alt+r');
    await page.getByRole('button', { name: 'Ready' }).first().waitFor();
    expect([blocked, ringMeFirst]).toEqual([[], []]);
  });

  it('a customer on the line, the talk, and the wrap-up', async () => {
    await page.goto(new URL(program.ready.url).origin);
    const box = page.getByRole('combobox', { name: 'Number or name' });
    await box.fill(`98450123${width === 480 ? 91 : colorScheme === 'dark' ? 92 : 93}`);
    await page.getByText('rings the practice phone').waitFor();
    await box.press('Enter');
    await page.getByRole('region', { name: 'Practice phone' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Alt+Enter');
    await page.getByRole('article', { name: /^Talking to/ }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Alt+x');
    await page.getByRole('article', { name: /^Talked to/ }).waitFor();
    await page.getByRole('button', { name: 'Pick' }).click();
    await page.getByLabel('When, in India').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.keyboard.press('Control+Enter');
    await page.getByRole('article', { name: /^Talked to/ }).waitFor({ state: 'detached' });
  });
});

it('a contact is added, found by name and called by keyboard alone', async () => {
  const page = await open('light', 1280);
  await page.keyboard.press('Control+2');
  await page.getByRole('button', { name: 'New contact' }).first().press('Enter');
  await page.getByRole('textbox', { name: 'Name' }).fill('Priya Sharma');
  await page.getByRole('textbox', { name: 'Number' }).first().fill('98450 54321');
  await page.getByRole('button', { name: 'Save' }).press('Enter');
  const row = page.getByRole('grid', { name: 'Contacts' }).getByRole('row', { name: /Priya Sharma/ });
  await row.waitFor();
  await page.keyboard.press('Control+1');
  const box = page.getByRole('combobox', { name: 'Number or name' });
  await box.waitFor();
  await page.keyboard.type('priya');
  await page.getByRole('option', { name: /Priya Sharma/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('article', { name: /Priya Sharma/ }).waitFor();
  await page.context().close();
});
