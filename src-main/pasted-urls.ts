import { randomBytes } from 'node:crypto';
import type { DoorsView } from '../src-shared/contract/flows.ts';
import { type Door, doors } from '../src-shared/flow.ts';
import type { Settings } from '../src-shared/settings.ts';
import { doorPath } from './callbacks/server.ts';

/** The secrets of doors that have none yet, made now; null: all have one. */
export function missingDoorSecrets({ doorSecrets }: Settings): Settings['doorSecrets'] | null {
  const made = { ...doorSecrets };
  for (const door of doors) made[door] ||= randomBytes(16).toString('hex');
  return doors.every((door) => made[door] === doorSecrets[door]) ? null : made;
}

/** What is pasted into a flow's applets. */
export function pastedUrls(base: string, { doorSecrets }: Settings): Record<Door, string> {
  const url = (door: Door) => base + doorPath(door, doorSecrets);
  return {
    connect: url('connect'),
    leg: url('leg'),
    passthru: url('passthru'),
    greeting: url('greeting'),
  };
}

/** The same for the screen. `base`: the address by which the line in use reaches this computer; null: none. */
export function doorsView(base: string | null, settings: Settings): DoorsView {
  const { line, tunnel, ngrokDomain } = settings;
  const stable = line === 'practice' || tunnel === 'url' || (tunnel === 'ngrok' && ngrokDomain !== '');
  if (base === null) return { stable, urls: null };
  const { connect, leg, greeting, passthru } = pastedUrls(base, settings);
  return {
    stable,
    urls: {
      connect,
      leg,
      greeting,
      talked: `${passthru}/talked`,
      missed: `${passthru}/missed`,
      nodial: `${passthru}/nodial`,
      plain: passthru,
    },
  };
}
