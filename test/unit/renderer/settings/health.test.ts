import { describe, expect, it } from 'vitest';
import { doorRows, healthRows, refusalRows } from '../../../../src-renderer/settings/health.ts';
import type { AppStatus, DoorRefusal } from '../../../../src-shared/contract/app.ts';
import type { RepView } from '../../../../src-shared/rep.ts';

const now = new Date(2026, 10, 23, 16).getTime();
const status: AppStatus = {
  version: '0.1.0',
  shell: 'browser',
  platform: 'linux',
  dataDir: '/data',
  vault: { kind: 'keychain' },
  callbacks: 'http://127.0.0.1:1',
  tunnel: { state: 'open', kind: 'url', publicUrl: 'https://acme.example' },
  doorsHeard: { connect: now - 1000, leg: null, passthru: null, greeting: null },
  doorRefusals: [],
  notices: [],
};
const rep: RepView = {
  state: 'ready',
  since: now,
  by: 'start',
  callId: null,
  phone: { label: 'Mobile', number: '+919845043210', text: '+91 98450 43210' },
  blocks: [],
};
const known = { status, rep, doors: { stable: true, urls: null }, practice: false, ringsMe: true };
const states = (rows: ReturnType<typeof healthRows>) =>
  Object.fromEntries(rows.map(({ id, state, see }) => [id, see === null ? state : `${state}: ${see}`]));

describe('the health of what a call needs', () => {
  it('is well where all is in place', () => {
    expect(states(healthRows(known))).toEqual({ phone: 'ok', address: 'ok', lasting: 'ok', vault: 'ok' });
  });

  it('tells each thing that is not, and where to put it right', () => {
    const ill = healthRows({
      ...known,
      rep: { ...rep, phone: null },
      doors: { stable: false, urls: null },
      status: {
        ...status,
        vault: { kind: 'memory', problem: 'No keychain.' },
        tunnel: { state: 'failed', kind: 'ngrok', problem: 'no-token', message: '', retryAt: null },
      },
    });
    expect(states(ill)).toEqual({
      phone: 'bad: phone',
      address: 'bad: callbacks',
      lasting: 'bad: callbacks',
      vault: 'bad: about',
    });
  });

  it('asks the practice line for no public address', () => {
    const tunnel = { state: 'off' } as const;
    const rows = healthRows({ ...known, practice: true, status: { ...status, tunnel } });
    expect(states(rows)).toEqual({ phone: 'ok', address: 'ok', vault: 'ok' });
  });

  it('takes a changing address for no fault where no flow rings the rep', () => {
    const rows = healthRows({ ...known, doors: { stable: false, urls: null }, ringsMe: false });
    expect(states(rows)['lasting']).toBe('quiet: callbacks');
  });

  it('tells when each door was last heard', () => {
    expect(doorRows(status, now).map(({ id, state }) => [id, state])).toEqual([
      ['connect', 'ok'],
      ['leg', 'quiet'],
      ['passthru', 'quiet'],
      ['greeting', 'quiet'],
    ]);
  });

  it('says why a door gave nobody: a wrong set-up is a fault, the rep’s own doing is none', () => {
    const refusal = (code: DoorRefusal['code']): DoorRefusal => ({
      code,
      door: 'connect',
      at: now,
      times: 2,
    });
    const rows = refusalRows({ ...status, doorRefusals: [refusal('foreign'), refusal('away')] }, now);
    expect(rows[0]).toMatchObject({
      state: 'bad',
      title: 'This flow points at this computer, but another desktop dials with it',
      see: 'flows',
    });
    expect(rows[0]?.text).toMatch(/Connect, 2 times, last 16:00:00/);
    expect(rows[1]).toMatchObject({ state: 'quiet', see: 'history' });
  });
});
