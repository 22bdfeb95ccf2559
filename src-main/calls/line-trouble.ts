import type { Clock } from '../ports.ts';

/** Remembers which lines gave no answer to their last request, so that the next call is not pressed in the dark. */
export interface LineTrouble {
  /** Whether Exotel answered at all. */
  heard(line: string, answered: boolean): void;
  isDown(line: string): boolean;
}

/** A network comes back without telling: after so long, ms, nothing is claimed. */
const heldMs = 60_000;

export function createLineTrouble(clock: Clock): LineTrouble {
  const downAt = new Map<string, number>();
  return {
    heard(line, answered) {
      if (answered) downAt.delete(line);
      else downAt.set(line, clock.monotonic());
    },
    isDown: (line) => clock.monotonic() - (downAt.get(line) ?? Number.NEGATIVE_INFINITY) < heldMs,
  };
}
