import { once } from 'node:events';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { acquireLock } from '../../src-main/storage/lock.ts';
import type { FromPage, ToPage } from '../support/electron-stand-in/bridge-messages.ts';
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
  it('places a practice call and shows it Completed in the history with its recording; nothing breaks the CSP', async () => {
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
    await rows.filter({ hasText: 'Completed' }).waitFor();
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

  it('is sandboxed, isolated, and shown once it has something to show', async () => {
    const program = start();
    await open(program);
    await expect.poll(async () => (await program.ask('state')).windows[0]?.shown).toBe(true);
    const { sandboxed, windows } = await program.ask('state');
    expect(sandboxed).toBe(true);
    expect(windows[0]).toMatchObject({
      url: 'app://flowdial/',
      options: { width: 1280, height: 800, minWidth: 420, minHeight: 560, show: false },
    });
    // Only the preload is named: whatever else there is would weaken Electron's defaults.
    expect(Object.keys(windows[0]?.options.webPreferences ?? {})).toEqual(['preload']);
  });

  it('gives the page nothing of Electron or Node', async () => {
    const page = await open(start());
    const found = await page.evaluate(() =>
      ['require', 'process', 'module', 'ipcRenderer', 'electron', 'Buffer'].filter((name) => name in window),
    );
    expect(found).toEqual([]);
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

  it('comes to the front when the program is started a second time', async () => {
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
    await rows.filter({ hasText: 'Completed' }).waitFor();
    expect((await program.ask('state')).ports).toEqual({ made: 4, open: 1, sentAfterClose: 0 });
  });

  it('is not given to a frame inside the page that asks in its name', async () => {
    const program = start();
    const page = await open(program);
    await toDialScreen(page);
    const heard = await page.evaluateHandle(() => {
      document.body.append(document.createElement('iframe'));
      return { promise: new Promise((resolve) => window.addEventListener('message', resolve)) };
    });
    const [frame] = page.mainFrame().childFrames();
    await frame?.evaluate(() => window.parent.postMessage('flowdial-ready', '*'));
    await heard.evaluate(async ({ promise }) => void (await promise));
    // What the first load sent has arrived by the time that the second has its port.
    await page.reload();
    await page.getByRole('combobox', { name: 'Number or name' }).waitFor();
    expect((await program.ask('state')).ports.made).toBe(2);
  });

  it.each([
    ['our page', { foreign: false, isMainFrame: true }, 1],
    ['a frame within our page', { foreign: false, isMainFrame: false }, 0],
    ['another origin', { foreign: true, isMainFrame: true }, 0],
  ] as const)('asked for by %s', async (_, { foreign, isMainFrame }, given) => {
    const program = start();
    const address = await program.pageAddress;
    const socket = new WebSocket(address.replace('http', 'ws'), {
      origin: foreign ? 'https://evil.example' : address,
    });
    onTestFinished(() => socket.terminate());
    const messages: ToPage[] = [];
    socket.on('message', (data: Buffer) => messages.push(JSON.parse(data.toString())));
    await once(socket, 'open');
    for (const message of [
      { type: 'hello', isMainFrame },
      { type: 'ipc', channel: 'flowdial-ready' },
    ] as FromPage[]) {
      socket.send(JSON.stringify(message));
    }
    // Answered in order, so after all that the messages before it brought.
    socket.ping();
    await once(socket, 'pong');
    expect(messages).toHaveLength(given);
    expect((await program.ask('state')).ports.open).toBe(given);
  });

  it('is not given to a frame that is gone', async () => {
    const program = start();
    await program.pageAddress;
    await program.ask('sendFromGoneFrame');
    expect((await program.ask('state')).ports.made).toBe(0);
  });
});

describe('the page stays our page', () => {
  const folder = temporaryFolder();
  let program: ElectronProgram;
  beforeAll(async () => {
    program = startElectronProgram(folder.path);
    await program.pageAddress;
  });
  afterAll(async () => {
    await program.end('SIGKILL');
    folder[Symbol.dispose]();
  });

  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'] as const)(
    'whatever %s would lead to',
    async (what) => {
      for (const url of [
        'https://evil.example/',
        'file:///etc/passwd',
        'app://flowdial.evil.example/',
        'app://evil@flowdial/',
        'data:text/html,hello',
      ]) {
        expect([url, await program.ask('attempt', what, url)]).toEqual([url, 'prevented']);
      }
    },
  );

  it('may go to its own addresses, and opens no window', async () => {
    expect(await program.ask('attempt', 'will-navigate', 'app://flowdial/#/history')).toBe('allowed');
    expect(await program.ask('openWindow', 'https://evil.example/')).toBe('deny');
    expect(await program.ask('openWindow', 'app://flowdial/')).toBe('deny');
    expect((await program.ask('state')).openedExternally).toEqual([]);
  });

  it('gets no permission but to copy text, and that from our page only', async () => {
    for (const name of ['media', 'notifications', 'geolocation', 'clipboard-read', 'openExternal', 'usb']) {
      expect(await program.ask('permission', name, 'app://flowdial/')).toEqual({
        requested: false,
        checked: false,
      });
    }
    const copy = 'clipboard-sanitized-write';
    expect(await program.ask('permission', copy, 'app://flowdial/')).toMatchObject({ checked: true });
    expect(await program.ask('permission', copy, 'https://evil.example/')).toMatchObject({ checked: false });
  });

  it('is served by GET, from one folder, at one host', async () => {
    const ask = async (url: string, method = 'GET') => (await program.ask('request', url, method)).status;
    expect(await ask('app://flowdial/')).toBe(200);
    expect(await ask('app://flowdial/history')).toBe(200);
    expect(await ask('app://flowdial/', 'POST')).toBe(405);
    expect(await ask('app://flowdial/', 'HEAD')).toBe(405);
    expect(await ask('app://elsewhere/')).toBe(404);
    expect(await ask('app://flowdial/..%2fmain%2felectron.js')).toBe(404);
    expect(await ask('app://flowdial/../main/electron.js')).toBe(404);
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
