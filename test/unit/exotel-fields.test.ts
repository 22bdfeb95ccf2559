import { describe, expect, it } from 'vitest';
import { emptyReport, exotelReportSchema } from '../../src-shared/exotel-report.ts';
import { exotelTime, known, readReport } from '../../src-shared/exotel-fields.ts';

describe('known', () => {
  it.each([
    ['completed', 'completed'],
    ['  no-answer \r\n', 'no-answer'],
    ['08030752400', '08030752400'],
    ['12345678901234567890', '12345678901234567890'],
    ['1e5', '1e5'],
    ['0', '0'],
    [0, '0'],
    [42, '42'],
    [1.8, '1.8'],
  ])('keeps %j', (value, text) => {
    expect(known(value)).toBe(text);
  });

  it.each([
    '',
    '  ',
    '""',
    'null',
    'NULL',
    ' none ',
    'undefined',
    '{{CallSid}}',
    null,
    undefined,
    true,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    // Its digits were lost when JSON was parsed: a wrong Sid is worse than none.
    2 ** 63,
    [],
    ['completed'],
    {},
  ])('takes %j for nothing', (value) => {
    expect(known(value)).toBeNull();
  });
});

describe('readReport', () => {
  it('reads a StatusCallback', () => {
    expect(
      readReport({
        CallSid: 'b6cbf7e6f0e9a8',
        Status: 'completed',
        RecordingUrl: 'https://recordings.exotel.com/acme/b6cbf7e6f0e9a8.mp3',
        DateUpdated: '2026-11-23 12:32:57',
      }),
    ).toEqual({
      ...emptyReport,
      sid: 'b6cbf7e6f0e9a8',
      status: 'completed',
      recordingUrl: 'https://recordings.exotel.com/acme/b6cbf7e6f0e9a8.mp3',
      dateUpdated: '2026-11-23 12:32:57',
    });
  });

  it('reads the wider StatusCallback', () => {
    expect(
      readReport({ CallSid: 'a1', EventType: 'answered', Status: 'in-progress', ConversationDuration: '61' }),
    ).toEqual({
      ...emptyReport,
      sid: 'a1',
      eventType: 'answered',
      status: 'in-progress',
      durationSeconds: 61,
      conversationSeconds: 61,
    });
  });

  it('reads a call of the Call Details API', () => {
    expect(
      readReport({
        Sid: '12345678901234567890',
        DateCreated: '2012-08-17 12:31:49',
        StartTime: '2012-08-17 12:31:50',
        EndTime: '2012-08-17 12:32:57',
        Duration: 67,
        Price: '1.500000',
        Status: 'completed',
        ParentCallSid: '',
      }),
    ).toEqual({
      ...emptyReport,
      sid: '12345678901234567890',
      dateCreated: '2012-08-17 12:31:49',
      startTime: '2012-08-17 12:31:50',
      endTime: '2012-08-17 12:32:57',
      durationSeconds: 67,
      price: '1.500000',
      status: 'completed',
    });
  });

  it.each<[string, Record<string, unknown>]>([
    [
      'a form',
      {
        'Legs[0][Number]': '09876543210',
        'Legs[0][Status]': 'completed',
        'Legs[0][OnCallDuration]': '11',
        'Legs[1][PhoneNumber]': '+919845012345',
        'Legs[1][Status]': 'no-answer',
        'Legs[1][OnCallDuration]': 'null',
      },
    ],
    [
      'JSON',
      {
        Legs: [
          { Number: '09876543210', Status: 'completed', OnCallDuration: 11 },
          { PhoneNumber: '+919845012345', Status: 'no-answer', OnCallDuration: null },
        ],
      },
    ],
  ])('reads the legs out of %s', (_, fields) => {
    expect(readReport(fields).legs).toEqual([
      { number: '09876543210', status: 'completed', onCallSeconds: 11 },
      { number: '+919845012345', status: 'no-answer', onCallSeconds: null },
    ]);
  });

  it.each<[string, Record<string, unknown>, number]>([
    ['a leg that is missing before another', { 'Legs[3][Status]': 'busy' }, 1],
    ['a leg beyond the most', { 'Legs[20][Status]': 'busy', 'Legs[99][Status]': 'busy' }, 0],
    ['more legs than the most', { Legs: Array.from({ length: 500 }, () => ({})) }, 20],
    ['what is no list', { Legs: 'none' }, 0],
    ['names that only look alike', { 'Legs[a][Status]': 'busy', 'Legs[0]': 'x', 'xLegs[0][Status]': 'y' }, 0],
    ['a name that every object has', { 'Legs[0][__proto__]': 'x', 'Legs[0][constructor]': 'y' }, 1],
    ['what is no leg in a list', { Legs: [null, 'busy', 7, ['x']] }, 4],
  ])('keeps its count with %s', (_, fields, count) => {
    const report = readReport(fields);
    expect(report.legs).toHaveLength(count);
    expect(exotelReportSchema.safeParse(report)).toMatchObject({ success: true });
  });

  it('keeps a status that it does not know, as it came', () => {
    expect(readReport({ Status: ' Call-Dropped ' }).status).toBe('Call-Dropped');
  });

  it.each([
    ['nothing at all', {}],
    ['words for nothing', { CallSid: 'null', Status: 'None', RecordingUrl: '""', DateUpdated: 'undefined' }],
    ['wrong types', { Sid: {}, Status: ['completed'], Duration: true, Price: null, RecordingUrl: 7 }],
    ['over-long values', { Sid: 's'.repeat(101), Status: 's'.repeat(101), DateUpdated: '2'.repeat(41) }],
    ['a Sid with a blank or a comma in it', { Sid: 'a b', CallSid: 'a,b' }],
    ['control characters', { Sid: 'a\u0000b', Status: 'comp\nleted' }],
    ['a price or a duration that is none', { Price: '1,50', Duration: '-3', ConversationDuration: '1e9' }],
    ['filler dates', { StartTime: '0000-00-00 00:00:00', EndTime: '1970-01-01 05:30:00' }],
    ['a zero date as PHP formats it', { StartTime: '-0001-11-30 00:00:00' }],
    ['a recording that is no web address', { RecordingUrl: 'javascript:alert(1)' }],
    ['a recording in a file', { RecordingUrl: 'file:///etc/passwd' }],
    ['a recording without a host', { RecordingUrl: 'https://' }],
    ['an over-long recording', { RecordingUrl: `https://s3.example/${'r'.repeat(2000)}` }],
  ])('says nothing for %s', (_, fields) => {
    expect(readReport(fields)).toEqual(emptyReport);
  });

  it('keeps the good fields beside a bad one', () => {
    expect(readReport({ Sid: 'a1', Status: 'busy', RecordingUrl: 'not a url' })).toEqual({
      ...emptyReport,
      sid: 'a1',
      status: 'busy',
    });
  });

  it('always makes a report that the schema takes', () => {
    const values = ['', 'x', '7', '9'.repeat(200), '\u0000', 'https://a.example/b', 7, 1e300, null, {}, []];
    const names = ['Sid', 'Status', 'EventType', 'DateCreated', 'Duration', 'Price', 'RecordingUrl'];
    for (const name of names) {
      for (const value of values) {
        expect(exotelReportSchema.safeParse(readReport({ [name]: value })).success).toBe(true);
      }
    }
  });
});

describe('exotelTime', () => {
  it('reads a time without an offset as Indian time', () => {
    expect(exotelTime('2012-08-17 12:31:49')).toBe(Date.UTC(2012, 7, 17, 7, 1, 49));
  });

  it('reads it with the offset of the account', () => {
    expect(exotelTime('2012-08-17 12:31:49', '+08:00')).toBe(Date.UTC(2012, 7, 17, 4, 31, 49));
  });

  it.each(['2012-08-17T12:31:49+05:30', '2012-08-17T12:31:49+0530', '2012-08-17T07:01:49Z'])(
    'takes the offset that is written: %s',
    (text) => {
      expect(exotelTime(text, '+09:00')).toBe(Date.UTC(2012, 7, 17, 7, 1, 49));
    },
  );

  it.each([
    '',
    '1970-01-01 05:30:00',
    '0000-00-00 00:00:00',
    '-0001-11-30 00:00:00',
    '2026-02-30 10:00:00',
    '2026-13-01 10:00:00',
    '2026-01-01 25:00:00',
    '2026-01-01',
    'yesterday',
  ])('is null for %j', (text) => {
    expect(exotelTime(text)).toBeNull();
  });
});
