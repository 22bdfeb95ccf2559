import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { acquireLock } from '../../src-main/storage/lock.ts';
import { type ElectronProgram, startElectronProgram, temporaryFolder } from '../support/electron-program.ts';
import { call, historyOf, toDialScreen } from '../support/practice-call.ts';
import { launchBrowser } from '../support/window.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

function newFolder(): string {
  const folder = temporaryFolder();
  onTestFinished(() => folder[Symbol.dispose]());
  // An automated flow: the window and its calls, without a rep.
  const settings = JSON.stringify({ defaultFlowId: 'practice-reminder' });
  writeFileSync(path.join(folder.path, 'settings.json'), settings, { mode: 0o600 });
  return folder.path;
}

function start(dataDir = newFolder()): ElectronProgram {
  const program = startElectronProgram(dataDir);
  onTestFinished(async () => void (await program.end('SIGKILL')));
  return program;
}

async function open(program: ElectronProgram): Promise<Page> {
  const page = await program.openPage(browser);
  onTestFinished(() => page.close());
  return page;
}

/** The practice line: answered and completed; and one whose request is answered after 8 s only. */
const completes = { number: '9845012345', text: '98450 12345' };
const answersLate = { number: '9845010010', text: '98450 10010' };

describe('the window', () => {
  it('places a practice call and shows its end in the history with its recording; nothing breaks the CSP', async () => {
    const program = start();
    const page = await open(program);
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    const asked = new Set<string>();
    page.on('request', (request) => asked.add(new URL(request.url()).origin));
    await page.reload();

    await toDialScreen(page);
    await call(page, completes.number);
    const rows = await historyOf(page, completes.text);
    await rows.filter({ hasText: 'Automated' }).waitFor();
    expect(await rows.count()).toBe(1);

    await rows.click();
    await page.getByRole('link', { name: 'Open recording' }).click();
    await expect
      .poll(async () => (await program.ask('state')).openedExternally)
      .toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\//)]);
    expect(complaints).toEqual([]);
    // Its fonts, icons and sounds are its own.
    expect([...asked]).toEqual([await program.pageAddress]);
  });

  it('is shown once it has something to show', async () => {
    const program = start();
    await open(program);
    await expect.poll(async () => (await program.ask('state')).windows[0]?.shown).toBe(true);
    expect((await program.ask('state')).windows[0]).toMatchObject({
      url: 'app://flowdial/',
      options: { width: 1280, height: 800, minWidth: 420, minHeight: 560, show: false },
    });
  });

  it('is opened again from the dock after it was closed', async ({ skip }) => {
    if (process.platform !== 'darwin') skip('only macOS keeps a program without a window');
    const program = start();
    await open(program);
    await program.ask('closeWindow');
    await program.ask('activate');
    await expect.poll(async () => (await program.ask('state')).windows.length).toBe(1);
  });

  it.runIf(process.platform !== 'darwin')('ends the program when it is closed', async () => {
    const program = start();
    await open(program);
    // The program may end before it has answered.
    await program.ask('closeWindow').catch(() => {});
    expect(await program.ended).toBe(0);
  });

  it('security 24: comes to the front when the program is started a second time', async () => {
    const dataDir = newFolder();
    const first = start(dataDir);
    await open(first);
    await first.ask('minimize');
    const second = start(dataDir);
    expect(await second.ended).toBe(0);
    await expect
      .poll(async () => (await first.ask('state')).windows)
      .toMatchObject([{ minimized: false, focused: 1 }]);
  });
});

describe('the port', () => {
  it('is one for each load of the page: a reload with streams open leaves no listener behind', async () => {
    const program = start();
    const page = await open(program);
    await toDialScreen(page);
    for (let load = 0; load < 3; load++) {
      await page.reload();
      await page.getByRole('combobox', { name: 'Number or name' }).waitFor();
    }
    // Its changes reach every listener there is: one that outlived its port would send into it.
    await call(page, completes.number);
    const rows = await historyOf(page, completes.text);
    await rows.filter({ hasText: 'Automated' }).waitFor();
    expect((await program.ask('state')).ports).toEqual({ made: 4, open: 1, sentAfterClose: 0 });
  });
});

describe('the program', () => {
  it.each([
    ['SIGTERM', 'whose request is on the wire', answersLate, 'Dialing'],
    ['SIGINT', 'that is in progress', completes, 'In progress'],
  ] as const)('ends with 0 on %s and keeps a call %s', async (signal, _, { number, text }, status) => {
    const dataDir = newFolder();
    const first = start(dataDir);
    const page = await open(first);
    await toDialScreen(page);
    await call(page, number);
    await (await historyOf(page, text)).filter({ hasText: status }).waitFor();
    expect(await first.end(signal)).toBe(0);

    // The practice line that rang it ended with the program.
    const again = await historyOf(await open(start(dataDir)), text);
    await again.filter({ hasText: /Canceled|Unconfirmed/ }).waitFor();
    expect(await again.count()).toBe(1);
  });

  it('says who holds its data, and exits 3', async () => {
    const dataDir = newFolder();
    const lock = acquireLock(dataDir, { shell: 'browser', now: Date.now() });
    onTestFinished(() => lock.release());
    const program = start(dataDir);
    expect(await program.ended).toBe(3);
    const sentence = /Flowdial is already running with the data in .+: the browser shell .+ holds them\./
      .source;
    expect(program.output.stderr).toMatch(
      new RegExp(`^${sentence}\n\\[Flowdial cannot start\\] ${sentence}\n$`),
    );
    expect(program.output.stdout).toBe('');
  });

  it('has a menu with the keys that people expect', async () => {
    const program = start();
    await program.pageAddress;
    const first = process.platform === 'darwin' ? 'appMenu' : 'fileMenu';
    expect((await program.ask('state')).menu).toEqual([first, 'editMenu', 'View', 'windowMenu']);
  });
});
