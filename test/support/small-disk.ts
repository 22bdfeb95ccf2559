import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A disk of its own (tmpfs), small enough to be filled. */
export interface SmallDisk {
  readonly dir: string;
  /** Until nothing more fits. */
  fill(): void;
  /** Takes away what `fill` wrote. */
  free(): void;
  remove(): void;
}

/** Why this computer cannot mount one; null: it can. Only root may, on Linux. */
export const noSmallDisk: string | null = (() => {
  if (process.platform !== 'linux') return 'a small disk is mounted on Linux only';
  if (process.getuid?.() !== 0) return 'only root may mount a small disk';
  try {
    mountSmallDisk(1).remove();
    return null;
  } catch (error) {
    return `no small disk can be mounted here (${String(error)})`;
  }
})();

export function mountSmallDisk(megabytes: number): SmallDisk {
  const dir = mkdtempSync(path.join(tmpdir(), 'flowdial-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', dir], { stdio: 'pipe' });
  const filler = path.join(dir, 'filler');
  return {
    dir,
    fill() {
      for (const bytes of [64 * 1024, 4096]) {
        try {
          for (;;) appendFileSync(filler, Buffer.alloc(bytes, 1));
        } catch (error) {
          if (!(error instanceof Error) || !('code' in error) || error.code !== 'ENOSPC') throw error;
        }
      }
    },
    free() {
      rmSync(filler, { force: true });
    },
    remove() {
      execFileSync('umount', [dir]);
      rmSync(dir, { recursive: true });
    },
  };
}

/** Mounts a folder over itself so that nothing can be written to it, not even by root. The function undoes it. */
export function makeReadOnly(dir: string): () => void {
  execFileSync('mount', ['--bind', dir, dir]);
  execFileSync('mount', ['-o', 'remount,bind,ro', dir]);
  return () => execFileSync('umount', [dir]);
}
