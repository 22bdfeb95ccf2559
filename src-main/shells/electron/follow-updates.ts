import { assertNever } from '../../../src-shared/errors.ts';
import type { Clock, Log } from '../../ports.ts';

/** What an update is taken with. */
export interface Updater {
  /** Looks for a newer version and fetches it: its name once it is here, null where there is none. */
  fetch(): Promise<string | null>;
  /** Ends the program and starts the version that was fetched. */
  restart(): void;
}

export interface UpdateParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly updater: Updater;
  /** Whether a call waits, is out, or is talked in. */
  readonly callsRun: () => Promise<boolean>;
  /** Asks the person for a restart into this version. */
  readonly mayRestart: (version: string) => Promise<boolean>;
}

/** The start of a program is not the moment for a download. ms. */
const firstLookMs = 60_000;
const lookEveryMs = 60_000;
const fetchEveryMs = 4 * 3_600_000;
/** Who said "later" is asked again after this. ms. */
const askAgainMs = 24 * 3_600_000;

/** How things stand with the update, in ms of the monotonic clock; null: not yet. */
export interface Standing {
  readonly ready: string | null;
  readonly fetchedAt: number | null;
  readonly askedAt: number | null;
}

export type Step =
  | { readonly kind: 'fetch' }
  | { readonly kind: 'ask'; readonly version: string }
  | { readonly kind: 'wait' };

/** What is to be done now. Nobody is asked while calls run: the answer "yes" would end the program under them. */
export function nextStep({ ready, fetchedAt, askedAt }: Standing, now: number, callsRun: boolean): Step {
  if (ready === null) {
    const isDue = fetchedAt === null || now - fetchedAt >= fetchEveryMs;
    return { kind: isDue ? 'fetch' : 'wait' };
  }
  const mayAsk = !callsRun && (askedAt === null || now - askedAt >= askAgainMs);
  return mayAsk ? { kind: 'ask', version: ready } : { kind: 'wait' };
}

/** Why this program does not look for updates, as a sentence for the log; null: it does. */
export function whyNoUpdates(program: {
  readonly isPackaged: boolean;
  readonly hasAddress: boolean;
  readonly platform: NodeJS.Platform;
}): string | null {
  if (!program.isPackaged) return 'No updates are looked for: this is no packaged program.';
  if (!program.hasAddress) return 'No updates are looked for: the package names no address for them.';
  if (program.platform !== 'win32' && program.platform !== 'darwin') {
    return 'No updates are looked for: nothing on this system checks the signature of one.';
  }
  return null;
}

/**
 * Fetches newer versions in the background and asks before it restarts into one, never while calls run: not the
 * question, and not the restart where a call began while the person thought. The function returned ends it.
 */
export function followUpdates({ clock, log, updater, callsRun, mayRestart }: UpdateParts): () => void {
  let standing: Standing = { ready: null, fetchedAt: null, askedAt: null };
  let ended = false;
  let cancel = clock.after(firstLookMs, look);

  function look(): void {
    void takeStep()
      .catch((error: unknown) => log.warn('An update failed', { error: String(error) }))
      .then(() => {
        if (!ended) cancel = clock.after(lookEveryMs, look);
      });
  }

  async function takeStep(): Promise<void> {
    const step = nextStep(standing, clock.monotonic(), await callsRun());
    switch (step.kind) {
      case 'fetch':
        // Also where it fails: a server that is away is not asked every minute.
        standing = { ...standing, fetchedAt: clock.monotonic() };
        standing = { ...standing, ready: await updater.fetch() };
        if (standing.ready !== null) log.info('An update is ready', { version: standing.ready });
        return;
      case 'ask':
        await ask(step.version);
        return;
      case 'wait':
        return;
      default:
        assertNever(step);
    }
  }

  async function ask(version: string): Promise<void> {
    const agreed = await mayRestart(version);
    if (ended) return;
    standing = { ...standing, askedAt: clock.monotonic() };
    if (!agreed) return;
    if (await callsRun()) standing = { ...standing, askedAt: null };
    else updater.restart();
  }

  return () => {
    ended = true;
    cancel();
  };
}
