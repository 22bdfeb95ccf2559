import path from 'node:path';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { noDesktop } from '../../src-main/desktop/no-desktop.ts';
import type { Desktop } from '../../src-main/ports.ts';
import { startBrowserServer } from '../../src-main/shells/browser/server.ts';
import { systemClock } from '../../src-main/shells/system-clock.ts';
import type { Settings } from '../../src-shared/settings.ts';
import { type CoreHarness, makeDataDir, startCoreHarness } from './core-harness.ts';
import { scriptedSelection, type ScriptedSelection } from './scripted-selection.ts';
import { openWindow, type Window } from './window.ts';

/** How long a step of a test may wait for the page, ms. */
const stepMs = 12_000;

/** The built page on a core in this process, whose desktop the test plays. */
export interface PageOfCore extends CoreHarness {
  readonly origin: string;
  readonly selection: ScriptedSelection;
  /** Presses the global hotkey, where one is registered. */
  pressHotkey(): void;
  /** Whether the next hotkey that is asked for can be had. */
  hotkeyIs(answer: ReturnType<Desktop['hotkeys']['register']>): void;
  /** A window with the session. */
  open(browser: Browser, options?: BrowserContextOptions): Promise<Window>;
}

export async function startPageOfCore(
  options: {
    readonly settings?: Partial<Settings>;
    readonly platform?: string;
    /** `none`: a browser's. */
    readonly hotkeys?: 'scripted' | 'none';
  } = {},
): Promise<PageOfCore> {
  const data = makeDataDir();
  const selection = scriptedSelection();
  let pressed = () => {};
  let answer: ReturnType<Desktop['hotkeys']['register']> = 'registered';
  const hotkeys: Desktop['hotkeys'] = {
    register(accelerator, press) {
      if (answer === 'registered') pressed = accelerator === '' ? () => {} : press;
      return answer;
    },
  };
  const harness = await startCoreHarness({
    dataDir: data.dir,
    settings: { welcomeDone: true, ...options.settings },
    ...(options.platform === undefined ? {} : { platform: options.platform }),
    ports: {
      desktop: {
        ...noDesktop,
        selection: selection.reader,
        hotkeys: options.hotkeys === 'none' ? noDesktop.hotkeys : hotkeys,
      },
    },
  });
  const server = await startBrowserServer({
    port: 0,
    rendererDir: path.resolve('dist/renderer'),
    router: harness.core.router,
    clock: systemClock,
    log: { info: () => {}, warn: () => {}, error: () => {} },
  });
  let session: string | null = null;
  return {
    ...harness,
    origin: server.origin,
    selection,
    pressHotkey: () => pressed(),
    hotkeyIs: (next) => {
      answer = next;
    },
    async open(browser, contextOptions = {}) {
      if (session === null) {
        const first = await openWindow(browser, server.url, contextOptions);
        first.page.setDefaultTimeout(stepMs);
        await first.page.waitForFunction(() => sessionStorage.getItem('flowdial-session') !== null);
        session = await first.page.evaluate(() => sessionStorage.getItem('flowdial-session'));
        await first.page.getByRole('combobox', { name: 'Number or name' }).waitFor();
        return first;
      }
      const window = await openWindow(browser, 'about:blank', contextOptions);
      window.page.setDefaultTimeout(stepMs);
      await window.page.addInitScript(
        (value) => sessionStorage.setItem('flowdial-session', value ?? ''),
        session,
      );
      await window.page.goto(server.origin);
      await window.page.getByRole('combobox', { name: 'Number or name' }).waitFor();
      return window;
    },
    async stop() {
      await server.close();
      await harness.stop();
      await data.remove();
    },
  };
}
