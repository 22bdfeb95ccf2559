import { describe, expect, it } from 'vitest';
import { matchCalls, type SoughtCall } from '../../../src-main/calls/match-calls.ts';
import type { ListedCall } from '../../../src-main/exotel/client.ts';
import { emptyReport } from '../../../src-shared/exotel-report.ts';
import { exotelTimeText } from '../../../src-shared/exotel-fields.ts';

const sentAt = Date.UTC(2026, 10, 24, 6, 30);
const sought: SoughtCall = {
  id: 'ours',
  from: '+919845012345',
  to: null,
  exoPhone: '08047191234',
  sentAt,
  notMine: [],
};

/** A listed call that was created so many seconds after ours was sent. */
function listed(sid: string, seconds: number, more: Partial<ListedCall> = {}): ListedCall {
  return {
    report: { ...emptyReport, sid, dateCreated: exotelTimeText(sentAt + seconds * 1000) },
    from: '09845012345',
    to: '08047191234',
    exoPhone: '08047191234',
    direction: 'outbound-api',
    ...more,
  };
}

function find(
  list: readonly ListedCall[],
  more: Partial<Parameters<typeof matchCalls>[2]> & { readonly calls?: readonly SoughtCall[] } = {},
) {
  const { calls = [sought], ...options } = more;
  const findings = matchCalls(calls, list, { taken: new Set(), skewMs: 0, mayBeOthers: false, ...options });
  return [...findings.values()].map((finding) => {
    switch (finding.kind) {
      case 'none':
        return 'none';
      case 'one':
        return finding.report.sid;
      case 'perhaps':
        return finding.reports.map(({ sid }) => sid);
    }
  });
}

describe('the only listed call to this customer at that time', () => {
  it.each([-10, 0, 3, 80])('is adopted where Exotel created it %i s after the send', (seconds) => {
    expect(find([listed('a', seconds)])).toEqual(['a']);
  });

  it.each([-20, 100, 600])('is only shown where it was created %i s after', (seconds) => {
    expect(find([listed('a', seconds)])).toEqual([['a']]);
  });

  it.each([
    ['another form of the number', { from: '+919845012345' }],
    ['the ExoPhone as E.164', { exoPhone: '+918047191234' }],
    ['no ExoPhone and no direction', { exoPhone: null, direction: null }],
  ])('is adopted with %s', (_, more) => {
    expect(find([listed('a', 1, more)])).toEqual(['a']);
  });

  it.each([
    ['another customer', { from: '09845012346' }],
    ['no customer', { from: null }],
    ['another ExoPhone', { exoPhone: '08047190000' }],
    ['a call that came in', { direction: 'inbound' }],
  ])('is none of ours with %s', (_, more) => {
    expect(find([listed('a', 1, more)])).toEqual(['none']);
  });
});

describe('a call that rings the rep first', () => {
  const rep = '+919876543210';
  const calls = [{ ...sought, from: rep, to: '+919845012345' }];
  const first = { from: '09876543210', to: '09845012345' };

  it.each([
    ['by rep and customer', {}],
    ['by other forms of both', { from: '+919876543210', to: '919845012345' }],
    // Exotel may show either ExoPhone or nothing for a call between two numbers.
    ['whatever ExoPhone is listed', { exoPhone: '08047190000' }],
    ['where no ExoPhone is listed', { exoPhone: null }],
  ])('is adopted %s', (_, more) => {
    expect(find([listed('a', 1, { ...first, ...more })], { calls })).toEqual(['a']);
  });

  it.each([
    ['the rep called another customer', { to: '09845012346' }],
    ['another rep called the customer', { from: '09876543211' }],
    ['the legs are the other way round', { from: '09845012345', to: '09876543210' }],
    ['it went to a flow', { to: null }],
    ['it came in', { direction: 'inbound' }],
  ])('is none of ours where %s', (_, more) => {
    expect(find([listed('a', 1, { ...first, ...more })], { calls })).toEqual(['none']);
  });

  it('is not mixed up with a call to a flow of the same customer', () => {
    const both = [...calls, { ...sought, id: 'to the flow' }];
    const list = [listed('to-flow', 1), listed('rep-first', 2, first)];
    expect(find(list, { calls: both })).toEqual(['rep-first', 'to-flow']);
  });

  it('is not mixed up with the rep’s next one, to another customer', () => {
    const next = { ...sought, id: 'next', from: rep, to: '+918067676767', sentAt: sentAt + 30_000 };
    const list = [listed('a', 1, first), listed('b', 31, { from: '09876543210', to: '08067676767' })];
    expect(find(list, { calls: [...calls, next] })).toEqual(['a', 'b']);
  });
});

it('reads the times by Exotel’s clock, which may be minutes off ours', () => {
  const skewMs = 7 * 60_000;
  expect(find([listed('a', 7 * 60 + 2)], { skewMs })).toEqual(['a']);
  expect(find([listed('a', 2)], { skewMs })).toEqual([['a']]);
});

it('adopts nothing while Exotel’s clock is not known', () => {
  expect(find([listed('a', 1)], { skewMs: null })).toEqual([['a']]);
});

it('adopts nothing where others dial through the account', () => {
  expect(find([listed('a', 1)], { mayBeOthers: true })).toEqual([['a']]);
});

it('passes over Sids of other calls of ours, and those a person refused', () => {
  const list = [listed('theirs', 1), listed('refused', 2), listed('a', 3)];
  const calls = [{ ...sought, notMine: ['refused'] }];
  expect(find(list, { calls, taken: new Set(['theirs']) })).toEqual(['a']);
});

it('shows several at that time to choose from, and leaves out those of another time', () => {
  expect(find([listed('a', 1), listed('b', 40), listed('c', 500)])).toEqual([['a', 'b']]);
});

it('gives a call that two of ours want to neither', () => {
  const calls = [sought, { ...sought, id: 'again', sentAt: sentAt + 20_000 }];
  expect(find([listed('a', 25)], { calls })).toEqual([['a'], ['a']]);
});

it('gives each of two its own where the times leave no doubt', () => {
  const calls = [sought, { ...sought, id: 'later', sentAt: sentAt + 300_000 }];
  expect(find([listed('a', 1), listed('b', 301)], { calls })).toEqual(['a', 'b']);
});

it('finds nothing in an empty list', () => {
  expect(find([])).toEqual(['none']);
});
