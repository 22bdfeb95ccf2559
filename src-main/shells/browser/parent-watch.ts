import type { Clock } from '../../ports.ts';

/** How soon a lost parent is noticed. ms. */
const lookEveryMs = 500;

/**
 * Calls `gone` once when the process that started us is gone: npm dies by a signal and leaves its child running.
 * `parent` is `process.ppid` as it was at the very start. The watch lasts as long as the program.
 */
export function watchParent(parent: number, clock: Clock, gone: () => void): void {
  clock.after(lookEveryMs, () => {
    if (isRunning(parent)) watchParent(parent, clock, gone);
    else gone();
  });
}

function isRunning(parent: number): boolean {
  // POSIX hands an orphan to another process at once. Windows does not: there only the process itself can be asked for.
  if (process.ppid !== parent) return false;
  try {
    process.kill(parent, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
