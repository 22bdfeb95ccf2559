import { describe, expect, it } from 'vitest';
import type { Log, SettingsFile } from '../../src-main/ports.ts';
import { createSettings } from '../../src-main/settings.ts';
import { defaultSettings, type Settings } from '../../src-shared/settings.ts';

function open(
  content: Record<string, unknown>,
  provisioned: Partial<Settings> = {},
  suggested: Partial<Settings> = {},
) {
  const disk = { content, full: false };
  const file: SettingsFile = {
    read: () => disk.content,
    write(values) {
      if (disk.full) throw new Error('ENOSPC');
      disk.content = values;
    },
    setAside: null,
  };
  const warnings: unknown[] = [];
  const log: Log = {
    info() {},
    warn: (_, data) => warnings.push(data),
    error() {},
  };
  return { disk, warnings, store: createSettings({ file, provisioned, suggested, log }) };
}

describe('the settings', () => {
  it('are the defaults where the file is empty', () => {
    expect(open({}).store.get()).toEqual(defaultSettings);
  });

  it('come from the environment first, then the file, then the defaults', () => {
    const { store } = open({ callerId: 'file', accountSid: 'file' }, { callerId: 'env' });
    expect(store.get()).toEqual({ ...defaultSettings, callerId: 'env', accountSid: 'file' });
    expect(store.locked()).toEqual(['callerId']);
  });

  it('take what the environment suggests until the file says otherwise', () => {
    const suggested = { line: 'account' } as const;
    expect(open({}, {}, suggested).store.get().line).toBe('account');
    const chosen = open({ line: 'practice' }, {}, suggested).store;
    expect(chosen.get().line).toBe('practice');
    expect(chosen.locked()).toEqual([]);
  });

  it('of before the catalogue of flows are read as its one flow, and stay in the file as they were', () => {
    const { store, disk } = open({ appId: '4711', flowUrlForm: 'own', flowUrl: 'https://flows.example/1' });
    expect(store.ignored).toEqual([]);
    expect(store.get()).toMatchObject({
      flowUrlForm: 'by-host',
      flows: [{ id: 'default', kind: 'automated', url: 'https://flows.example/1', appId: '' }],
    });
    store.update({ callerId: '080' });
    expect(disk.content).toMatchObject({ appId: '4711', flowUrlForm: 'own', callerId: '080' });
    const [flow] = store.get().flows;
    store.update({ flows: flow === undefined ? [] : [{ ...flow, name: 'Mine' }] });
    expect(open(disk.content).store.get().flows).toMatchObject([{ name: 'Mine', appId: '' }]);
  });

  it('of before the catalogue keep their flow after a restart, when the form of its Url is changed', () => {
    const { store, disk } = open({ appId: '', flowUrlForm: 'own', flowUrl: 'https://flows.example/1' });
    store.update({ flowUrlForm: 'legacy' });
    expect(open(disk.content).store.get()).toMatchObject({
      flowUrlForm: 'legacy',
      flows: [{ url: 'https://flows.example/1' }],
    });
  });

  it('lose only what is bad in the file, and its name is logged', () => {
    const { store, warnings } = open({ timeOutSeconds: 'soon', host: 'nonsense', callerId: '080' });
    expect(store.get()).toEqual({ ...defaultSettings, callerId: '080' });
    expect(warnings).toEqual([{ names: ['host', 'timeOutSeconds'] }]);
  });
});

describe('a change', () => {
  it('is in force and in the file at once, and only it', () => {
    const { store, disk } = open({ callerId: '080' });
    expect(store.update({ timeOutSeconds: 30, repName: ' Asha ' })).toEqual({
      ...defaultSettings,
      callerId: '080',
      timeOutSeconds: 30,
      repName: 'Asha',
    });
    expect(disk.content).toEqual({ callerId: '080', timeOutSeconds: 30, repName: 'Asha' });
  });

  it('keeps what a newer version wrote, and what this one cannot read', () => {
    const { store, disk } = open({ theme: { of: 'tomorrow' }, timeOutSeconds: 'soon' });
    store.update({ callerId: '080' });
    expect(disk.content).toEqual({ theme: { of: 'tomorrow' }, timeOutSeconds: 'soon', callerId: '080' });
  });

  it('never writes what the environment has set', () => {
    const { store, disk } = open({}, { accountSid: 'env' });
    store.update({ callerId: '080' });
    expect(disk.content).toEqual({ callerId: '080' });
  });

  it.each([
    ['one value is bad', { callerId: '080', timeOutSeconds: 61 }, 'timeOutSeconds'],
    ['one name is locked', { callerId: '080', accountSid: 'other' }, 'Set by the environment: accountSid.'],
  ])('is refused whole where %s', (_, change, problem) => {
    const { store, disk } = open({}, { accountSid: 'env' });
    expect(() => store.update(change)).toThrow(problem);
    expect([store.get().callerId, disk.content]).toEqual(['', {}]);
  });

  it('is refused where the disk refuses', () => {
    const { store, disk } = open({});
    disk.full = true;
    expect(() => store.update({ callerId: '080' })).toThrow('ENOSPC');
    expect(store.get().callerId).toBe('');
  });
});
