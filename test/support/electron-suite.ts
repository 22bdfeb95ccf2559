import type { Browser, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import type { WindowName } from './electron-stand-in/control.ts';
import { type ElectronProgram, startElectronProgram, temporaryFolder } from './electron-program.ts';
import { openPageClient } from './page-client.ts';

/** A data folder for one test. */
export function newFolder(): string {
  const folder = temporaryFolder();
  onTestFinished(() => folder[Symbol.dispose]());
  return folder.path;
}

/** The built Electron shell for one test. */
export function start(
  dataDir = newFolder(),
  more: Parameters<typeof startElectronProgram>[2] = {},
): ElectronProgram {
  const program = startElectronProgram(dataDir, undefined, more);
  onTestFinished(async () => void (await program.end('SIGKILL')));
  return program;
}

/** One of its windows' pages in a real Chromium. */
export async function open(program: ElectronProgram, browser: Browser, name?: WindowName): Promise<Page> {
  const page = await program.openPage(browser, name);
  onTestFinished(() => page.close());
  return page;
}

/** The contract as the dial card's page speaks it, once the core runs. */
export async function ask(program: ElectronProgram) {
  const { client, close } = await openPageClient(await program.addressOf('#/card'));
  onTestFinished(close);
  await client.settings.get();
  return client;
}

/** A window of the program as the stand-in sees it. */
export async function windowOf(program: ElectronProgram, name: WindowName = '') {
  const { windows } = await program.ask('state');
  return windows.find(({ url }) => url === `app://flowdial/${name}`);
}
