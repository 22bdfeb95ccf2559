import type { AppStatus } from '../src-shared/contract/app.ts';
import type { Storage } from './storage/storage.ts';

type Notice = AppStatus['notices'][number];

/** Things a person must know, until they dismiss them. */
export interface Notices {
  readonly all: () => Notice[];
  /** Each is shown once while it stands. */
  add(notice: Notice): void;
  /** Counts on while it stands. */
  addChangedAway(count: number): void;
  /** Why there is no daily copy; null: there is one, and no more to know. */
  readonly copied: (problem: string | null) => void;
  dismiss(code: string): void;
}

export function createNotices(changed: () => void): Notices {
  let notices: readonly Notice[] = [];

  function add(notice: Notice): void {
    if (notices.some(({ code }) => code === notice.code)) return;
    notices = [...notices, notice];
    changed();
  }

  function dismiss(code: string): void {
    notices = notices.filter((notice) => notice.code !== code);
    changed();
  }

  return {
    all: () => [...notices],
    add,
    addChangedAway(count) {
      const before = notices.find((notice) => notice.code === 'calls-changed-away');
      if (before !== undefined) dismiss(before.code);
      add({ code: 'calls-changed-away', count: (before?.count ?? 0) + count });
    },
    copied(problem) {
      if (problem === null) dismiss('copy-failed');
      else add({ code: 'copy-failed', problem });
    },
    dismiss,
  };
}

/** Adds what a person must know of how the program started. */
export function noteStart(start: {
  /** Where a damaged settings file was moved to. */
  readonly setAside: string | null;
  /** Settings in the file that are no good. */
  readonly ignored: readonly string[];
  /** Of provisioning. */
  readonly problems: readonly string[];
  readonly restored: Storage['restored'];
  readonly notices: Notices;
}): void {
  const { notices, setAside, ignored, problems, restored } = start;
  if (setAside !== null) notices.add({ code: 'settings-set-aside', file: setAside });
  if (ignored.length > 0) notices.add({ code: 'settings-ignored', names: [...ignored] });
  if (problems.length > 0) notices.add({ code: 'provisioning', problems: [...problems] });
  if (restored !== null) notices.add({ code: 'storage-restored', ...restored });
}
