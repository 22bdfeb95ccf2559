import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core';
import { chromiumLaunch } from './chromium.ts';

/** A window of the program in real Chromium, and what went wrong in it. */
export interface Window {
  readonly page: Page;
  /** Errors of the page and its console: a broken rule of the CSP is one. */
  readonly complaints: readonly string[];
  /** Every address the page asked for. */
  readonly asked: readonly string[];
  readonly close: () => Promise<void>;
}

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch(await chromiumLaunch());
}

/** Whether the keyboard's focus is on this control. */
export function hasFocus(control: Locator): Promise<boolean> {
  return control.evaluate((element) => element === document.activeElement);
}

export async function openWindow(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Window> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  const asked: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(url);
  return { page, complaints, asked, close: () => context.close() };
}
