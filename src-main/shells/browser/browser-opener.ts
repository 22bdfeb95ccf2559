import { spawn } from 'node:child_process';
import type { Opener } from '../../ports.ts';
import { userEnvironment } from './user-environment.ts';

/** An opener that still runs after this long has become the browser. ms. */
const patienceMs = 5000;

/** Opens addresses with this system's own command for it. */
export function createBrowserOpener(platform: NodeJS.Platform): Opener {
  return {
    async openUrl(url) {
      const { protocol, href } = new URL(url);
      // Written out by the URL parser, an address begins with a letter: it can be no option of the command.
      if (protocol !== 'https:' && protocol !== 'http:') throw new Error(`Not a web address: ${protocol}`);
      const [command, ...args] = openCommand(platform);
      await runOpener(command, [...args, href]);
    },
  };
}

function openCommand(platform: NodeJS.Platform): readonly [string, ...string[]] {
  if (platform === 'darwin') return ['open'];
  // Not `start`: it belongs to cmd.exe, which reads & and ^ in an address as its own.
  if (platform === 'win32') return ['rundll32.exe', 'url.dll,FileProtocolHandler'];
  return ['xdg-open'];
}

/** Resolves when the command has done its work, or has become the browser; rejects where it could not. */
function runOpener(command: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: 'ignore',
      detached: true,
      env: userEnvironment(process.env),
    });
    const timer = setTimeout(resolve, patienceMs);
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(new Error(`${command} could not be started: ${error.message}`, { cause: error }));
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      if (code === 0) resolve();
      else reject(new Error(`${command} ended with ${code ?? 'a signal'}.`));
    });
    child.unref();
  });
}
