import { spawn } from 'node:child_process';
import { findStarter, isGone } from '../src-main/shells/browser/starter-watch.ts';
import { ensureBuilt, root } from './lib/build.ts';
import { whyNoWindow } from './lib/desktop.ts';
import { getElectron } from './lib/electron-binary.ts';

/**
 * `npm start`: builds where needed, then starts the Electron shell, or, where that cannot run, says why not in one
 * sentence on stderr and starts the browser shell. stdout is the program's.
 */
const args = process.argv.slice(2);
const starter = findStarter(process.env);
const quit = () => process.exit(0);
process.on('SIGINT', quit).on('SIGTERM', quit);

if (!(await ensureBuilt())) {
  process.stderr.write('Flowdial could not be built; nothing was started.\n');
  process.exit(1);
}
if (args.includes('--browser')) {
  await startBrowserShell();
} else {
  const reason = whyNoWindow(process.platform, process.env, process.getuid?.());
  const electron = reason === null ? await getElectron() : { missing: reason };
  if ('path' in electron) startElectron(electron.path);
  else {
    process.stderr.write(
      `Flowdial opens in your browser, because Electron cannot be used: ${electron.missing}.\n`,
    );
    await startBrowserShell();
  }
}

/** In this process, so that signals, stdout and the parent are its own. It reads the same command line. */
async function startBrowserShell(): Promise<void> {
  // Whoever wanted this may have gone during the build.
  if (isGone(starter) && !args.includes('--detach')) return;
  process.off('SIGINT', quit).off('SIGTERM', quit);
  // By a name the type checker does not follow: it is there only once built.
  const built = new URL('../dist/main/browser.js', import.meta.url);
  await import(built.href);
}

function startElectron(binary: string): void {
  const electron = spawn(binary, [root, ...args], { stdio: 'inherit' });
  process.off('SIGINT', quit).off('SIGTERM', quit);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => electron.kill(signal));
  electron.on('error', (error) => {
    process.stderr.write(`Electron could not be started: ${error.message}\n`);
    process.exitCode = 1;
  });
  electron.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
