import type { AppStatus, DoorRefusal } from '../src-shared/contract/app.ts';
import type { Door } from '../src-shared/flow.ts';
import type { Clock } from './ports.ts';

/** What the doors of flows heard in this run, for the Health list. */
export interface DoorHealth {
  heard(door: Door): void;
  refused(door: Door, code: DoorRefusal['code']): void;
  state(): Pick<AppStatus, 'doorsHeard' | 'doorRefusals'>;
}

export function createDoorHealth(clock: Clock, changed: () => void): DoorHealth {
  const heardAt = new Map<Door, number>();
  const refusals = new Map<string, DoorRefusal>();
  return {
    heard(door) {
      heardAt.set(door, clock.now());
      changed();
    },
    refused(door, code) {
      const key = `${door} ${code}`;
      const times = (refusals.get(key)?.times ?? 0) + 1;
      refusals.set(key, { code, door, at: clock.now(), times });
      changed();
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
  };
}
