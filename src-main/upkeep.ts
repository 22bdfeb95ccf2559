import type { Clock, Log } from './ports.ts';
import type { Storage } from './storage/storage.ts';
import { StorageError } from './storage/storage.ts';

/** What the storage needs as time goes by: a copy each day, and an end to what is kept for a while only. */
export interface Upkeep {
  /** Ends all further upkeep; what is under way ends with the storage. */
  stop(): void;
}

const dayMs = 24 * 60 * 60 * 1000;

/** How long bodies of events are kept as received (design.md, "Storage"). */
const rawBodiesMs = 30 * dayMs;

/** A start is busy enough without it, ms. */
const firstAfterMs = 60_000;

/** How often it is looked what is due, ms: a computer that sleeps at night still gets its copy in the morning. */
const lookEveryMs = 60 * 60 * 1000;

export function startUpkeep(parts: {
  readonly storage: Pick<Storage, 'copies' | 'forgetRawBodies'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Told after each try of a daily copy: why there is none, or null. */
  readonly copied: (problem: string | null) => void;
}): Upkeep {
  const { storage, clock, log } = parts;
  let stopped = false;
  let cancelTimer = clock.after(firstAfterMs, look);

  function look(): void {
    cancelTimer = clock.after(lookEveryMs, look);
    doWhatIsDue().catch((error: unknown) => log.error('the upkeep failed', { error: String(error) }));
  }

  async function doWhatIsDue(): Promise<void> {
    await copyOnceADay();
    if (stopped) return;
    const removed = await storage.forgetRawBodies(clock.now() - rawBodiesMs);
    if (removed > 0) log.info('bodies of old events were removed', { removed });
  }

  async function copyOnceADay(): Promise<void> {
    const now = clock.now();
    const newest = (await storage.copies.list()).find((copy) => copy.kind === 'daily');
    // A copy from the future was made by a clock that was wrong.
    if (newest !== undefined && newest.at <= now && now - newest.at < dayMs) return;
    try {
      await storage.copies.make('daily');
      parts.copied(null);
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      if (error.code === 'closed') return;
      log.warn('the daily copy was not made', { code: error.code, problem: error.message });
      parts.copied(error.message);
    }
  }

  return {
    stop() {
      stopped = true;
      cancelTimer();
    },
  };
}
