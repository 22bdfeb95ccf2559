import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AppletAsk } from '../../../src-main/callbacks/applet.ts';
import { readAppletQuery } from '../../../src-main/callbacks/applet-query.ts';

const callId = '7b1d9c1e-3f4a-4c59-9a55-0d4f3c1f2a10';
const token = 'b-K_93hdkslQWErtzuIOPa';
const mark = `1.${callId}.${token}`;
const call = { callId, token };
const rep = '+919876543210';

type Query = Readonly<Record<string, string>>;

/** What is told beside the raw query. */
function read(query: string | Query): Omit<AppletAsk, 'raw'> {
  const ask = readAppletQuery(new URLSearchParams(query));
  // Fields are read when they are asked for: a spread would see none.
  const told = Object.keys(nothing).map((name) => [name, ask[name as keyof typeof nothing]]);
  return Object.fromEntries(told) as typeof nothing;
}

function rawOf(query: string | Query): unknown {
  return JSON.parse(readAppletQuery(new URLSearchParams(query)).raw);
}

const nothing: Omit<AppletAsk, 'raw'> = {
  call: null,
  sid: null,
  callStatus: null,
  callType: null,
  dialWhomNumber: null,
  dialCallStatus: null,
  dialCallSeconds: null,
  digits: null,
  legStatus: null,
  legEvent: null,
  onCallSeconds: null,
  recordingUrl: null,
  legs: [],
};

/** Every parameter of exotel-flows.md 2, as an outgoing call's second applet gets them. */
const whole = {
  CallSid: 'c5797dcbaaeed7678c4062a4a3ed2f8a',
  CallFrom: '08047191234',
  CallTo: '09845012345',
  From: '08047191234',
  To: '09845012345',
  Direction: 'outbound-dial',
  Created: '2026-05-12 10:29:00',
  StartTime: '2026-05-12 10:29:05',
  CurrentTime: '2026-05-12 10:30:00',
  EndTime: '1970-01-01 05:30:00',
  DialCallDuration: '13',
  DialCallStatus: 'completed',
  DialWhomNumber: '09876543210',
  CallStatus: 'in-progress',
  CallType: 'call-attempt',
  digits: '"1"',
  CustomField: `${mark} Priya, 2nd call`,
  flow_id: '100001',
  tenant_id: 'acme1',
  RecordingUrl: 'https://recordings.exotel.com/acme1/c5.mp3',
};

describe('an applet asks', () => {
  it('with every parameter there is', () => {
    expect(read(whole)).toEqual({
      ...nothing,
      call,
      sid: 'c5797dcbaaeed7678c4062a4a3ed2f8a',
      callStatus: 'in-progress',
      callType: 'call-attempt',
      dialWhomNumber: rep,
      dialCallStatus: 'completed',
      dialCallSeconds: 13,
      digits: '1',
      recordingUrl: 'https://recordings.exotel.com/acme1/c5.mp3',
    });
    expect(rawOf(whole)).toEqual({ ...whole, CustomField: `1.${callId}.… Priya, 2nd call` });
  });

  it.each(Object.keys(whole))('without %s: the others are told all the same', (name) => {
    const { [name]: _, ...less } = whole as Query;
    const told = read(less);
    const lost = Object.entries(read(whole)).filter(
      ([key, value]) => told[key as keyof typeof told] === null && value !== null,
    );
    expect(lost.length).toBeLessThanOrEqual(1);
    expect({ ...told, ...Object.fromEntries(lost) }).toEqual(read(whole));
  });

  it('with nothing', () => {
    expect(read('')).toEqual(nothing);
    expect(rawOf('')).toEqual({});
  });

  it('with From and To crossed: neither says anything', () => {
    const crossed = {
      ...whole,
      CallFrom: whole.CallTo,
      CallTo: whole.CallFrom,
      From: whole.To,
      To: whole.From,
    };
    expect(read(crossed)).toEqual(read(whole));
  });

  it.each(['', 'null', '""', '{{X}}', '"{{X}}"', '1970-01-01 05:30:00', ' '])(
    'with %j everywhere',
    (filler) => {
      expect(read(Object.fromEntries(Object.keys(whole).map((name) => [name, filler])))).toEqual(nothing);
    },
  );

  it('with names in another case, and a name twice: the last that says something counts', () => {
    expect(read('callsid=a1&CALLSTATUS=ringing&Digits=2')).toMatchObject({
      sid: 'a1',
      callStatus: 'ringing',
      digits: '2',
    });
    expect(read('CallSid=a1&CallSid=b2&CallSid=&CallSid={{CallSid}}')).toMatchObject({ sid: 'b2' });
  });
});

describe('CustomField', () => {
  const twice = encodeURIComponent(encodeURIComponent(`${mark} Priya, 5% off`));
  it.each([
    ['alone', mark],
    ['with own text', `${mark} Priya`],
    ['with text put behind it', `${mark}|x`],
    ['in quotes', `"${mark}"`],
    ['encoded once more', encodeURIComponent(`${mark} Priya & Co`)],
    ['encoded twice more', twice],
    ['encoded to the last letter', mark.replaceAll(/\W/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)],
    ['encoded once more, blanks as +', `${mark}+Priya`],
    ['encoded, with a percent sign that is none', `${encodeURIComponent(mark)}%205%%20off%E0`],
  ])('%s: the call is found, and its token is not in what is stored', (_how, value) => {
    const ask = readAppletQuery(new URLSearchParams({ CustomField: value, Again: value, [value]: '1' }));
    expect(ask.call).toEqual(call);
    expect(ask.raw).not.toContain(token);
    expect(ask.raw).toContain(callId);
  });

  it.each([
    '1',
    'Priya',
    mark.slice(0, -10),
    `2.${callId}.${token}`,
    `x${mark}`,
    `1.${callId.slice(1)}.${token}`,
    `1.${callId}.${'a'.repeat(65)}`,
    `1.{{CallId}}.${token}`,
  ])('%s is no call of ours', (value) => {
    expect(read({ CustomField: value }).call).toBeNull();
  });
});

describe('digits', () => {
  it.each([
    ['"1"', '1'],
    ['1', '1'],
    [' "12*#" ', '12*#'],
    ['"', null],
    ['" "', null],
    ['one', null],
    ['"1', null],
  ])('%j is %j', (value, digits) => {
    expect(read({ digits: value }).digits).toBe(digits);
  });
});

describe('a leg', () => {
  it('is told by the popup', () => {
    const popup = { CallSid: 'c5', From: '09845012345', DialWhomNumber: '+91 98765 43210', Status: 'busy' };
    const told = { ...nothing, sid: 'c5', dialWhomNumber: rep, legStatus: 'busy' };
    expect(read(popup)).toEqual(told);
    expect(read({ ...popup, EventType: 'Ringing' })).toEqual({ ...told, legEvent: 'Ringing' });
    expect(read({ ...popup, Event: 'Terminal', Status: 'free' })).toEqual({
      ...told,
      legStatus: 'free',
      legEvent: 'Terminal',
    });
  });

  it('has a number whose + came as a blank', () => {
    expect(read('DialWhomNumber=+919876543210').dialWhomNumber).toBe(rep);
  });

  it.each(['agent7', 'sip:x@y', '1800 123 4567', '12'])('that rang %s has no number', (value) => {
    expect(read({ DialWhomNumber: value }).dialWhomNumber).toBeNull();
  });

  const customers = { number: '+919845012345', status: 'completed', onCallSeconds: 40, cause: null };
  const reps = { number: rep, status: 'completed', onCallSeconds: 11, cause: 'NORMAL_CLEARING' };
  const nested = {
    'Legs[0][Number]': '09845012345',
    'Legs[0][Status]': 'completed',
    'Legs[0][OnCallDuration]': '40',
    'Legs[1][Number]': '09876543210',
    'Legs[1][Status]': 'completed',
    'Legs[1][OnCallDuration]': '11',
    'Legs[1][Cause]': 'NORMAL_CLEARING',
  };
  const asJson = [
    { Number: '09845012345', Status: 'completed', OnCallDuration: 40 },
    { Number: '09876543210', Status: 'completed', OnCallDuration: '11', Cause: 'NORMAL_CLEARING' },
  ];

  it.each<readonly [string, Query]>([
    ['nested keys', nested],
    ['nested keys in any order', Object.fromEntries(Object.entries(nested).reverse())],
    ['one JSON text', { Legs: JSON.stringify(asJson) }],
    ['one JSON text by number', { Legs: JSON.stringify({ 0: asJson[0], 1: asJson[1] }) }],
    ['a JSON text each', { 'Legs[0]': JSON.stringify(asJson[0]), 'Legs[1]': JSON.stringify(asJson[1]) }],
    ['JSON as the Call Details API has it', { Legs: JSON.stringify(asJson.map((Leg) => ({ Leg }))) }],
  ])('is read from %s', (_how, query) => {
    expect(read(query).legs).toEqual([customers, reps]);
  });

  it('is told apart by its number: the talk is that of the one that was dialled', () => {
    expect(read({ ...nested, DialWhomNumber: '9876543210' }).onCallSeconds).toBe(11);
    expect(read({ ...nested, DialWhomNumber: '9845012345' }).onCallSeconds).toBe(40);
  });

  it('of somebody else proves no talk', () => {
    expect(read({ ...nested, DialWhomNumber: '9811111111' }).onCallSeconds).toBeNull();
    expect(read(nested).onCallSeconds).toBeNull();
  });

  it('without a number is the first: its talk, not the second leg as a whole', () => {
    const capture = { 'Legs[0][OnCallDuration]': '11', DialCallDuration: '13', DialWhomNumber: '9876543210' };
    expect(read(capture)).toMatchObject({ onCallSeconds: 11, dialCallSeconds: 13 });
    expect(read({ DialCallDuration: '13' }).onCallSeconds).toBeNull();
  });

  it('of a stream is none', () => {
    expect(read({ 'Stream[Status]': 'completed', Stream: '{"Status":"completed"}' })).toEqual(nothing);
  });
});

describe('what no applet would send', () => {
  it.each<readonly [string, string | Query]>([
    ['a word where seconds are', { DialCallDuration: 'soon' }],
    ['seconds below 0', { DialCallDuration: '-1' }],
    ['a Sid with a blank', { CallSid: 'a b' }],
    ['a Sid without end', { CallSid: 'a'.repeat(101) }],
    ['control characters', { CallStatus: 'a\u0000', Status: 'b\nc', EventType: '\u001b[2J' }],
    ['a recording that is no address', { RecordingUrl: 'javascript:alert(1)' }],
    ['JSON that is cut', { Legs: '[{"Number":' }],
    ['a leg without an index', { 'Legs[x][Number]': '09876543210', 'Legs[__proto__][Status]': 'x' }],
    ['a value over its limit', { CallSid: 'a'.repeat(4001) }],
    ['a name over its limit', { ['CallSid'.repeat(20)]: 'a' }],
    ['other names', '__proto__=x&constructor=y&toString=z&Legs[__proto__][Status]=x'],
  ])('%s says nothing', (_what, query) => {
    expect(read(query)).toEqual(nothing);
  });

  it('is not read beyond 64 fields, or 10 000 characters', () => {
    const many = Array.from({ length: 64 }, (_, at) => `x${at}=1`).join('&');
    expect(read(`${many}&CallSid=a`).sid).toBeNull();
    expect(read(`CallSid=a&${many}`).sid).toBe('a');
    const long = `a=${'x'.repeat(4000)}&b=${'x'.repeat(4000)}&c=${'x'.repeat(2000)}`;
    expect(read(`${long}&CallSid=a`).sid).toBeNull();
  });

  it('is stored in 64 KiB at most, whatever it is', () => {
    const controls = Array.from({ length: 64 }, (_, at) => `${at}=${'%01'.repeat(4000)}`).join('&');
    const { raw } = readAppletQuery(new URLSearchParams(controls));
    expect(Buffer.byteLength(raw)).toBeLessThanOrEqual(64 * 1024);
    expect(Buffer.byteLength(raw)).toBeGreaterThan(10_000);
  });

  it('never makes it fail', () => {
    const name = fc.oneof(
      fc.constantFrom(...Object.keys(whole), 'Legs', 'Legs[0]', 'Legs[0][Number]', 'Legs[', ']', '__proto__'),
      fc.string(),
    );
    const value = fc.oneof(
      fc.constantFrom(...Object.values(whole), mark, `${mark}%`, '%E0%A4%A', '{"a":[1,{}]}', '[[[[[['),
      fc.string({ unit: 'binary' }),
      fc.json(),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { maxLength: 20 }), (pairs) => {
        const ask = readAppletQuery(new URLSearchParams(pairs.map((pair) => [...pair])));
        expect(JSON.parse(ask.raw)).toBeTypeOf('object');
        if (ask.call !== null) expect(ask.raw).not.toContain(ask.call.token);
        expect(ask.dialWhomNumber ?? '+911').toMatch(/^\+\d+$/);
      }),
    );
  });
});
