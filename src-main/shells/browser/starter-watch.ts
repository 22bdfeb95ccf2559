import { readFileSync } from 'node:fs';
import type { Clock } from '../../ports.ts';

/** How soon it is noticed that whoever started us is gone. ms. */
const lookEveryMs = 500;

/** The processes that this one should not outlive. */
export interface Starter {
  readonly parent: number;
  /** npm, where the shell through which it runs a script stays between it and us (Linux's dash does); null elsewhere. */
  readonly npm: number | null;
}

/** Who started us. To be asked at the very start: later the parent may be gone, and its place be taken. */
export function findStarter(env: Readonly<NodeJS.ProcessEnv>): Starter {
  const parent = process.ppid;
  const stat = env['npm_lifecycle_event'] === undefined ? null : readStat(parent);
  return { parent, npm: stat !== null && /^(ba|da|a|z)?sh$/.test(stat.name) ? stat.parent : null };
}

/** Whether the parent, or npm behind it, has ended. */
export function isGone({ parent, npm }: Starter): boolean {
  // POSIX hands an orphan to another process at once. Windows does not: there the parent itself must be asked for.
  if (process.ppid !== parent || (process.platform === 'win32' && !exists(parent))) return true;
  return npm !== null && readStat(parent)?.parent !== npm;
}

/**
 * Calls `gone` once when whoever started us is gone: npm, when it is killed, leaves its children running. The watch
 * lasts as long as the program.
 */
export function watchStarter(starter: Starter, clock: Clock, gone: () => void): void {
  clock.after(lookEveryMs, () => {
    if (isGone(starter)) gone();
    else watchStarter(starter, clock, gone);
  });
}

/** A process's name and parent, where the system has /proc (Linux); null elsewhere. */
function readStat(pid: number): { readonly name: string; readonly parent: number } | null {
  try {
    const [, name, parent] = /^\d+ \((.*)\) \S (\d+) /s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    return name === undefined ? null : { name, parent: Number(parent) };
  } catch {
    return null;
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
