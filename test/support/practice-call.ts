import type { Locator, Page } from 'playwright-core';

/** Waits for the Dial screen: where every start begins, the first one too. */
export async function toDialScreen(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'Number or name' }).waitFor();
}

/** Types the number, chooses the practice line's automated flow, and presses Call, on the Dial screen. */
export async function call(page: Page, number: string): Promise<void> {
  const box = page.getByRole('combobox', { name: 'Number or name' });
  await box.fill(number);
  await box.press('Alt+2');
  await box.press('Enter');
}

/** Goes to the history; the rows of the calls with this number, newest first. */
export async function historyOf(page: Page, number: string): Promise<Locator> {
  await page.getByRole('link', { name: 'History' }).click();
  return page.getByRole('grid', { name: 'Call history' }).getByRole('row').filter({ hasText: number });
}
