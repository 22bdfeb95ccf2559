import type { Place } from '../pacing/pacer.ts';
import type { Clock } from '../ports.ts';
import type { StoredCall } from '../storage/storage.ts';

/** Tells the windows where waiting calls stand, as the queue moves. */
export interface QueueNews {
  /** Tells it of every change of a call. */
  follow(stored: StoredCall): void;
  /** The queue has moved. */
  moved(): void;
  stop(): void;
}

/** Two hundred calls a minute would tell of a long queue more than a person can read: once in so many ms is enough. */
const everyMs = 1000;

export function createQueueNews(parts: {
  readonly clock: Clock;
  readonly places: () => ReadonlyMap<string, Place>;
  readonly tell: (stored: StoredCall) => void;
}): QueueNews {
  const waiting = new Map<string, { readonly stored: StoredCall; told: Place | null }>();
  let cancelTimer: (() => void) | null = null;

  function moved(): void {
    cancelTimer ??= parts.clock.after(everyMs, () => {
      cancelTimer = null;
      const places = parts.places();
      for (const [id, entry] of waiting) {
        const place = places.get(id) ?? null;
        if (place === null || isSame(place, entry.told)) continue;
        entry.told = place;
        parts.tell(entry.stored);
      }
    });
  }

  return {
    follow(stored) {
      const { id, status } = stored.call;
      if (status !== 'queued') waiting.delete(id);
      else waiting.set(id, { stored, told: parts.places().get(id) ?? null });
    },
    moved,
    stop: () => cancelTimer?.(),
  };
}

/** To the second, as people see it. */
function isSame(one: Place, other: Place | null): boolean {
  if (other === null || one.position !== other.position) return false;
  if (one.expectedAt === null || other.expectedAt === null) return one.expectedAt === other.expectedAt;
  return Math.abs(one.expectedAt - other.expectedAt) < 1000;
}
