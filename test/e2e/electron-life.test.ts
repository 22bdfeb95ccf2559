import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { ElectronProgram } from '../support/electron-program.ts';
import { ask, newFolder, open, start, windowOf } from '../support/electron-suite.ts';
import { callXml, sendXml, startFakeExotel } from '../support/fake-exotel.ts';
import { firstOf } from '../support/page-client.ts';
import { toDialScreen } from '../support/practice-call.ts';
import { makeKeyringDir, startSecretService, whyNoSecretService } from '../support/secret-service.ts';
import { launchBrowser } from '../support/window.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const questions = async (program: ElectronProgram) => (await program.ask('state')).questions;

/** The program on an account of a fake Exotel, which accepts calls and says no more of them. */
async function startOnAccount() {
  const exotel = await startFakeExotel();
  onTestFinished(() => exotel.close());
  exotel.answer((_, response) => sendXml(response, 200, callXml({ Sid: 'sid1' })));
  const env = {
    FLOWDIAL_EXOTEL_HOST: exotel.origin,
    FLOWDIAL_ACCOUNT_SID: 'acme1',
    FLOWDIAL_CALLER_ID: '08047191234',
    FLOWDIAL_APP_ID: '29281',
    FLOWDIAL_API_KEY: 'key',
    FLOWDIAL_API_TOKEN: 'token',
  };
  const dataDir = newFolder();
  const program = start(dataDir, { env });
  return { exotel, dataDir, env, program, client: await ask(program) };
}

async function callOut({ client }: { client: Awaited<ReturnType<typeof ask>> }): Promise<string> {
  const id = randomUUID();
  await client.calls.place({
    id,
    number: '+919845012345',
    actedAt: Date.now(),
    accept: ['outside-calling-hours'],
  });
  await expect
    .poll(async () => (await client.calls.get({ id })).call.status, { timeout: 10_000 })
    .toBe('in-progress');
  return id;
}

describe('closing the window', () => {
  it('leaves the program in the tray, and a second start brings the window back', async () => {
    const dataDir = newFolder();
    const program = start(dataDir);
    const page = await open(program, browser);
    await toDialScreen(page);
    await program.ask('closeWindow');
    await expect.poll(async () => (await windowOf(program))?.shown).toBe(false);
    expect(await start(dataDir).ended).toBe(0);
    await expect.poll(async () => windowOf(program)).toMatchObject({ shown: true, focused: 1 });
    // It was never gone: the page is where the person left it.
    await toDialScreen(page);
  });

  it.runIf(process.platform !== 'darwin')('ends the program where the settings say so', async () => {
    const program = start();
    const client = await ask(program);
    await client.settings.update({ closeToTray: false });
    await program.ask('closeWindow');
    expect(await program.ended).toBe(0);
  });
});

describe('quitting while a call is out', () => {
  it('says what happens to it; who stays, stays, and who quits, quits', async () => {
    const started = await startOnAccount();
    const { program, client } = started;
    await callOut(started);
    await program.ask('quit');
    await expect
      .poll(() => questions(program))
      .toMatchObject([
        {
          message: 'A call is out',
          detail: expect.stringContaining('goes on at Exotel'),
          buttons: ['Stay', 'Quit'],
        },
      ]);
    await program.ask('answerQuestion', 'Stay');
    expect((await client.calls.list({})).calls).toHaveLength(1);
    expect((await windowOf(program, '#/card'))?.shown).toBe(false);

    await program.ask('quit');
    await expect.poll(async () => (await questions(program)).length).toBe(1);
    await program.ask('answerQuestion', 'Quit');
    expect(await program.ended).toBe(0);
  });

  it('asks nobody where the system ends the program', async () => {
    const started = await startOnAccount();
    await callOut(started);
    expect(await started.program.end('SIGTERM')).toBe(0);
  });
});

describe('a page that crashes', () => {
  it('is loaded again, and a call goes on meanwhile; the fourth time in a minute the person is asked', async () => {
    const started = await startOnAccount();
    const { program, client } = started;
    const page = await open(program, browser);
    await toDialScreen(page);
    const id = await callOut(started);
    for (let crash = 0; crash < 3; crash++) {
      const loaded = page.waitForEvent('load');
      await program.ask('crashPage', 'crashed');
      await loaded;
      await toDialScreen(page);
    }
    expect((await client.calls.get({ id })).call.status).toBe('in-progress');
    expect(await questions(program)).toEqual([]);
    await program.ask('crashPage', 'oom');
    await expect
      .poll(() => questions(program))
      .toMatchObject([{ message: 'Flowdial’s window keeps crashing' }]);
    const loaded = page.waitForEvent('load');
    await program.ask('answerQuestion', 'Load it again');
    await loaded;
    await toDialScreen(page);
  });

  it('that hangs is loaded again when the person says so', async () => {
    const program = start();
    const page = await open(program, browser);
    await toDialScreen(page);
    await program.ask('hangPage');
    await expect
      .poll(() => questions(program))
      .toMatchObject([{ message: 'Flowdial’s window does not answer' }]);
    const loaded = page.waitForEvent('load');
    await program.ask('answerQuestion', 'Load it again');
    await loaded;
  });
});

describe('a core that crashes', () => {
  it('starts again by itself, once, and says so; a call is neither lost nor made twice', async () => {
    const started = await startOnAccount();
    const id = await callOut(started);
    const { program, dataDir, env } = started;
    await program.ask('failCore');
    expect(await program.ended).toBe(1);
    const [, args = ''] = /^\[relaunch\] (.*)$/m.exec(program.output.stderr) ?? [];
    const again: string[] = JSON.parse(args);
    const next = start(dataDir, { env, args: again.filter((each) => each.startsWith('--restarted')) });
    const client = await ask(next);
    expect(await questions(next)).toMatchObject([{ message: 'Flowdial had to start again' }]);
    expect((await client.calls.get({ id })).call.status).toBe('in-progress');

    await next.ask('failCore');
    expect(await next.ended).toBe(1);
    expect(next.output.stderr).not.toContain('[relaunch]');
    expect(next.output.stderr).toContain('[Flowdial stopped again]');
    expect(started.exotel.connects()).toHaveLength(1);
  });
});

describe('a computer that wakes', () => {
  it('asks at once for the calls that were out', async () => {
    const started = await startOnAccount();
    await callOut(started);
    const asked = () => started.exotel.requests.filter(({ method }) => method === 'GET').length;
    const before = asked();
    await started.program.ask('wake');
    await expect.poll(asked, { timeout: 10_000 }).toBeGreaterThan(before);
  });
});

describe('the window’s place', () => {
  const main = { x: 0, y: 0, width: 1920, height: 1080 };

  it('is kept and taken again', async () => {
    const dataDir = newFolder();
    const first = start(dataDir);
    const client = await ask(first);
    const place = { x: 300, y: 200, width: 900, height: 700 };
    await first.ask('moveWindow', place);
    await expect.poll(async () => (await client.settings.get()).values.windowPlace).toEqual(place);
    expect(await first.end('SIGTERM')).toBe(0);
    const second = start(dataDir);
    await ask(second);
    expect((await windowOf(second))?.bounds).toEqual(place);
  });

  it('on a screen that is gone is given up for one that can be seen', async () => {
    const dataDir = newFolder();
    const place = { x: 2500, y: 100, width: 900, height: 700 };
    writeFileSync(path.join(dataDir, 'settings.json'), JSON.stringify({ windowPlace: place }));
    const program = start(dataDir);
    await program.pageAddress;
    expect((await windowOf(program))?.bounds).toEqual({ ...place, x: main.width - place.width });
  });
});

describe('a start at login', () => {
  it('shows no window until it is asked for', async () => {
    const dataDir = newFolder();
    const program = start(dataDir, { args: ['--background'] });
    const page = await open(program, browser);
    await toDialScreen(page);
    expect((await windowOf(program))?.shown).toBe(false);
    await start(dataDir).ended;
    await expect.poll(async () => (await windowOf(program))?.shown).toBe(true);
  });

  it.runIf(process.platform === 'linux')('is set by a file of the desktop’s own kind', async () => {
    const dataDir = newFolder();
    const client = await ask(start(dataDir));
    const file = path.join(dataDir, 'config/autostart/flowdial.desktop');
    expect((await client.desktop.setStartsAtLogin({ starts: true })).startsAtLogin).toBe(true);
    expect(readFileSync(file, 'utf8')).toMatch(/^Exec=".+" "--background"$/m);
    expect((await client.desktop.setStartsAtLogin({ starts: false })).startsAtLogin).toBe(false);
    expect(existsSync(file)).toBe(false);
  });
});

describe('the keychain', () => {
  const why = whyNoSecretService();

  function keyring() {
    const bus = makeKeyringDir();
    const home = makeKeyringDir();
    onTestFinished(() => {
      bus.remove();
      home.remove();
    });
    const busAddress = `unix:path=${bus.dir}/bus`;
    const startService = async (password: string) => {
      const service = await startSecretService({ home: home.dir, busAddress, password });
      onTestFinished(() => service.stop());
      return service;
    };
    return { busAddress, startService };
  }

  const vaultOf = async (program: ElectronProgram) =>
    (await firstOf((await ask(program)).app.status(), () => true)).vault;

  it('that comes late at login is waited for', async ({ skip }) => {
    if (why !== null) skip(why);
    const { busAddress, startService } = keyring();
    const program = start(newFolder(), {
      args: ['--background'],
      env: { DBUS_SESSION_BUS_ADDRESS: busAddress },
    });
    await program.pageAddress;
    await startService('test-only');
    expect(await vaultOf(program)).toEqual({ kind: 'keychain' });
  });

  it('that is locked is said plainly in the window, and the program runs', async ({ skip }) => {
    if (why !== null) skip(why);
    const { busAddress, startService } = keyring();
    await (await startService('first')).stop();
    await startService('another');
    const program = start(newFolder(), {
      args: ['--background'],
      env: { DBUS_SESSION_BUS_ADDRESS: busAddress },
    });
    expect(await vaultOf(program)).toMatchObject({
      kind: 'memory',
      problem: expect.stringMatching(/keychain/),
    });
    const page = await open(program, browser);
    await page.getByText('No keychain on this computer').waitFor();
  });
});
