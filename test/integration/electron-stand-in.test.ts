import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../support/electron-program.ts';

/** Runs a main process written here against the stand-in; how it ended, and what it said of it. */
function run(program: string): Promise<{ code: unknown; stderr: string }> {
  const folder = temporaryFolder();
  onTestFinished(() => folder[Symbol.dispose]());
  const entry = path.join(folder.path, 'main.mjs');
  writeFileSync(entry, program);
  const standIn = path.resolve('test/support/electron-stand-in/run.ts');
  return new Promise((resolve) => {
    execFile(process.execPath, [standIn, entry], (error, _stdout, stderr) => {
      resolve({ code: error === null ? 0 : error.code, stderr });
    });
  });
}

/** What Electron itself refuses, and what the stand-in does not know. Either must end a test, not pass in it. */
it.each([
  ["import { BrowserWindow } from 'electron'; new BrowserWindow({});", 'BrowserWindow cannot be used before'],
  ["import { session } from 'electron'; session.defaultSession;", 'session cannot be used before'],
  ["import { protocol } from 'electron'; protocol.handle('app', () => {});", 'handle cannot be used before'],
  ["import { utilityProcess } from 'electron'; utilityProcess.fork('x');", 'fork cannot be used before'],
  [
    "import { app } from 'electron'; app.whenReady().then(() => app.enableSandbox());",
    'enableSandbox can only be called before',
  ],
  [
    "import { app, protocol } from 'electron'; app.whenReady().then(() => protocol.registerSchemesAsPrivileged([]));",
    'registerSchemesAsPrivileged can only be called before',
  ],
  [
    "import { app, BrowserWindow } from 'electron'; app.whenReady().then(() => new BrowserWindow({ webPreferences: { webSecurity: true, sandbox: true } }));",
    'opens no window with sandbox, webSecurity',
  ],
  ["import { app } from 'electron'; app.getLocale();", 'has no app.getLocale'],
  ["import { app } from 'electron'; app.name = 'x';", 'has no app.name'],
  ["import { app } from 'electron'; app.on('login', () => {});", 'app has no event login'],
  ["import { safeStorage } from 'electron';", "does not provide an export named 'safeStorage'"],
])('refuses %s', async (program, words) => {
  const { code, stderr } = await run(program);
  expect(code).toBe(1);
  expect(stderr).toContain(words);
});

it('is not ready before the entry module has been evaluated', async () => {
  const { code } = await run("import { app } from 'electron'; await app.whenReady();");
  // Node's exit code for a top-level await that never settles; Electron would hang.
  expect(code).toBe(13);
});

it('queues messages until a port is started, clones them, and tells its other end of its close', async () => {
  const { code, stderr } = await run(`
    import assert from 'node:assert/strict';
    import { setImmediate as turn } from 'node:timers/promises';
    import { MessageChannelMain } from 'electron';
    const { port1, port2 } = new MessageChannelMain();
    const heard = [];
    port2.on('message', ({ data }) => heard.push(data));
    port2.on('close', () => heard.push('close'));
    const sent = { at: new Date(0) };
    port1.postMessage(sent);
    assert.throws(() => port1.postMessage(() => {}), { name: 'DataCloneError' });
    port1.close();
    await turn(); await turn(); await turn();
    assert.deepEqual(heard, []);
    port2.start();
    await turn(); await turn(); await turn();
    assert.deepEqual(heard, [{ at: new Date(0) }, 'close']);
    assert.notEqual(heard[0], sent);
  `);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});
