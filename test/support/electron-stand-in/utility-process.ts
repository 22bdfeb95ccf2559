import { fork as forkChild } from 'node:child_process';
import type { ForkOptions, UtilityProcess } from 'electron';
import { onlyAfterReady } from './readiness.ts';
import { type Emits, emitter, strict } from './strict.ts';

/** Every helper that was started, for tests to look at. */
export const forked: { module: string; args: readonly string[]; options: ForkOptions }[] = [];

type Members = 'postMessage' | 'kill' | 'stderr';

/** Electron's `utilityProcess`, over a child process that has `process.parentPort`. */
export const utilityProcess = strict('utilityProcess', {
  fork(module: string, args: string[] = [], options: ForkOptions = {}) {
    onlyAfterReady('utilityProcess.fork');
    const { outside, emit } = emitter('UtilityProcess', ['message', 'exit']);
    forked.push({ module, args, options });
    const child = forkChild(module, args, {
      env: { ...options.env },
      execArgv: ['--import', new URL('./parent-port.ts', import.meta.url).href],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    child.on('message', (message) => emit('message', message));
    child.on('exit', (code) => emit('exit', code ?? 15));
    return strict('UtilityProcess', {
      ...outside,
      stderr: child.stderr,
      // As in Electron, a message to a process that has just ended is lost without a word.
      postMessage: (message: unknown) => void (child.connected && child.send({ message }, () => {})),
      kill: () => child.kill(),
    } satisfies Pick<UtilityProcess, Members> & Emits);
  },
});
