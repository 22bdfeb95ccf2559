import { describe, expect, it } from 'vitest';
import {
  appletQuery,
  greetingQuery,
  legQuery,
  type Progress,
} from '../../../src-main/practice-line/applet-query.ts';
import type { Quirks } from '../../../src-main/practice-line/endings.ts';

const noon = Date.UTC(2026, 10, 23, 6, 30);
const call = {
  sid: 'abc',
  customer: '09845012345',
  exoPhone: '08047191234',
  customField: '1.id.token own text',
  appId: '100001',
  accountSid: 'practice1',
  createdAt: noon,
  startedAt: noon + 2000,
};
const begun: Progress = {
  callStatus: 'in-progress',
  callType: 'call-attempt',
  leg: null,
  recordingUrl: null,
};
const none: Quirks = { crossedNumbers: false, unresolvedTemplates: false, digits: '' };
const at = { now: noon + 3000, digits: '' };

const connect = (quirks: Quirks, progress = begun) =>
  Object.fromEntries(appletQuery(call, progress, at, quirks));

describe('what an applet sends', () => {
  it('is all that Exotel tells before anybody is dialled', () => {
    expect(connect(none)).toEqual({
      CallSid: 'abc',
      CallFrom: '08047191234',
      CallTo: '09845012345',
      From: '08047191234',
      To: '09845012345',
      Direction: 'outbound-dial',
      Created: '2026-11-23 12:00:00',
      StartTime: '2026-11-23 12:00:02',
      EndTime: '1970-01-01 05:30:00',
      CurrentTime: '2026-11-23 12:00:03',
      DialCallDuration: '0',
      CallStatus: 'in-progress',
      CallType: 'call-attempt',
      digits: '""',
      CustomField: '1.id.token own text',
      flow_id: '100001',
      tenant_id: 'practice1',
    });
  });

  it('has the leg that talked, with its own seconds', () => {
    const leg = { number: '+919876543210', status: 'completed', dialSeconds: 13, talkSeconds: 11 } as const;
    const url = 'http://127.0.0.1/abc.wav';
    expect(connect(none, { ...begun, callType: 'completed', leg, recordingUrl: url })).toMatchObject({
      CallType: 'completed',
      DialCallStatus: 'completed',
      DialCallDuration: '13',
      DialWhomNumber: '+919876543210',
      'Legs[0][Number]': '+919876543210',
      'Legs[0][OnCallDuration]': '11',
      RecordingUrl: url,
    });
  });

  it('has no talk for a leg that nobody answered', () => {
    const leg = { number: '+919876543210', status: 'no-answer', dialSeconds: 30, talkSeconds: null } as const;
    const sent = connect(none, { ...begun, callType: 'incomplete', leg });
    expect(sent).toMatchObject({ DialCallStatus: 'no-answer', DialCallDuration: '30' });
    expect(sent).not.toHaveProperty('Legs[0][OnCallDuration]');
  });

  it('has no CustomField where the call was given none', () => {
    expect(appletQuery({ ...call, customField: null }, begun, at, none).has('CustomField')).toBe(false);
  });

  it('may name the numbers the other way round', () => {
    expect(connect({ ...none, crossedNumbers: true })).toMatchObject({
      CallFrom: '09845012345',
      CallTo: '08047191234',
      From: '09845012345',
      To: '08047191234',
    });
  });

  it('may leave templates unfilled, but for CustomField', () => {
    expect(connect({ ...none, unresolvedTemplates: true })).toMatchObject({
      CallSid: '{{CallSid}}',
      DialWhomNumber: '{{DialWhomNumber}}',
      digits: '{{digits}}',
      flow_id: '{{flow_id}}',
      CustomField: '1.id.token own text',
    });
  });

  it('has digits in quotes', () => {
    expect(appletQuery(call, begun, { ...at, digits: '1' }, none).get('digits')).toBe('"1"');
  });
});

it('a Greeting sends who is greeted', () => {
  expect(Object.fromEntries(greetingQuery(call, none))).toEqual({
    CallSid: 'abc',
    From: '08047191234',
    To: '09845012345',
    DialWhomNumber: '',
    CustomField: '1.id.token own text',
  });
});

it.each([
  ['Dial', 'busy'],
  ['Ringing', 'busy'],
  ['Answered', 'busy'],
  ['Terminal', 'free'],
] as const)('%s of the rep’s leg: they are %s', (event, status) => {
  expect(Object.fromEntries(legQuery(call, '+919876543210', event, none))).toEqual({
    CallSid: 'abc',
    From: '09845012345',
    DialWhomNumber: '+919876543210',
    Status: status,
    EventType: event,
    CustomField: '1.id.token own text',
  });
});
