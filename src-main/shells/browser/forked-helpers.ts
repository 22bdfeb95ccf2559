import { fork } from 'node:child_process';
import { bundleUrl } from '../../bundles.ts';
import type { Helper, HelperName, Helpers, Log } from '../../ports.ts';
import { helperEnvironment } from '../helper-environment.ts';

type HelperEvents = Parameters<Helpers['start']>[1];

/** Helpers as child processes of Node. */
export function createForkedHelpers(env: NodeJS.ProcessEnv, log: Log): Helpers {
  return { start: (name, on) => forkHelper(name, bundleUrl(`${name}-helper`), env, log, on) };
}

/** Starts a module as that helper. Its stdout leads nowhere (ours carries JSON lines only), its stderr into the log. */
export function forkHelper(
  name: HelperName,
  module: URL,
  env: NodeJS.ProcessEnv,
  log: Log,
  on: HelperEvents,
): Helper {
  const child = fork(module, {
    env: helperEnvironment(name, env),
    // Not our own flags (an inspector's port, a test runner's loader).
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let ended = false;
  function end(reason: string): void {
    if (ended) return;
    ended = true;
    on.exit(reason);
  }
  child.stderr?.setEncoding('utf8').on('data', (text: string) => log.warn('A helper says', { name, text }));
  child.on('message', (message: unknown) => on.message(message));
  child.on('error', (error) => end(error.message));
  child.on('exit', (code, signal) => end(signal === null ? `exit code ${code}` : `signal ${signal}`));
  return {
    send(message) {
      // A helper that has just ended is no error of the sender: `exit` tells it. The types know JSON only; with
      // `advanced` serialization, whatever can be cloned can be sent.
      if (child.connected) child.send(message as object, () => {});
    },
    kill: () => child.kill('SIGKILL'),
  };
}
