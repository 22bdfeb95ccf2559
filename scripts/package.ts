import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { userEnvironment } from '../src-main/shells/browser/user-environment.ts';
import { ensureBuilt, root } from './lib/build.ts';
import { getElectron } from './lib/electron-binary.ts';
import { writeFakeElectron } from './lib/fake-electron.ts';
import { packagingArguments } from './lib/packaging-arguments.ts';

/**
 * `npm run package`: the installers for this system into release/. What follows `--` goes to electron-builder: `--dir`
 * leaves the installers out. Exit code 0: packaged. 1: something is wrong, and said. 2: all that is Flowdial's own was
 * put together and is right, but Electron's binary is missing.
 */
const asked = packagingArguments(process.env, process.platform);
if ('problem' in asked) end(1, asked.problem);
else if (!(await ensureBuilt())) end(1, 'Flowdial could not be built; nothing was packaged.');
else await packageWith(await getElectron(), asked.args);

async function packageWith(
  electron: Awaited<ReturnType<typeof getElectron>>,
  args: readonly string[],
): Promise<void> {
  if ('missing' in electron) return packageWithoutElectron(electron.missing, args);
  // The one that is developed and tested with, so that a release holds no other.
  const dist = electronFolder(electron.path);
  const code = await build([`-c.electronDist=${dist}`, ...args, ...process.argv.slice(2)]);
  end(code === 0 ? 0 : 1, code === 0 ? 'Packaged, in release/.' : 'Nothing was packaged: see above.');
}

/** Puts all together but Electron, so that what is wrong with it is known before somebody has the binary. */
async function packageWithoutElectron(missing: string, args: readonly string[]): Promise<void> {
  const advice = '`npx install-electron --no` fetches it; then run `npm run package` again';
  // The stand-in is made as Electron for Linux is.
  if (process.platform !== 'linux')
    return end(2, `Not packaged: Electron cannot be used, ${missing}. ${advice}.`);
  const folder = mkdtempSync(path.join(tmpdir(), 'flowdial-package-'));
  try {
    const [electron, output] = [path.join(folder, 'electron'), path.join(folder, 'release')];
    writeFakeElectron(electron);
    const code = await build([
      '--dir',
      `-c.electronDist=${electron}`,
      `-c.directories.output=${output}`,
      ...args,
    ]);
    if (code !== 0) return end(1, 'Nothing was packaged, and not only for want of Electron: see above.');
    const kept = path.join(root, 'release/without-electron');
    rmSync(kept, { recursive: true, force: true });
    for (const part of ['app.asar', 'app.asar.unpacked']) {
      cpSync(path.join(output, 'linux-unpacked/resources', part), path.join(kept, part), { recursive: true });
    }
    end(
      2,
      `Not packaged: Electron cannot be used, ${missing}. All that is Flowdial's own was put together and checked: ` +
        `release/without-electron has it, the program's archive and its natives. ${advice}.`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Runs electron-builder; its exit code. It gets nothing that provisions Flowdial, and publishes nothing. */
async function build(args: readonly string[]): Promise<number> {
  const cli = path.join(root, 'node_modules/electron-builder/cli.js');
  const builder = spawn(process.execPath, [cli, '--publish', 'never', ...args], {
    cwd: root,
    env: { ...userEnvironment(process.env), NO_UPDATE_NOTIFIER: '1' },
    stdio: ['ignore', 2, 2],
  });
  const [code] = await once(builder, 'exit');
  return typeof code === 'number' ? code : 1;
}

/** The folder that holds Electron as it was unpacked: on macOS the program lies three folders deeper in its bundle. */
function electronFolder(binary: string): string {
  return path.resolve(path.dirname(binary), process.platform === 'darwin' ? '../../..' : '.');
}

function end(code: number, sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = code;
}
