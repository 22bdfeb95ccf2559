import type { AppStatus, DoorRefusal } from '../../src-shared/contract/app.ts';
import type { DoorsView } from '../../src-shared/contract/flows.ts';
import { doors } from '../../src-shared/flow.ts';
import type { RepView } from '../../src-shared/rep.ts';
import { shortWhen, timeWithSeconds } from '../ui/format.ts';
import { t } from '../words/words.ts';
import { tunnelWords } from './tunnel-words.ts';

/** One thing that a call needs: how it is, what that means, and where it is put right. */
export interface HealthRow {
  readonly id: string;
  readonly state: 'ok' | 'bad' | 'quiet';
  readonly title: string;
  readonly text: string;
  readonly see: 'callbacks' | 'phone' | 'flows' | 'about' | 'history' | null;
}

interface Known {
  readonly status: AppStatus;
  readonly rep: RepView;
  /** Undefined: not known yet. */
  readonly doors: DoorsView | undefined;
  readonly practice: boolean;
  /** Whether a flow of the catalogue rings this rep. */
  readonly ringsMe: boolean;
}

/** What must be in place before a call, in the order in which a call needs it. */
export function healthRows({ status, rep, doors: view, practice, ringsMe }: Known): readonly HealthRow[] {
  return [
    phoneRow(rep, practice),
    addressRow(status, practice),
    ...(practice || view === undefined || status.tunnel.state === 'off' ? [] : [lastingRow(view, ringsMe)]),
    vaultRow(status.vault),
  ];
}

function addressRow({ tunnel }: AppStatus, practice: boolean): HealthRow {
  if (practice) {
    return {
      id: 'address',
      state: 'ok',
      title: t('settings.health.practice'),
      text: t('settings.health.practiceText'),
      see: null,
    };
  }
  const bad = tunnel.state === 'failed' || tunnel.state === 'unreachable';
  return {
    id: 'address',
    state: tunnel.state === 'open' ? 'ok' : bad ? 'bad' : 'quiet',
    ...tunnelWords(tunnel),
    see: tunnel.state === 'open' ? null : 'callbacks',
  };
}

function lastingRow({ stable }: DoorsView, ringsMe: boolean): HealthRow {
  return {
    id: 'lasting',
    state: stable ? 'ok' : ringsMe ? 'bad' : 'quiet',
    title: t(stable ? 'settings.health.stable' : 'settings.health.unstable'),
    text: t(stable ? 'settings.health.stableText' : 'settings.health.unstableText'),
    see: stable ? null : 'callbacks',
  };
}

function vaultRow(vault: AppStatus['vault']): HealthRow {
  return vault.kind === 'keychain'
    ? {
        id: 'vault',
        state: 'ok',
        title: t('settings.health.keychain'),
        text: t('settings.health.keychainText'),
        see: null,
      }
    : {
        id: 'vault',
        state: 'bad',
        title: t('settings.health.memory'),
        text: t('settings.health.memoryText', { problem: vault.problem }),
        see: 'about',
      };
}

function phoneRow({ phone }: RepView, practice: boolean): HealthRow {
  if (phone !== null) {
    return {
      id: 'phone',
      state: 'ok',
      title: t('settings.health.phone', { phone: phone.text }),
      text: t('settings.health.phoneText'),
      see: null,
    };
  }
  return {
    id: 'phone',
    state: practice ? 'quiet' : 'bad',
    title: t('settings.health.noPhone'),
    text: t('settings.health.noPhoneText'),
    see: 'phone',
  };
}

/** When each door was last heard, in this run. */
export function doorRows({ doorsHeard }: AppStatus, now: number): readonly HealthRow[] {
  return doors.map((door) => {
    const at = doorsHeard[door];
    return {
      id: door,
      state: at === null ? 'quiet' : 'ok',
      title: t(`settings.health.door.${door}`),
      text: at === null ? t('settings.health.notHeard') : t('settings.health.heard', { when: when(at, now) }),
      see: null,
    };
  });
}

/** Why doors gave nobody. What shows a wrong set-up is bad; what the rep did themselves is not. */
export function refusalRows({ doorRefusals }: AppStatus, now: number): readonly HealthRow[] {
  return doorRefusals.map(({ code, door, at, times }) => ({
    id: `${code}-${door}`,
    state: isFault(code) ? 'bad' : 'quiet',
    title: t(`settings.health.refusal.${code}.what`),
    text: `${t(`settings.health.refusal.${code}.todo`)} ${t('settings.health.times', {
      count: times,
      door: t(`settings.health.door.${door}`),
      when: when(at, now),
    })}.`,
    see: seeOf(code),
  }));
}

function isFault(code: DoorRefusal['code']): boolean {
  return code === 'foreign' || code === 'forged' || code === 'no-number';
}

function seeOf(code: DoorRefusal['code']): HealthRow['see'] {
  if (code === 'foreign' || code === 'forged') return 'flows';
  if (code === 'no-number') return 'phone';
  return code === 'away' || code === 'called-off' ? 'history' : null;
}

/** To the second for today: a person watches it while a call runs. */
function when(at: number, now: number): string {
  return new Date(at).toDateString() === new Date(now).toDateString()
    ? timeWithSeconds(at)
    : shortWhen(at, now);
}
