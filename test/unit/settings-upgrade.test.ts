import { describe, expect, it } from 'vitest';
import { upgradeSettings } from '../../src-main/settings-upgrade.ts';
import { flowsSchema } from '../../src-shared/flow.ts';

const flow = { id: 'default', name: 'Flow', kind: 'automated' };

describe('settings of before the catalogue of flows', () => {
  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['an app id becomes the one flow', { appId: '4711' }, { flows: [{ ...flow, appId: '4711' }] }],
    [
      'an app id under a form of its Url keeps the form',
      { appId: '4711', flowUrlForm: 'legacy' },
      { flowUrlForm: 'legacy', flows: [{ ...flow, appId: '4711' }] },
    ],
    [
      'a Url of one’s own becomes the flow’s, and the form that is no more goes',
      { flowUrl: 'http://flows.example/1', flowUrlForm: 'own', appId: '4711' },
      { flows: [{ ...flow, url: 'http://flows.example/1' }] },
    ],
    [
      'a Url that was not in use is not taken',
      { flowUrl: 'http://flows.example/1', appId: '4711' },
      { flows: [{ ...flow, appId: '4711' }] },
    ],
    ['a form "own" without a Url is no flow', { flowUrl: '', flowUrlForm: 'own', appId: '4711' }, {}],
    ['an empty app id is no flow', { appId: '' }, {}],
    ['a file that never named a flow gets none', { callerId: '080' }, { callerId: '080' }],
    ['an empty file stays empty', {}, {}],
  ])('%s', (_, before, after) => {
    expect(upgradeSettings(before)).toEqual(after);
  });

  it('are left as they are beside it, known or not', () => {
    const others = { callerId: '080', theme: { of: 'tomorrow' }, line: 'account' };
    expect(upgradeSettings({ ...others, appId: '4711' })).toMatchObject(others);
  });

  it('give a flow that the catalogue takes', () => {
    for (const before of [{ appId: '4711' }, { flowUrlForm: 'own', flowUrl: 'https://flows.example/1' }]) {
      expect(flowsSchema.safeParse(upgradeSettings(before)['flows'])).toMatchObject({ success: true });
    }
  });
});

describe('settings that have a catalogue', () => {
  it.each([[[]], [[{ id: 'lead' }]], ['unreadable']])('keep it: %j', (flows) => {
    expect(upgradeSettings({ flows, appId: '4711' })).toEqual({ flows });
  });

  it('are the same after another upgrade', () => {
    const once = upgradeSettings({ appId: '4711', flowUrlForm: 'today', callerId: '080' });
    expect(upgradeSettings(once)).toEqual(once);
  });
});
