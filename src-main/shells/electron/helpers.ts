import { fileURLToPath } from 'node:url';
import { utilityProcess } from 'electron';
import { bundleUrl } from '../../bundles.ts';
import type { Helpers, Log } from '../../ports.ts';
import { helperEnvironment } from '../helper-environment.ts';

/**
 * Helpers as Electron's utility processes: `child_process.fork` needs the RunAsNode fuse, which is off. Secrets go to
 * a helper by message only, never by argument or environment.
 */
export function createHelpers(log: Log): Helpers {
  return {
    start(name, on) {
      const child = utilityProcess.fork(fileURLToPath(bundleUrl(`${name}-helper`)), [], {
        env: helperEnvironment(name, process.env),
        serviceName: `Flowdial ${name}`,
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      child.stderr?.on('data', (text: Buffer) => log.warn('A helper says', { name, text: text.toString() }));
      child.on('message', on.message);
      // Also where the process could not be started.
      child.once('exit', (code) => on.exit(`exit code ${code}`));
      return { send: (message) => child.postMessage(message), kill: () => child.kill() };
    },
  };
}
