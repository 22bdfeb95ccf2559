import type { Locator, Page } from 'playwright-core';

/** What a rep does on the practice line by keyboard alone. */

/** Types a number on the dial screen, waits for the sentence that says what Call will do, and presses Enter. */
export async function callByKeys(page: Page, number: string, sentence: string): Promise<void> {
  await page.keyboard.press('Alt+n');
  await page.locator('input[role=combobox]:focus').waitFor();
  await page.keyboard.type(number);
  await page.getByText(sentence).waitFor();
  await page.keyboard.press('Enter');
}

/** Presses Tab until this has the focus. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let stop = 0; stop < 100; stop++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${String(target)}.`);
}

/** Opens the call of this row in the history; the panel that tells its story. */
export async function openInHistory(page: Page, row: RegExp): Promise<Locator> {
  await page.keyboard.press('Control+3');
  const grid = page.getByRole('grid', { name: 'Call history' });
  const wanted = grid.getByRole('row', { name: row });
  await wanted.waitFor();
  const place = Number(await wanted.getAttribute('aria-rowindex'));
  // The grid is one stop of Tab; arrows lead to its rows.
  await tabTo(page, grid.locator('[role=row][tabindex="0"]'));
  for (let at = 1; at <= place; at++) {
    await page.keyboard.press(at === 1 ? 'Home' : 'ArrowDown');
    await grid.locator(`[role=row][aria-rowindex="${at}"]:focus`).waitFor();
  }
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary');
  await panel.getByText('What happened').waitFor();
  return panel;
}

/** Waits until the practice phone rings in the window. */
export async function phoneRings(page: Page): Promise<void> {
  await page
    .getByRole('region', { name: 'Practice phone' })
    .getByText(/rings you$/)
    .waitFor();
}
