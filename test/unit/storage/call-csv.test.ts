import { describe, expect, it } from 'vitest';
import { callCsvHeader, callCsvLine, csvCell } from '../../../src-main/storage/call-csv.ts';
import { apply } from '../../../src-shared/call.ts';
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

describe('callCsvLine', () => {
  it('has a cell for each name of the header', () => {
    const call = apply(null, 'b7a5a1de-4a0c-4c55-9d0b-6d8b0b1b0a01', placed('+919845012345'));
    const cells = callCsvLine(call).split(',');
    expect(cells).toHaveLength(callCsvHeader.split(',').length);
    expect(cells.slice(0, 4)).toEqual([call.id, new Date(noon).toISOString(), '+919845012345', 'queued']);
  });
});
