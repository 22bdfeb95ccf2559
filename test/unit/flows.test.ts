import { describe, expect, it } from 'vitest';
import { flowsOf, practiceFlow, practiceFlowUrl } from '../../src-main/flows.ts';
import { chooseFlow, type Flow, flowSchema, flowsSchema } from '../../src-shared/flow.ts';
import { defaultSettings, type Settings } from '../../src-shared/settings.ts';

const lead = flowSchema.parse({ id: 'lead', name: 'Lead', appId: '4711' });
const payment = flowSchema.parse({ id: 'payment', name: 'Payment', kind: 'automated', appId: '815' });
const withFlows = (...flows: Flow[]): Settings => ({ ...defaultSettings, flows });

describe('the catalogue of a line', () => {
  it('is the rep’s own flows, on either line', () => {
    expect(flowsOf('account', withFlows(lead, payment))).toEqual([lead, payment]);
    expect(flowsOf('practice', withFlows(lead, payment))).toEqual([lead, payment]);
  });

  it('is empty on the account’s line while there are none', () => {
    expect(flowsOf('account', defaultSettings)).toEqual([]);
  });

  it('is two samples on the practice line while there are none: one that rings me, one automated', () => {
    const samples = flowsOf('practice', defaultSettings);
    expect(samples).toMatchObject([
      { id: 'practice-lead', name: 'New lead', appId: '100001', kind: 'rings-me', key: 1 },
      { id: 'practice-reminder', name: 'Demo reminder', appId: '100002', kind: 'automated', key: 2 },
    ]);
    expect(flowsSchema.parse(samples)).toEqual(samples);
    expect(chooseFlow(samples, null, defaultSettings.defaultFlowId)?.id).toBe('practice-lead');
  });
});

describe('a flow on the practice line', () => {
  it('is dialled under the practice line’s own number, and found again by it', () => {
    const settings = withFlows(lead, payment);
    for (const [flow, appId] of [
      [lead, '100001'],
      [payment, '100002'],
    ] as const) {
      expect(practiceFlowUrl(flow, settings)).toBe(`http://my.exotel.in/exoml/start/${appId}`);
      expect(practiceFlow(appId, settings)).toEqual(flow);
    }
  });

  it('is a sample while there are no others', () => {
    expect(practiceFlow('100002', defaultSettings)?.id).toBe('practice-reminder');
  });

  it.each(['100003', '100000', '4711', '', 'x', '-1', '100001.5'])('is none under %j', (appId) => {
    expect(practiceFlow(appId, withFlows(lead, payment))).toBeNull();
  });
});

describe('chooseFlow', () => {
  const flows = [lead, payment];
  it.each<[string, string | null, string, string]>([
    ['the one asked for', 'payment', 'lead', 'payment'],
    ['the default where none is asked for', null, 'payment', 'payment'],
    ['the default where the one asked for is gone', 'gone', 'payment', 'payment'],
    ['the first where the default is gone too', 'gone', 'gone', 'lead'],
    ['the first where there is no default', null, '', 'lead'],
  ])('gives %s', (_, wanted, defaultFlowId, id) => {
    expect(chooseFlow(flows, wanted, defaultFlowId)?.id).toBe(id);
  });

  it('gives none where there is none', () => {
    expect(chooseFlow([], 'lead', 'lead')).toBeNull();
  });
});

describe('the catalogue', () => {
  it('takes no id and no key twice', () => {
    expect(flowsSchema.safeParse([lead, { ...payment, id: 'lead' }]).error?.issues).toMatchObject([
      { message: 'Two flows have the same id.' },
    ]);
    const keyed = [
      { ...lead, key: 1 },
      { ...payment, key: 1 },
    ];
    expect(flowsSchema.safeParse(keyed).error?.issues).toMatchObject([
      { message: 'Two flows have the same key.' },
    ]);
    expect(flowsSchema.safeParse([lead, payment]).success).toBe(true);
  });

  it.each([
    ['more than a minute of ringing', { ringSeconds: 61 }],
    ['a talk longer than Connect lets it be', { talkSeconds: 4501 }],
    ['an app id that is no number', { appId: '47a' }],
    ['a Url of another protocol', { url: 'file:///etc/passwd' }],
    ['the key 0', { key: 0 }],
    ['no name', { name: ' ' }],
  ])('takes no flow with %s', (_, change) => {
    expect(flowsSchema.safeParse([{ ...lead, ...change }]).success).toBe(false);
  });
});
