import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { startProgram } from '../test/support/program.ts';
import { launchBrowser, openWindow } from '../test/support/window.ts';

/**
 * `npm run pictures`: the README's pictures into docs/images, taken of the real program on the practice line.
 * `npm run pictures -- FOLDER`: every screen, in both themes, wide and narrow, to look at after a change.
 */
const folder = path.resolve(process.argv[2] ?? 'docs/images');
const inReadme = ['dial-light', 'card-light', 'live-dark', 'history-light'];
const contacts = [
  [
    'Priya Sharma',
    'Acme Textiles',
    '98450 12345',
    'Asked for price for 40 seats incl. GST. Decides with the CFO on Monday.',
  ],
  ['Rahul Kapoor', 'Meher Foods', '98860 44120', 'Wants a demo on Friday.'],
  ['Anil Mehta', 'Meher Foods', '98200 41277', ''],
  ['Asha Nair', 'Nair Exports', '94470 55810', ''],
  ['Meera Desai', 'Desai & Daughters', '99001 70002', ''],
  ['Sana Iqbal', 'Northwind Logistics', '90080 10015', ''],
  ['Vikram Thakur', 'Thakur Steel', '97400 30403', ''],
] as const;
/** Whom each live picture calls. */
const callees = ['98860 44120', '98200 41277', '98450 12345', '94470 55810'];
const sizes = { wide: { width: 1280, height: 800 }, narrow: { width: 480, height: 720 } } as const;

mkdirSync(folder, { recursive: true });
const dataDir = mkdtempSync(path.join(tmpdir(), 'flowdial-pictures-'));
// The pictures call the same few people again and again.
writeFileSync(path.join(dataDir, 'settings.json'), JSON.stringify({ askAgainSeconds: 0 }), { mode: 0o600 });
const program = await startProgram({ dataDir });
const browser = await launchBrowser();
try {
  const first = await openWindow(browser, program.ready.url, { colorScheme: 'light', viewport: sizes.wide });
  await shoot(first.page, 'welcome-light');
  const session = await first.page.evaluate(() => sessionStorage.getItem('flowdial-session') ?? '');
  await first.page.getByRole('button', { name: 'Skip' }).click();
  for (const [name, company, number, note] of contacts) {
    await addContact(first.page, name, company, number, note);
  }
  for (const [, , number] of contacts.toReversed()) await place(first.page, number);
  await first.page.getByText('Automated').first().waitFor();
  await first.close();
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const [size, viewport] of Object.entries(sizes)) {
      await takeAll(
        browser,
        session,
        colorScheme,
        viewport,
        size === 'wide' ? colorScheme : `${colorScheme}-narrow`,
      );
    }
  }
} finally {
  await browser.close();
  await program.stop();
  rmSync(dataDir, { recursive: true });
}

async function takeAll(
  chromium: Browser,
  session: string,
  colorScheme: 'light' | 'dark',
  viewport: { width: number; height: number },
  suffix: string,
): Promise<void> {
  const context = await chromium.newContext({ colorScheme, viewport, reducedMotion: 'reduce' });
  await context.addInitScript((value) => sessionStorage.setItem('flowdial-session', value), session);
  const page = await context.newPage();
  await page.goto(new URL(program.ready.url).origin);
  const box = page.getByRole('combobox', { name: 'Number or name' });
  await box.waitFor();
  await box.fill('98450 12345');
  await page.getByText('Priya Sharma').first().waitFor();
  await shoot(page, `dial-${suffix}`);

  await box.fill(callees.shift() ?? '');
  // The last call to them was an automated one, and so would the next be.
  await page.keyboard.press('Alt+1');
  await page.getByText('rings the practice phone').waitFor();
  await box.press('Enter');
  await page.getByRole('region', { name: 'Practice phone' }).waitFor();
  await shoot(page, `live-${suffix}`);
  await page.keyboard.press('Alt+Enter');
  await page.getByRole('article', { name: /^Talking to/ }).waitFor();
  await page.keyboard.press('Alt+x');
  await page.getByRole('article', { name: /^Talked to/ }).waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: 'Ready: change my state' }).waitFor();

  await page.goto(`${new URL(program.ready.url).origin}/?dial=${encodeURIComponent('98860 44120')}`);
  const card = page.getByRole('dialog');
  await card.getByText('Rahul Kapoor').first().waitFor();
  await card.getByText('New lead').first().waitFor();
  await shoot(page, `card-${suffix}`);
  await page.keyboard.press('Escape');
  await card.waitFor({ state: 'hidden' });

  await page.goto(`${new URL(program.ready.url).origin}/#/contacts`);
  await page.getByRole('row', { name: /Priya Sharma/ }).click();
  await shoot(page, `contacts-${suffix}`);
  await page.goto(`${new URL(program.ready.url).origin}/#/history`);
  await page
    .getByRole('row', { name: /Vikram Thakur/ })
    .first()
    .click();
  await shoot(page, `history-${suffix}`);
  await page.goto(`${new URL(program.ready.url).origin}/#/settings/account`);
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
  await shoot(page, `settings-${suffix}`);
  await context.close();
}

async function addContact(
  page: Page,
  name: string,
  company: string,
  number: string,
  note: string,
): Promise<void> {
  await page.getByRole('link', { name: 'Contacts' }).click();
  await page.getByRole('button', { name: 'New contact' }).first().click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('textbox', { name: 'Company' }).fill(company);
  await page.getByRole('textbox', { name: 'Number' }).first().fill(number);
  await page.getByRole('textbox', { name: 'Note' }).fill(note);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('row', { name: new RegExp(name) }).waitFor();
}

async function place(page: Page, number: string): Promise<void> {
  await page.getByRole('link', { name: 'Dial' }).click();
  const box = page.getByRole('combobox', { name: 'Number or name' });
  await box.fill(number);
  // The automated flow takes one after the other; the other rings the rep, one at a time.
  await page.keyboard.press('Alt+2');
  await page.getByRole('button', { name: 'Demo reminder', pressed: true }).waitFor();
  await box.press('Enter');
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>('[role=combobox]')?.value === '');
}

/** Waits until the fonts are there and what moves has moved. */
async function shoot(page: Page, name: string): Promise<void> {
  if (process.argv[2] === undefined && !inReadme.includes(name)) return;
  await page.evaluate(() => document.fonts.ready);
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: path.join(folder, `${name}.png`), animations: 'disabled' });
  process.stdout.write(`${name}.png\n`);
}
