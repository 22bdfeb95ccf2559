import type { AppStatus, DoorRefusal } from '../src-shared/contract/app.ts';
import type { Door } from '../src-shared/flow.ts';
import type { Clock } from './ports.ts';

/** What the doors of flows heard in this run, for the Health list. */
export interface DoorHealth {
  heard(door: Door): void;
  refused(door: Door, code: DoorRefusal['code']): void;
  state(): Pick<AppStatus, 'doorsHeard' | 'doorRefusals'>;
  stop(): void;
}

/** What changes while a customer waits is told behind the answer, and together with what follows at once, ms. */
const tellWithinMs = 100;

export function createDoorHealth(clock: Clock, changed: () => void): DoorHealth {
  const heardAt = new Map<Door, number>();
  const refusals = new Map<string, DoorRefusal>();
  let cancel: (() => void) | null = null;

  function tell(): void {
    cancel ??= clock.after(tellWithinMs, () => {
      cancel = null;
      changed();
    });
  }

  return {
    heard(door) {
      heardAt.set(door, clock.now());
      tell();
    },
    refused(door, code) {
      const key = `${door} ${code}`;
      const times = (refusals.get(key)?.times ?? 0) + 1;
      refusals.set(key, { code, door, at: clock.now(), times });
      tell();
    },
    state() {
      const at = (door: Door) => heardAt.get(door) ?? null;
      return {
        doorsHeard: {
          connect: at('connect'),
          leg: at('leg'),
          passthru: at('passthru'),
          greeting: at('greeting'),
        },
        doorRefusals: [...refusals.values()].sort((one, other) => other.at - one.at),
      };
    },
    stop: () => cancel?.(),
  };
}
