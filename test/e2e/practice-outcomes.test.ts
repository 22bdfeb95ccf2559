import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { practiceEndings } from '../../src-main/practice-line/endings.ts';
import { makeDataDir, plainFlow } from '../support/core-harness.ts';
import { type Program, startProgram } from '../support/program.ts';
import { hasFocus, launchBrowser, openWindow, type Window } from '../support/window.ts';

/** What each ending of a practice number must come to with an automated flow: the status (completed: who talked), and what the person is told beside it. */
const expected: Readonly<Record<string, { readonly status: string; readonly told: readonly RegExp[] }>> = {
  completed: { status: 'Automated', told: [/recording/i] },
  busy: { status: 'Busy', told: [/another call, or declined/] },
  'no-answer': { status: 'No answer', told: [/rang until it timed out/] },
  failed: { status: 'Failed', told: [/could not connect/] },
  canceled: { status: 'Canceled', told: [/ended before anybody picked up/] },
  'slow-answer': { status: 'Automated', told: [] },
  'lost-answer': { status: 'Automated', told: [/may have been called/] },
  'no-callback': { status: 'Automated', told: [/asked/i] },
  'doubled-callback': { status: 'Automated', told: [/2 times|twice/i] },
  'late-callback': { status: 'Automated', told: [/asked/i] },
  'lost-answer-no-callback': { status: 'Automated', told: [/Matched by number and time/] },
  'never-listed': {
    status: 'Unconfirmed',
    told: [/may have been called; do not redial/, /asks Exotel for proof/],
  },
  'listed-twice': { status: 'Unconfirmed', told: [/Which of these 2 is your call\?/] },
  // These differ where a flow rings a rep; an automated one is talked through.
  'customer-leaves-waiting': { status: 'Automated', told: [] },
  'customer-leaves-talking': { status: 'Automated', told: [] },
  'connect-asked-twice': { status: 'Automated', told: [] },
  'no-leg-events': { status: 'Automated', told: [] },
  'crossed-numbers': { status: 'Automated', told: [] },
  'unresolved-templates': { status: 'Automated', told: [] },
  'digits-pressed': { status: 'Automated', told: [] },
  'no-passthru': { status: 'Automated', told: [] },
  'late-passthru': { status: 'Automated', told: [] },
  'crossed-legs': { status: 'Automated', told: [] },
  'broken-answer': { status: 'Automated', told: [] },
  'bad-parameter': { status: 'Rejected', told: [/was not called/, /Check the number/] },
  credentials: { status: 'Rejected', told: [/was not called/, /key or token/, /press Test/] },
  balance: { status: 'Rejected', told: [/was not called/, /credit/] },
  dnd: { status: 'Rejected', told: [/was not called/, /Do Not Disturb/, /do not call/i] },
  'not-found': { status: 'Rejected', told: [/was not called/, /account Sid/] },
  conflict: { status: 'Rejected', told: [/was not called/, /history/] },
  'rate-limited': { status: 'Automated', told: [/slow down|too many|again/i] },
  'could-not-start': { status: 'Unconfirmed', told: [/most probably not called/] },
  'proxy-page': { status: 'Unconfirmed', told: [/may have been called; do not redial/] },
  'no-route': { status: 'Unconfirmed', told: [/most probably not called/] },
};

let browser: Browser;
let program: Program;
let window: Window;
// Its flow rings nobody, so that one call goes out after the other, and asks nothing: no applet proves a call whose answer was lost.
const data = makeDataDir({ flows: [plainFlow] });

beforeAll(async () => {
  browser = await launchBrowser();
  program = await startProgram({ dataDir: data.dir });
  window = await openWindow(browser, program.ready.url);
  const { page } = window;
  const box = page.getByRole('combobox', { name: 'Number or name' });
  await box.waitFor();
  for (const { example } of practiceEndings()) {
    await box.fill(example);
    await box.press('Enter');
    // The box is emptied once the call is on disk.
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('[role=combobox]')?.value === '',
    );
  }
  await page.getByRole('link', { name: 'History' }).click();
});

afterAll(async () => {
  await browser.close();
  await program.stop();
  await data.remove();
});

describe('the practice line, each of its outcomes', () => {
  it('has words for every outcome, and this table a line for each', () => {
    expect(
      practiceEndings()
        .map(({ outcome }) => outcome)
        .sort(),
    ).toEqual(Object.keys(expected).sort());
  });

  it.each(practiceEndings())(
    '$outcome ($example) is told with what happened and what to do',
    async ({ example, outcome }) => {
      const { status, told } = expected[outcome] ?? { status: 'no such outcome', told: [] };
      const { page } = window;
      const digits = example.replace(/\D/g, '').slice(-10);
      await page.getByRole('searchbox').fill(digits);
      const row = page
        .getByRole('grid', { name: 'Call history' })
        .getByRole('row', { name: new RegExp(`${digits.slice(0, 5)} ${digits.slice(5)}.*${status}`) });
      await row.waitFor({ timeout: 45_000 });
      await row.click();
      const panel = page.getByRole('complementary');
      await panel.getByRole('heading', { name: new RegExp(digits.slice(5)) }).waitFor();
      for (const words of told) await expect.poll(() => panel.innerText(), { timeout: 5000 }).toMatch(words);
    },
  );

  /** Opens the call with this ending in the history. */
  async function open(digits: string) {
    const { page } = window;
    await page.getByRole('searchbox').fill(digits);
    await page
      .getByRole('grid', { name: 'Call history' })
      .getByRole('row', { name: new RegExp(digits.slice(5)) })
      .click();
    const panel = page.getByRole('complementary');
    await panel.getByRole('heading', { name: new RegExp(digits.slice(5)) }).waitFor();
    return panel;
  }

  it('one of several listed calls is chosen by keyboard, and the others are gone', async () => {
    const panel = await open('9845010018');
    await panel
      .getByRole('button', { name: /^This one/ })
      .first()
      .focus();
    await window.page.keyboard.press('Enter');
    await expect.poll(() => panel.innerText()).toMatch(/You chose this call from Exotel’s list/);
    expect(await panel.innerText()).toMatch(/Completed/);
    expect(await panel.getByRole('button', { name: /^This one/ }).count()).toBe(0);
  });

  it('a matched call is refused by its key, once it is asked, and goes back into doubt', async () => {
    const panel = await open('9845010015');
    await window.page.keyboard.press('Alt+m');
    const sure = panel.getByRole('button', { name: 'It is not mine' });
    await sure.waitFor();
    await expect.poll(() => hasFocus(sure)).toBe(true);
    await window.page.keyboard.press('Enter');
    await expect.poll(() => panel.innerText()).toMatch(/Not this call, you said/);
    expect(await panel.innerText()).toMatch(/Unconfirmed/);
  });

  it('all of it is taken along by keyboard from Settings, and a copy made', async () => {
    const { page } = window;
    await page.keyboard.press('Control+,');
    await page.getByRole('link', { name: 'Data' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Copy now' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText(/^Copied: [\d.]+ MB\.$/).waitFor();
    await page.getByRole('button', { name: 'Export', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByText(`Exported. Calls: ${practiceEndings().length}, contacts: 0.`).waitFor();
    const [folder = ''] = await readdir(path.join(data.dir, 'exports'));
    const lines = (await readFile(path.join(data.dir, 'exports', folder, 'calls.csv'), 'utf8')).trim();
    expect(lines.split('\n')).toHaveLength(practiceEndings().length + 1);
  });

  it('breaks no rule of the page', () => {
    expect(window.complaints).toEqual([]);
  });
});
