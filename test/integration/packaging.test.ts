import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { writeFakeElectron } from '../../scripts/lib/fake-electron.ts';
import { readFuses } from '../../scripts/lib/fuses.ts';
import buildOnce from '../support/build-once.ts';
import { startElectronProgram, temporaryFolder } from '../support/electron-program.ts';
import { call, historyOf, toDialScreen } from '../support/practice-call.ts';
import { launchBrowser } from '../support/window.ts';

const run = promisify(execFile);
const folder = temporaryFolder();
const at = (...names: string[]) => path.join(folder.path, ...names);

/** `npm run package`, with a folder that stands for Electron's own files. */
async function packageApp(output: string, { args = [], env = {}, electron = 'electron' }: Asked = {}) {
  const command = ['scripts/package.ts', '--dir', `-c.directories.output=${at(output)}`, ...args];
  try {
    const { stderr } = await run(process.execPath, command, {
      env: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: at(electron), ...env },
    });
    return { code: 0, said: stderr };
  } catch (error) {
    const { code, stderr } = z.object({ code: z.number(), stderr: z.string() }).parse(error);
    return { code, said: stderr };
  }
}

interface Asked {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly electron?: string;
}

// The fake is an Electron for Linux; each system is packaged on its own runner anyway.
describe.skipIf(process.platform !== 'linux')('the package', () => {
  beforeAll(async () => {
    await buildOnce();
    writeFakeElectron(at('electron'));
    expect(await packageApp('release')).toMatchObject({ code: 0 });
    // With what was unpacked from it, in its place: what Electron shows the program as one folder.
    const asar = path.resolve('node_modules/@electron/asar/bin/asar.js');
    const resources = at('release/linux-unpacked/resources');
    await run(process.execPath, [asar, 'extract', path.join(resources, 'app.asar'), at('app')]);
  }, 120_000);
  afterAll(() => folder[Symbol.dispose]());

  it('holds the built program, its natives, and nothing else', () => {
    expect(readdirSync(at('app')).toSorted()).toEqual(['dist', 'node_modules', 'package.json']);
    expect(readdirSync(at('app/dist')).toSorted()).toEqual(['main', 'preload', 'renderer']);
    const modules = readdirSync(at('app/node_modules')).flatMap((name) =>
      name.startsWith('@')
        ? readdirSync(at('app/node_modules', name)).map((inner) => `${name}/${inner}`)
        : [name],
    );
    const natives =
      /^((@napi-rs\/keyring|@ngrok\/ngrok)(-linux-\w+(-gnu|-musl)?)?|selection-hook|node-gyp-build)$/;
    expect(modules.filter((name) => !natives.test(name))).toEqual([]);
    expect(modules).toEqual(
      expect.arrayContaining(['@napi-rs/keyring', '@ngrok/ngrok', 'selection-hook', 'node-gyp-build']),
    );
  });

  it('tells nothing of how it was made, in its package.json', () => {
    const keys = Object.keys(JSON.parse(readFileSync(at('app/package.json'), 'utf8')));
    expect(keys).toContain('version');
    expect(keys).not.toContain('scripts');
    expect(keys).not.toContain('devDependencies');
  });

  it('carries no source maps and no sources', () => {
    const files = readdirSync(at('app'), { recursive: true, encoding: 'utf8' });
    expect(files.filter((file) => file.endsWith('.map') || /(^|\/)src-/.test(file))).toEqual([]);
  });

  it('keeps its natives outside the archive, where the system can load them', () => {
    const unpacked = at('release/linux-unpacked/resources/app.asar.unpacked/node_modules');
    const libraries = readdirSync(unpacked, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.node'),
    );
    expect(libraries.some((file) => file.startsWith('@napi-rs/keyring-linux'))).toBe(true);
    expect(libraries.some((file) => file.startsWith('@ngrok/ngrok-linux'))).toBe(true);
    expect(libraries.filter((file) => file.startsWith('selection-hook'))).toEqual([
      `selection-hook/prebuilds/linux-${process.arch}/selection-hook.node`,
    ]);
  });

  it('has its fuses set', async () => {
    expect(await readFuses(at('release/linux-unpacked/flowdial'))).toEqual({
      RunAsNode: 'off',
      EnableCookieEncryption: 'on',
      EnableNodeOptionsEnvironmentVariable: 'off',
      EnableNodeCliInspectArguments: 'off',
      EnableEmbeddedAsarIntegrityValidation: 'on',
      OnlyLoadAppFromAsar: 'on',
      LoadBrowserProcessSpecificV8Snapshot: 'off',
      GrantFileProtocolExtraPrivileges: 'off',
      WasmTrapHandlers: 'on',
    });
  });

  it('knows no address for updates unless it was packaged with one', async () => {
    expect(existsSync(at('release/linux-unpacked/resources/app-update.yml'))).toBe(false);
    const env = { FLOWDIAL_UPDATE_URL: 'https://updates.example/flowdial' };
    expect(await packageApp('updating', { env })).toMatchObject({ code: 0 });
    const text = readFileSync(at('updating/linux-unpacked/resources/app-update.yml'), 'utf8');
    expect(parse(text)).toMatchObject({ provider: 'generic', url: env.FLOWDIAL_UPDATE_URL });
  }, 60_000);

  it('brings the updater, which is loaded on its own and finds Electron', async () => {
    const main = readFileSync(at('app/dist/main/electron.js'), 'utf8');
    const chunk = /import\("\.\/([\w-]+\.js)"\)\.then\([^;]+autoUpdater/.exec(main)?.[1] ?? 'none.js';
    const url = pathToFileURL(at('app/dist/main', chunk)).href;
    const program = `
      import { app } from 'electron';
      app.whenReady().then(async () => {
        const { autoUpdater } = (await import(${JSON.stringify(url)})).default;
        process.stdout.write(String(autoUpdater.currentVersion));
        process.exit(0);
      });`;
    writeFileSync(at('updater.mjs'), program);
    const standIn = path.resolve('test/support/electron-stand-in/run.ts');
    const { stdout } = await run(process.execPath, [standIn, at('updater.mjs'), '--data-dir', at('data')]);
    expect(stdout).toBe('0.0.0-stand-in');
  });

  it('is not made for a target whose natives are missing', async () => {
    const other = process.arch === 'arm64' ? 'x64' : 'arm64';
    const { code, said } = await packageApp('other', { args: [`--${other}`] });
    expect(code).toBe(1);
    expect(said).toContain(`The native library of @napi-rs/keyring-linux-${other} is not in the package.`);
  }, 60_000);

  it('is not made with an Electron that has a fuse which nobody has thought of', async () => {
    writeFakeElectron(at('newer'), '1011100111');
    const { code, said } = await packageApp('unknown-fuse', { electron: 'newer' });
    expect(code).toBe(1);
    expect(said).toContain('strictlyRequireAllFuses: The fuse wire in the Electron binary has 10 fuses');
  }, 60_000);

  it('is not made from a configuration with a key that electron-builder does not know', async () => {
    const { code, said } = await packageApp('unknown', { args: ['-c.productNam=Flowdial'] });
    expect(code).toBe(1);
    expect(said).toMatch(/unknown property 'productNam'/);
    expect(existsSync(at('unknown'))).toBe(false);
  }, 60_000);

  it('is not made where updates would come unencrypted', async () => {
    const { code, said } = await packageApp('plain', {
      env: { FLOWDIAL_UPDATE_URL: 'http://updates.example' },
    });
    expect({ code, said }).toEqual({ code: 1, said: 'FLOWDIAL_UPDATE_URL must be an https address.\n' });
  });

  it("without Electron's binary says so, keeps what is Flowdial's own, and ends with 2", async () => {
    mkdirSync(at('empty'));
    const { code, said } = await packageApp('none', { electron: 'empty' });
    expect(code).toBe(2);
    expect(said).toMatch(/Not packaged: Electron cannot be used, .+ then run `npm run package` again\.\n$/);
    expect(existsSync(at('none'))).toBe(false);
    expect(existsSync(path.resolve('release/without-electron/app.asar'))).toBe(true);
  }, 60_000);

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
  await rows.filter({ hasText: 'Automated' }).waitFor();
}
