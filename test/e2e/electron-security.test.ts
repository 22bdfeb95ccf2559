import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { FromPage, ToPage } from '../support/electron-stand-in/bridge-messages.ts';
import { type ElectronProgram, startElectronProgram, temporaryFolder } from '../support/electron-program.ts';
import { toDialScreen } from '../support/practice-call.ts';
import { launchBrowser } from '../support/window.ts';

/** Electron's list, by its numbers (docs/security.md), in the built program. */
let browser: Browser;
const folder = temporaryFolder();
let program: ElectronProgram;
beforeAll(async () => {
  browser = await launchBrowser();
  program = startElectronProgram(folder.path);
  await program.pageAddress;
});
afterAll(async () => {
  await program.end('SIGKILL');
  folder[Symbol.dispose]();
  await browser.close();
});

/** Addresses that no page of ours has a reason to go to. */
const elsewhere = [
  'https://evil.example/',
  'file:///etc/passwd',
  'app://flowdial.evil.example/',
  'app://evil@flowdial/',
  'data:text/html,hello',
  'tel:+919845012345',
];

async function open(): Promise<Page> {
  const page = await program.openPage(browser);
  onTestFinished(() => page.close());
  return page;
}

describe('security 1: the page', () => {
  it('asks for nothing but its own files, on every screen', async () => {
    const page = await open();
    const asked = new Set<string>();
    page.on('request', (request) => asked.add(new URL(request.url()).origin));
    await page.reload();
    await toDialScreen(page);
    for (const screen of ['Contacts', 'History', 'Settings']) {
      await page.getByRole('link', { name: screen }).click();
      await page.getByRole('heading', { name: screen }).first().waitFor();
    }
    expect([...asked]).toEqual([await program.pageAddress]);
  });
});

describe('security 2: Node', () => {
  it('is not in the page, and nothing of Electron either', async () => {
    const page = await open();
    const found = await page.evaluate(() =>
      ['require', 'process', 'module', 'ipcRenderer', 'electron', 'Buffer'].filter((name) => name in window),
    );
    expect(found).toEqual([]);
  });
});

describe('security 4: the sandbox', () => {
  it('is on for every process before the first window, and nothing is set that weakens it', async () => {
    const { sandboxed, windows } = await program.ask('state');
    expect(sandboxed).toBe(true);
    // Only the preload is named: whatever else there is would weaken Electron's defaults.
    for (const { options } of windows) expect(Object.keys(options.webPreferences ?? {})).toEqual(['preload']);
  });

  it('can load the preload: one CommonJS file that needs nothing but Electron', () => {
    expect(readdirSync('dist/preload')).toEqual(['preload.cjs']);
    const preload = readFileSync('dist/preload/preload.cjs', 'utf8');
    expect([...preload.matchAll(/require\((.+?)\)/g)].map(([, name]) => name)).toEqual(['"electron"']);
    expect(preload).not.toMatch(/^(import|export)\b/m);
  });
});

describe('security 5: permissions', () => {
  it('are denied, all but to copy text, and that to our page only', async () => {
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
});

describe('security 7: the policy of the page', () => {
  it('stops a script, an image and a request that are not its own', async () => {
    const page = await open();
    const stopped = await page.evaluateHandle(() => {
      const found: string[] = [];
      document.addEventListener('securitypolicyviolation', (event) => found.push(event.effectiveDirective));
      const script = document.createElement('script');
      script.textContent = 'window.ranInline = true';
      const image = document.createElement('img');
      image.src = 'https://evil.example/a.png';
      document.body.append(script, image);
      fetch('https://evil.example/').catch(() => {});
      return found;
    });
    await expect
      .poll(async () => (await stopped.jsonValue()).toSorted())
      .toEqual(['connect-src', 'img-src', 'script-src-elem']);
    expect(await page.evaluate(() => 'ranInline' in window)).toBe(false);
  });
});

describe('security 12: a webview', () => {
  it('is never attached', async () => {
    for (const url of [...elsewhere, 'app://flowdial/']) {
      expect([url, await program.ask('attempt', 'will-attach-webview', url)]).toEqual([url, 'prevented']);
    }
  });
});

describe('security 13: navigation', () => {
  it('leads to our own addresses only, by whatever way', async () => {
    for (const way of ['will-navigate', 'will-frame-navigate', 'will-redirect'] as const) {
      for (const url of elsewhere) {
        expect([url, await program.ask('attempt', way, url)]).toEqual([url, 'prevented']);
      }
      expect(await program.ask('attempt', way, 'app://flowdial/#/history')).toBe('allowed');
    }
  });

  it('does not follow a file that is dropped on the page', async () => {
    const page = await open();
    await toDialScreen(page);
    const before = page.url();
    const prevented = await page.evaluate(() => {
      const files = new DataTransfer();
      files.items.add(new File(['<h1>evil</h1>'], 'evil.html', { type: 'text/html' }));
      const options = { dataTransfer: files, bubbles: true, cancelable: true };
      return ['dragover', 'drop'].map((type) => !document.body.dispatchEvent(new DragEvent(type, options)));
    });
    expect(prevented).toEqual([true, true]);
    expect(page.url()).toBe(before);
  });
});

describe('security 14: a new window', () => {
  it('is never opened by the page, of our own address neither, and nothing leaves the program', async () => {
    for (const url of [...elsewhere, 'app://flowdial/']) {
      expect([url, await program.ask('openWindow', url)]).toEqual([url, 'deny']);
    }
    expect((await program.ask('state')).openedExternally).toEqual([]);
  });
});

describe('security 17: the port', () => {
  it('is not given to a frame inside the page that asks in its name', async () => {
    const page = await open();
    await toDialScreen(page);
    const { made } = (await program.ask('state')).ports;
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
    expect((await program.ask('state')).ports.made).toBe(made + 1);
  });

  it.each([
    ['our page', { foreign: false, isMainFrame: true }, 1],
    ['a frame within our page', { foreign: false, isMainFrame: false }, 0],
    ['another origin', { foreign: true, isMainFrame: true }, 0],
  ] as const)('asked for by %s', async (_, { foreign, isMainFrame }, given) => {
    const { made } = (await program.ask('state')).ports;
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
    expect((await program.ask('state')).ports.made).toBe(made + given);
  });

  it('is not given to a frame that is gone', async () => {
    const { made } = (await program.ask('state')).ports;
    await program.ask('sendFromGoneFrame');
    expect((await program.ask('state')).ports.made).toBe(made);
  });
});

describe('security 18: the scheme of the page', () => {
  it('is served by GET, from one folder, at one host', async () => {
    const ask = async (url: string, method = 'GET') => (await program.ask('request', url, method)).status;
    expect(await ask('app://flowdial/')).toBe(200);
    expect(await ask('app://flowdial/history')).toBe(200);
    expect(await ask('app://flowdial/', 'POST')).toBe(405);
    expect(await ask('app://flowdial/', 'HEAD')).toBe(405);
    expect(await ask('app://elsewhere/')).toBe(404);
    expect(await ask('app://flowdial/..%2fmain%2felectron.js')).toBe(404);
    expect(await ask('app://flowdial/%2e%2e/main/electron.js')).toBe(404);
    expect(await ask('app://flowdial/../main/electron.js')).toBe(404);
  });
});
