import type { AppStatus } from '../src-shared/contract/app.ts';

type Notice = AppStatus['notices'][number];

/** Things a person must know, until they dismiss them. */
export interface Notices {
  readonly all: () => Notice[];
  /** Each is shown once while it stands. */
  add(notice: Notice): void;
  /** Counts on while it stands. */
  addChangedAway(count: number): void;
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
    dismiss,
  };
}
