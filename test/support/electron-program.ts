import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Control, FromProgram, Question, WindowName } from './electron-stand-in/control.ts';
import { pageHalf } from './electron-stand-in/page-half.ts';

/** The built Electron shell, running in Node against the stand-in. */
export interface ElectronProgram {
  readonly pid: number | undefined;
  /** Where the window's page can be loaded by a real Chromium; resolves once the program has opened its window. */
  readonly pageAddress: Promise<string>;
  /** The same of another window. */
  addressOf(name: WindowName): Promise<string>;
  /** Opens a window's page, the main one's where none is named, as Electron does. */
  openPage(browser: Browser, name?: WindowName): Promise<Page>;
  /** Asks the stand-in (control.ts). */
  ask<K extends keyof Control>(
    name: K,
    ...args: Parameters<Control[K]>
  ): Promise<Awaited<ReturnType<Control[K]>>>;
  /** Resolves with the exit code, or the signal's name. */
  readonly ended: Promise<number | string>;
  readonly output: { stdout: string; stderr: string };
  end(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): Promise<number | string>;
}

const windowNames: readonly WindowName[] = ['', '#/card', '#/strip'];

function nameOf(url: string): WindowName {
  const name = windowNames.find((each) => url === `app://flowdial/${each}`);
  if (name === undefined) throw new Error(`No window of ours shows ${url}`);
  return name;
}

/** A folder for one test's data, taken away by `using`. */
export function temporaryFolder(): { readonly path: string } & Disposable {
  const folder = mkdtempSync(path.join(tmpdir(), 'flowdial-electron-'));
  return { path: folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Starts the program built in `app` (this repository, or a package's files) on a data folder. */
export function startElectronProgram(
  dataDir: string,
  app = path.resolve('.'),
  more: { readonly args?: readonly string[]; readonly env?: Readonly<Record<string, string>> } = {},
): ElectronProgram {
  const child = fork(
    path.resolve('test/support/electron-stand-in/run.ts'),
    [path.join(app, 'dist/main/electron.js'), '--data-dir', dataDir, ...(more.args ?? [])],
    {
      execPath: process.execPath,
      execArgv: [],
      silent: true,
      // A file that tells the desktop to start something at login is to lie in the test's own folder.
      env: { ...process.env, XDG_CONFIG_HOME: path.join(dataDir, 'config'), ...more.env },
    },
  );
  const output = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => void (output.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => void (output.stderr += text));
  const ended = once(child, 'close').then(([code, signal]: (number | string)[]) => code ?? signal ?? '');

  const addresses = new Map<string, PromiseWithResolvers<string>>();
  const addressOf = (name: WindowName) => {
    const url = `app://flowdial/${name}`;
    const known = addresses.get(url) ?? Promise.withResolvers<string>();
    // A program that never opens a window must fail its test with what it said.
    if (!addresses.has(url)) known.promise.catch(() => {});
    addresses.set(url, known);
    return known;
  };
  const waiting = new Map<number, (answer: Extract<FromProgram, { type: 'answer' }>) => void>();
  child.on('message', (message: FromProgram) => {
    if (message.type === 'bridged') addressOf(nameOf(message.url)).resolve(message.origin);
    else waiting.get(message.id)?.(message);
  });
  void ended.then((code) => {
    const problem = new Error(`The program ended (${code}): ${output.stderr}`);
    for (const name of windowNames) addressOf(name).reject(problem);
    for (const [id, answer] of waiting) answer({ type: 'answer', id, error: problem.message });
  });

  let questions = 0;
  return {
    pid: child.pid,
    pageAddress: addressOf('').promise,
    addressOf: (name) => addressOf(name).promise,
    async openPage(browser, name = '') {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      await page.addInitScript({
        content: pageHalf(readFileSync(path.join(app, 'dist/preload/preload.cjs'), 'utf8')),
      });
      await page.goto(`${await addressOf(name).promise}/${name}`);
      return page;
    },
    ask: (name, ...args) =>
      new Promise((resolve, reject) => {
        const id = questions++;
        waiting.set(id, (answer) => {
          waiting.delete(id);
          if (answer.error !== undefined) reject(new Error(answer.error));
          // The other side is control.ts itself; what it answers has come through JSON.
          else resolve(answer.value as Awaited<ReturnType<Control[typeof name]>>);
        });
        child.send({ id, name, args } satisfies Question, (error) => error && reject(error));
      }),
    ended,
    output,
    end(signal) {
      child.kill(signal);
      return ended;
    },
  };
}
