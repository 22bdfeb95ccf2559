import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import buildOnce from '../support/build-once.ts';
import { startElectronProgram, temporaryFolder } from '../support/electron-program.ts';
import { readFuses, writeFakeElectron } from '../support/fake-electron-dist.ts';
import { call, historyOf, toDialScreen } from '../support/practice-call.ts';
import { launchBrowser } from '../support/window.ts';

const run = promisify(execFile);
const folder = temporaryFolder();
const at = (...names: string[]) => path.join(folder.path, ...names);

/** electron-builder, packaging for this system into a folder, with a stand-in for Electron's own files. */
function packageApp(output: string, ...args: string[]) {
  return run(
    process.execPath,
    [
      path.resolve('node_modules/electron-builder/cli.js'),
      '--dir',
      `-c.electronDist=${at('electron')}`,
      `-c.directories.output=${at(output)}`,
      ...args,
    ],
    { env: { ...process.env, NO_UPDATE_NOTIFIER: '1' } },
  ).catch((error: { stdout: string; stderr: string }) => {
    throw new Error(`${error.stdout}${error.stderr}`);
  });
}

// The fake is an Electron for Linux; each system is packaged on its own runner anyway.
describe.skipIf(process.platform !== 'linux')('the package', () => {
  beforeAll(async () => {
    await buildOnce();
    writeFakeElectron(at('electron'));
    await packageApp('release');
    // With what was unpacked from it, in its place: what Electron shows the program as one folder.
    const asar = path.resolve('node_modules/@electron/asar/bin/asar.js');
    const resources = at('release/linux-unpacked/resources');
    await run(process.execPath, [asar, 'extract', path.join(resources, 'app.asar'), at('app')]);
  }, 120_000);
  afterAll(() => folder[Symbol.dispose]());

  it('holds the built program, its natives, and nothing else', () => {
    expect(readdirSync(at('app')).toSorted()).toEqual(['dist', 'node_modules', 'package.json']);
    expect(readdirSync(at('app/dist')).toSorted()).toEqual(['main', 'preload', 'renderer']);
    const packages = readdirSync(at('app/node_modules')).flatMap((name) =>
      name.startsWith('@')
        ? readdirSync(at('app/node_modules', name)).map((scoped) => `${name}/${scoped}`)
        : [name],
    );
    // node-gyp-build is how selection-hook finds its native part.
    const natives =
      /^((@napi-rs\/keyring|@ngrok\/ngrok)(-linux-\w+(-gnu|-musl)?)?|selection-hook|node-gyp-build)$/;
    expect(packages.filter((name) => !natives.test(name))).toEqual([]);
    expect(packages).toEqual(expect.arrayContaining(['@napi-rs/keyring', '@ngrok/ngrok', 'selection-hook']));
  });

  it('carries no source maps and no sources', () => {
    const files = readdirSync(at('app'), { recursive: true, encoding: 'utf8' });
    const sources = /\.map$|(^|\/)src-|\.(cc|mm|h|gyp)$/;
    expect(files.filter((file) => sources.test(file))).toEqual([]);
  });

  it('keeps its natives outside the archive, where the system can load them', () => {
    const unpacked = at('release/linux-unpacked/resources/app.asar.unpacked/node_modules');
    const libraries = readdirSync(unpacked, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.node'),
    );
    expect(libraries.some((file) => file.startsWith('@napi-rs/keyring-linux'))).toBe(true);
    expect(libraries.some((file) => file.startsWith('@ngrok/ngrok-linux'))).toBe(true);
    expect(libraries.some((file) => file.startsWith('selection-hook/prebuilds/linux-'))).toBe(true);
  });

  it('has its fuses flipped', () => {
    const binary = readFileSync(at('release/linux-unpacked/flowdial'), 'latin1');
    expect(readFuses(binary)).toEqual({
      RunAsNode: false,
      EnableCookieEncryption: true,
      EnableNodeOptionsEnvironmentVariable: false,
      EnableNodeCliInspectArguments: false,
      EnableEmbeddedAsarIntegrityValidation: true,
      OnlyLoadAppFromAsar: true,
      LoadBrowserProcessSpecificV8Snapshot: false,
      GrantFileProtocolExtraPrivileges: false,
      WasmTrapHandlers: true,
    });
  });

  it('is not made for a target whose natives are missing', async () => {
    const other = process.arch === 'arm64' ? 'x64' : 'arm64';
    await expect(packageApp('other', `--${other}`)).rejects.toThrow(
      `The native library of @napi-rs/keyring-linux-${other} is not in the package.`,
    );
  });

  it('is not made from a configuration with a key that electron-builder does not know', async () => {
    await expect(packageApp('unknown', '-c.productNam=Flowdial')).rejects.toThrow(
      /unknown property 'productNam'/,
    );
    expect(existsSync(at('unknown'))).toBe(false);
  });

  it('runs as the browser shell from only its own files: a practice call is completed', async () => {
    const program = spawn(
      process.execPath,
      [at('app/dist/main/browser.js'), '--no-open', '--data-dir', at('browser-data')],
      { cwd: at('app'), stdio: ['ignore', 'pipe', 'inherit'] },
    );
    onTestFinished(async () => {
      program.kill('SIGKILL');
      await once(program, 'close');
    });
    const [line] = await once(createInterface(program.stdout), 'line');
    const browser = await launchBrowser();
    onTestFinished(() => browser.close());
    const page = await browser.newPage();
    await page.goto(JSON.parse(String(line)).url);
    await completeCall(page);
  }, 60_000);

  it('runs as the Electron shell from only its own files: a practice call is completed', async () => {
    const program = startElectronProgram(at('electron-data'), at('app'));
    onTestFinished(async () => void (await program.end('SIGKILL')));
    const browser = await launchBrowser();
    onTestFinished(() => browser.close());
    await completeCall(await program.openPage(browser));
  }, 60_000);
});

async function completeCall(page: Parameters<typeof call>[0]): Promise<void> {
  await toDialScreen(page);
  await call(page, '9845012345');
  const rows = await historyOf(page, '98450 12345');
  await rows.filter({ hasText: 'Completed' }).waitFor();
}
