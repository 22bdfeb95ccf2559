import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Control, FromProgram, Question } from './electron-stand-in/control.ts';
import { pageHalf } from './electron-stand-in/page-half.ts';

/** The built Electron shell, running in Node against the stand-in. */
export interface ElectronProgram {
  readonly pid: number | undefined;
  /** Where the window's page can be loaded by a real Chromium; resolves once the program has opened its window. */
  readonly pageAddress: Promise<string>;
  /** Opens the window's page, as Electron does. */
  openPage(browser: Browser): Promise<Page>;
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

/** A folder for one test's data, taken away by `using`. */
export function temporaryFolder(): { readonly path: string } & Disposable {
  const folder = mkdtempSync(path.join(tmpdir(), 'flowdial-electron-'));
  return { path: folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Starts the program built in `app` (this repository, or a package's files) on a data folder. */
export function startElectronProgram(dataDir: string, app = path.resolve('.')): ElectronProgram {
  const child = fork(
    path.resolve('test/support/electron-stand-in/run.ts'),
    [path.join(app, 'dist/main/electron.js'), '--data-dir', dataDir],
    { execPath: process.execPath, execArgv: [], silent: true },
  );
  const output = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => void (output.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => void (output.stderr += text));
  const ended = once(child, 'close').then(([code, signal]: (number | string)[]) => code ?? signal ?? '');

  const pageAddress = Promise.withResolvers<string>();
  const waiting = new Map<number, (answer: Extract<FromProgram, { type: 'answer' }>) => void>();
  child.on('message', (message: FromProgram) => {
    if (message.type === 'bridged') pageAddress.resolve(message.origin);
    else waiting.get(message.id)?.(message);
  });
  // A program that never opens a window must fail its test with what it said.
  pageAddress.promise.catch(() => {});
  void ended.then((code) => {
    const problem = new Error(`The program ended (${code}): ${output.stderr}`);
    pageAddress.reject(problem);
    for (const [id, answer] of waiting) answer({ type: 'answer', id, error: problem.message });
  });

  let questions = 0;
  return {
    pid: child.pid,
    pageAddress: pageAddress.promise,
    async openPage(browser) {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      await page.addInitScript({
        content: pageHalf(readFileSync(path.join(app, 'dist/preload/preload.cjs'), 'utf8')),
      });
      await page.goto(await pageAddress.promise);
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
