import { describe, expect, it } from 'vitest';
import { callCsvHeader, callCsvLine, csvCell } from '../../../src-main/storage/call-csv.ts';
import { apply, type Call } from '../../../src-shared/call.ts';
import type { CallEvent } from '../../../src-shared/call-events.ts';
import { noon, placed } from '../../support/storage-samples.ts';

describe('csvCell', () => {
  it.each([
    [null, ''],
    ['', ''],
    [0, '0'],
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['he said "no"', '"he said ""no"""'],
    ['two\nlines', '"two\nlines"'],
    ['two\r\nlines', '"two\r\nlines"'],
  ])('writes %j as %j', (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });

  it.each(['=HYPERLINK("http://x")', '+1+cmd|A1', '-2', '@SUM(A1)', '\tx', '\r=1', '+91 98450 12345'])(
    'disarms %j',
    (text) => {
      expect(csvCell(text).replace(/^"/, '')).toMatch(/^'/);
    },
  );

  it('leaves a number in E.164 as it is', () => {
    expect(csvCell('+919845012345')).toBe('+919845012345');
  });
});

const id = 'b7a5a1de-4a0c-4c55-9d0b-6d8b0b1b0a01';

/** What a call becomes, as cells by their names; none of them may hold a comma. */
function cellsOf(events: readonly CallEvent[]): Record<string, string | undefined> {
  const call = events.reduce<Call | null>((sum, event) => apply(sum, id, event), null);
  if (call === null) throw new Error('A call has at least one event.');
  const cells = callCsvLine(call).split(',');
  return Object.fromEntries(callCsvHeader.split(',').map((name, index) => [name, cells[index]]));
}

describe('callCsvLine', () => {
  const toFlow = placed('+919845012345', {
    flow: { id: 'lead', name: 'New lead', kind: 'rings-me', colour: 'teal' },
    repNumber: '+919876543210',
  });
  const talked: CallEvent = {
    type: 'passthru',
    at: noon,
    sid: null,
    branch: 'talked',
    callType: 'completed',
    dialCallStatus: 'completed',
    onCallSeconds: 11,
    digits: null,
    recordingUrl: null,
  };

  it('tells who talked for how long, through which flow, and what the rep made of it', () => {
    const due = noon + 86_400_000;
    const cells = cellsOf([
      toFlow,
      { type: 'sending', at: noon, attempt: 1, byAsking: false },
      talked,
      { type: 'outcome', at: noon, outcome: 'Interested' },
      { type: 'noted', at: noon, text: '=1+1' },
      { type: 'follow-up', at: noon, due },
    ]);
    expect(cells).toMatchObject({
      conversation: 'talked',
      talk_seconds: '11',
      flow: 'New lead',
      outcome: 'Interested',
      note: "'=1+1",
      follow_up_at: new Date(due).toISOString(),
    });
  });

  it('claims no seconds of talk for who only waited', () => {
    const missed: CallEvent = { ...talked, branch: 'missed', callType: 'incomplete', onCallSeconds: null };
    const asked: CallEvent = {
      type: 'connect-asked',
      at: noon - 9000,
      sid: null,
      to: '+919876543210',
      refused: null,
    };
    expect(cellsOf([toFlow, asked, missed])).toMatchObject({ conversation: 'missed', talk_seconds: '' });
  });

  it('has empty cells where the rep said nothing and no flow was dialled', () => {
    expect(cellsOf([placed('+919845012345')])).toMatchObject({
      conversation: 'unknown',
      talk_seconds: '',
      flow: '',
      outcome: '',
      note: '',
      follow_up_at: '',
    });
  });

  it('has a cell for each name of the header', () => {
    const call = apply(null, id, placed('+919845012345'));
    const cells = callCsvLine(call).split(',');
    expect(cells).toHaveLength(callCsvHeader.split(',').length);
    expect(cells.slice(0, 4)).toEqual([call.id, new Date(noon).toISOString(), '+919845012345', 'queued']);
  });
});
